"""Whose X-Forwarded-For is believed."""

from ipaddress import ip_network


def trusted_proxies(written: str) -> list[str]:
    """Returns the networks that HTTP_TRUSTED_PROXIES names, none where nobody is believed.

    The server would take 10.0.0.1/8 for a name that no proxy has, and say nothing.
    """
    if written == "none":
        return []
    return [str(ip_network(each, strict=False)) for each in written.split(",")]
