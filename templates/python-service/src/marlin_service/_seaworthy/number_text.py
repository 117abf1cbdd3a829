"""Writes a number in the one form that every language of the project prints."""

from decimal import Decimal


def number_text(number: float) -> str:
    """Returns a number with no more digits than it needs: 5, 0.1, 0.000001."""
    return format(Decimal(repr(float(number))), "f").removesuffix(".0")
