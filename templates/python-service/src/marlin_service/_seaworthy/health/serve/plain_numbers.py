"""Numbers as every language writes them."""

from typing import Any


def plain_numbers(value: Any) -> Any:
    """Returns plain data with 3 instead of 3.0."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: plain_numbers(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain_numbers(each) for each in value]
    return value
