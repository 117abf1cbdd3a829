"""Numbers as a person reads them."""

import pytest

from marlin_service._seaworthy.health.serve.status_page.words import (
    say_count,
    say_duration,
    say_many,
    say_milliseconds,
    say_rate,
    say_share,
    say_time,
)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (say_count(9140), "9,140"),
        (say_count(2.5), "3"),
        (say_many(1, "check"), "1 check"),
        (say_many(0, "check"), "0 checks"),
        (say_milliseconds(None), "\u2013"),
        (say_milliseconds(0), "0 ms"),
        (say_milliseconds(0.004), "< 0.01 ms"),
        (say_milliseconds(0.686), "0.69 ms"),
        (say_milliseconds(1.25), "1.3 ms"),
        (say_milliseconds(9.96), "10 ms"),
        (say_milliseconds(72.4), "72 ms"),
        (say_milliseconds(999.4), "999 ms"),
        (say_milliseconds(999.5), "1 s"),
        (say_milliseconds(1960), "2 s"),
        (say_milliseconds(90_000), "90 s"),
        (say_share(0), "0 %"),
        (say_share(0.0003), "0.03 %"),
        (say_share(0.00001), "< 0.01 %"),
        (say_share(0.9951), "> 99 %"),
        (say_share(1), "100 %"),
        (say_share(None), "\u2013"),
        (say_rate(2.345), "2.35"),
        (say_rate(None), "\u2013"),
        (say_duration(0.4), "0 seconds"),
        (say_duration(61), "1 minute"),
        (say_duration(7200), "2 hours"),
        (say_duration(260_000), "3 days"),
        (say_time(1_795_662_729.9), "2026-11-26 03:12:09 UTC"),
    ],
)
def test_it_is_said_as_written(said: str, words: str) -> None:
    assert said.replace("\u00a0", " ") == words
