"""Text that has UTF-8."""


def well_formed(text: str) -> str:
    """Returns text with a mark in place of half a surrogate pair, which has no UTF-8."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
