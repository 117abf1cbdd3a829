"""The four questions with their answers, in the order in which somebody who was woken up asks."""

from typing import Final, NamedTuple

from ..health_document import HealthDocument, JobsAnswer, SlowAnswer, UpAnswer
from .html import Html, html
from .tone import Tone, toned
from .words import say_duration, say_many, say_milliseconds, say_share


class _Card(NamedTuple):
    question: str
    answer: str
    tone: Tone
    # The number behind the answer.
    behind: str


_UP_TONES: Final[dict[UpAnswer, Tone]] = {
    "yes": "pass",
    "no": "fail",
    "starting": "idle",
    "draining": "idle",
}
_SLOW_TONES: Final[dict[SlowAnswer, Tone]] = {
    "yes": "warn",
    "no": "pass",
    "not enough data": "idle",
}
_JOBS: Final[dict[JobsAnswer, tuple[str, Tone]]] = {
    "ok": ("No", "pass"),
    "failing": ("Yes", "warn"),
    "no jobs": ("No jobs", "idle"),
}


def answer_cards(document: HealthDocument) -> Html:
    """Returns the four cards."""
    cards = [each(document) for each in (_up_card, _slow_card, _jobs_card, _deploy_card)]
    return html(
        """<div class="cards">
          {cards}
        </div>""",
        cards=[
            html(
                """<section class="card">
                <h2>{question}</h2>
                <p class="answer">{answer}</p>
                <p class="behind">{behind}</p>
              </section> """,
                question=card.question,
                answer=toned(card.tone, card.answer),
                behind=card.behind,
            )
            for card in cards
        ],
    )


def capital(words: str) -> str:
    """Returns words as a sentence begins."""
    return words[:1].upper() + words[1:]


def deploy_tone(answer: str) -> Tone:
    """Returns the tone of the fourth answer.

    A change is somebody's to look at, also a preliminary one; only a verdict that found none, or
    a gain, is green.
    """
    if answer in ("faster", "no change seen"):
        return "pass"
    return "warn" if "slower" in answer or "more" in answer else "idle"


def _up_card(document: HealthDocument) -> _Card:
    numbers, answer = document["numbers"]["up"], document["answers"]["up"]
    [errors] = document["checks"]["http:errorRate"]
    rate, checks = errors["observedValue"], numbers["checks"]
    parts = [f"Running for {say_duration(numbers['uptimeSeconds'])}"]
    if checks:
        parts.append(f"{numbers['checksPassing']} of {say_many(checks, 'check')} passing")
    if rate is not None:
        parts.append(f"{say_share(rate)} of requests failed")
    tone = _UP_TONES[answer]
    if tone == "pass" and errors["status"] == "warn":
        tone = "warn"
    return _Card("Is it up?", capital(answer), tone, " · ".join(parts))


def _slow_card(document: HealthDocument) -> _Card:
    numbers, answer = document["numbers"]["slow"], document["answers"]["slow"]
    p95, objective = numbers["p95Ms"], numbers["objectiveMs"]
    limit = "no limit is set" if objective is None else f"limit {say_milliseconds(objective)}"
    measured = "Nothing timed" if p95 is None else f"95 of 100 within {say_milliseconds(p95)}"
    requests = say_many(numbers["requests"], "request")
    behind = f"{measured} · {limit} · {requests} in {say_many(numbers['minutes'], 'minute')}"
    return _Card("Is it slow?", capital(answer), _SLOW_TONES[answer], behind)


def _jobs_card(document: HealthDocument) -> _Card:
    numbers = document["numbers"]["jobs"]
    answer, tone = _JOBS[document["answers"]["jobs"]]
    behind = f"{numbers['failing']} of {say_many(numbers['total'], 'job')} failing"
    if not numbers["total"]:
        behind = "None has finished since the start"
    return _Card("Are jobs failing?", answer, tone, behind)


def _deploy_card(document: HealthDocument) -> _Card:
    answer = document["answers"]["deploy"]
    if "deploy" in document:
        behind = document["deploy"]["sentence"]
    else:
        behind = f"No history to compare release {document['releaseId']} with"
    question = "Did the last deployment change anything?"
    return _Card(question, capital(answer), deploy_tone(answer), behind)
