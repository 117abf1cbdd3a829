"""What the last deployment changed."""

from collections.abc import Callable, Sequence
from typing import Final

from ...health_snapshot import HealthSnapshot
from ...recording.request_marks import CacheClass
from ...verdict.deploy_verdict import DeployTest, DeployVerdict, MeasureKind
from ..traffic_measurements import round_half_up
from .answer_cards import capital, deploy_tone
from .html import NOTHING, Html, html
from .section import section
from .table import Column, Row, table
from .tone import toned
from .words import UNKNOWN, say_count, say_many, say_milliseconds, say_rate, say_share, say_time

_STRATA: Final[dict[CacheClass, str]] = {
    "hit": "cache hits",
    "miss": "cache misses",
    "none": "no cache asked",
}
_MEASURES: Final[dict[MeasureKind, tuple[str, Callable[[float], str]]]] = {
    "p50": ("p50", say_milliseconds),
    "p95": ("p95", say_milliseconds),
    "errors": ("errors", say_share),
    "databaseCalls": ("database calls each", say_rate),
}


def deployment(snapshot: HealthSnapshot, answer: str) -> Html:
    """Returns the section."""
    name, title, release = "deployment", "Last deployment", snapshot.release_id
    deploy = snapshot.deploy
    if deploy is None:
        nothing = "<p>Not measured: there is no history to compare <code>{release}</code> with.</p>"
        return section(name, title, html(nothing, release=release))
    previous, tests = deploy["numbers"]["previousReleaseId"], deploy["numbers"]["tests"]
    after = html(" after <code>{previous}</code>", previous=previous or "")
    body = html(
        """<p class="answer">{answer}</p>
          <p>{sentence}</p>
          <p class="quiet">
            Release <code>{release}</code>{after}.
            {reading}
          </p>
          {tests}""",
        answer=toned(deploy_tone(answer), capital(answer)),
        sentence=deploy["sentence"],
        release=release,
        after=NOTHING if previous is None else after,
        reading=_reading(deploy),
        tests=_test_table(tests) if tests else NOTHING,
    )
    return section(name, title, body)


def _reading(deploy: DeployVerdict) -> str:
    numbers = deploy["numbers"]
    parts = []
    if numbers["mode"] is not None:
        parts.append(f"Compared {numbers['mode']}.")
    if numbers["comparisons"]:
        moments = say_many(numbers["comparisons"], "moment")
        hours = say_many(round_half_up(numbers["historyHours"]), "hour")
        parts.append(f"Held against {moments} without a deployment, in {hours} of history.")
    if deploy["preliminary"] and "collecting" not in deploy:
        parts.append("Preliminary: too little history to know how much is chance.")
    following = numbers["nextReadingMinute"]
    if "collecting" in deploy:
        following = deploy["collecting"]["firstReadingMinute"]
    if following is not None:
        parts.append(f"Next reading at {say_time(following * 60)}.")
    return " ".join(parts)


def _test_table(tests: Sequence[DeployTest]) -> Html:
    return table(
        "deployment",
        "Hits and misses are never pooled. A change that is smaller than chance at other moments is"
        " none.",
        [
            Column("Measure"),
            Column("Before", True),
            Column("After", True),
            Column("Judged"),
            Column("Larger than at other moments", True),
        ],
        [_row(test) for test in sorted(tests, key=lambda test: not test["changed"])],
    )


def _row(test: DeployTest) -> Row:
    name, say = _MEASURES[test["kind"]]
    stratum, moments = test["stratum"], test["comparisons"]
    judged: Html | str = "no change seen"
    if test["changed"]:
        judged = toned("warn" if test["after"] > test["before"] else "pass", "changed")
    return [
        name if stratum is None else f"{name}, {_STRATA[stratum]}",
        say(test["before"]),
        say(test["after"]),
        judged,
        f"{say_count(test['largerThan'])} of {say_count(moments)}" if moments else UNKNOWN,
    ]
