"""Numbers in sentences, rounded by hand: formatters of languages disagree about halves."""

import math


def fixed(value: float, decimals: int) -> str:
    """Returns a number with so many decimals; half a unit is rounded up."""
    digits = str(math.floor(abs(value) * 10**decimals + 0.5)).rjust(decimals + 1, "0")
    sign = "-" if value < 0 and int(digits) != 0 else ""
    if decimals == 0:
        return sign + digits
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def grouped(count: int) -> str:
    """Returns 9140 as 9,140."""
    return f"{count:,}"


def percent(share: float) -> str:
    """Returns a share in per cent, without the sign: 0.003 as 0.3, 0.0004 as 0.04."""
    value = share * 100
    if value == 0:
        return "0"
    return fixed(value, 0 if value >= 10 else 1 if value >= 0.1 else 2)


def milliseconds(value: float) -> str:
    """Returns milliseconds, with a decimal where they are few."""
    return fixed(value, 1 if value < 10 else 0)


def growth(before: float, after: float) -> str:
    """Returns how much larger a number is: +51 %."""
    if before == 0:
        return "from 0"
    value = (after / before - 1) * 100
    return f"{'' if value < 0 else '+'}{fixed(value, 0)} %"


def time_of_day(minute: int) -> str:
    """Returns a minute since 1970 as a time of day."""
    return f"{minute // 60 % 24:02}:{minute % 60:02} UTC"
