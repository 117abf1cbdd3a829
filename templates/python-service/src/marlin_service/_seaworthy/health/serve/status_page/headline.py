"""What somebody who opens the page in the night has to know first, and where to look next."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from ...checks.check import URGENCY
from ...health_snapshot import HealthSnapshot
from ..health_document import HealthDocument
from .answer_cards import deploy_tone
from .html import NOTHING, Html, html
from .tone import Tone
from .words import say_many, say_milliseconds, say_rate, say_share


class Finding(NamedTuple):
    """Something to look at, and the section that shows it."""

    section: Literal["response-times", "routes", "checks", "jobs", "deployment"]
    words: str


class Headline(NamedTuple):
    """The first words of the page."""

    tone: Tone
    words: str
    findings: Sequence[Finding]


def headline(snapshot: HealthSnapshot, document: HealthDocument) -> Headline:
    """Returns what to say first."""
    findings = [
        *_check_findings(snapshot),
        *_traffic_findings(snapshot, document),
        *_other_findings(snapshot, document),
    ]
    up, slow = document["answers"]["up"], document["answers"]["slow"]
    if up == "draining":
        return Headline("idle", "Draining: it takes no new traffic", findings)
    if up == "starting":
        return Headline("idle", "Starting: it takes no traffic yet", findings)
    if up == "no":
        return Headline("fail", "Down: it takes no traffic", findings)
    if findings:
        things = say_many(len(findings), "thing")
        return Headline("warn", f"Up, but {things} to look at", findings)
    if slow == "no":
        return Headline("pass", "Up, and nothing to look at", findings)
    if document["numbers"]["slow"]["objectiveMs"] is None:
        return Headline("idle", "Up. No limit says what slow is", findings)
    return Headline("idle", "Up. Too few requests to say whether it is slow", findings)


def render_headline(first: Headline) -> Html:
    """Returns the words, and a list of what to look at."""
    items = [
        html(
            '<li><a href="#{section}">{words}</a></li> ',
            section=finding.section,
            words=finding.words,
        )
        for finding in first.findings
    ]
    found = html(
        """<ul class="findings">
              {items}
            </ul> """,
        items=items,
    )
    return html(
        """<p class="headline">{words}</p>
        {found}""",
        words=first.words,
        found=found if items else NOTHING,
    )


def _check_findings(snapshot: HealthSnapshot) -> Iterator[Finding]:
    # One that takes traffic away comes first.
    for check in sorted(snapshot.checks, key=lambda each: URGENCY[each.status]):
        if check.status != "pass":
            what = "has not finished a run yet" if check.at is None else "does not pass"
            yield Finding("checks", f"The check {check.name} {what}")


def _traffic_findings(snapshot: HealthSnapshot, document: HealthDocument) -> Iterator[Finding]:
    objectives, measurements = snapshot.objectives, document["checks"]
    [errors] = measurements["http:errorRate"]
    [times] = measurements["http:responseTime"]
    [calls] = measurements["db:callsPerRequest"]
    if errors["status"] == "warn":
        limit = say_share(objectives.error_rate)
        share = say_share(errors["observedValue"])
        yield Finding("routes", f"Too many errors: {share} of requests, limit {limit}")
    if times["status"] == "warn":
        limit = say_milliseconds(objectives.response_time_ms)
        p95 = say_milliseconds(times["observedValue"]["p95"])
        yield Finding("response-times", f"Slow: 95 of 100 within {p95}, limit {limit}")
    if calls["status"] == "warn":
        limit = say_rate(objectives.database_calls_per_request)
        rate = say_rate(calls["observedValue"])
        words = f"Too much database work: {rate} calls a request, limit {limit}"
        yield Finding("routes", words)


def _other_findings(snapshot: HealthSnapshot, document: HealthDocument) -> Iterator[Finding]:
    for job in snapshot.jobs:
        if job.is_failing():
            yield Finding("jobs", f"The job {job.name} fails")
    answer = document["answers"]["deploy"]
    if deploy_tone(answer) == "warn":
        yield Finding("deployment", f"Since the last deployment: {answer}")
