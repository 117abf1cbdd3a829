"""The shape of the health document, contract health/1, in JSON's names."""

from typing import Any, Literal, NotRequired, TypedDict

from ..checks.check import Status
from ..recording.log_linear_histogram import SparseHistogram
from ..recording.request_marks import CacheClass
from ..verdict.deploy_verdict import DeployVerdict, MeasureKind, StrataChanges

# One measured value, its unit and its status, with the counts behind a ratio; None where nothing
# was measured.
Measurement = dict[str, Any]
UpAnswer = Literal["yes", "no", "starting", "draining"]
SlowAnswer = Literal["no", "yes", "not enough data"]
JobsAnswer = Literal["ok", "failing", "no jobs"]


class Answers(TypedDict):
    """The four answers, in plain words."""

    up: UpAnswer
    slow: SlowAnswer
    jobs: JobsAnswer
    # A verdict word, `preliminary: …`, `collecting`, or `not measured` without a history.
    deploy: str


class UpNumbers(TypedDict):
    """Behind `up`."""

    uptimeSeconds: int
    checks: int
    checksPassing: int


class SlowNumbers(TypedDict):
    """Behind `slow`; requests are those with a time: answered below 500, and not hung up."""

    p95Ms: float | None
    objectiveMs: float | None
    requests: int
    minutes: int


class JobNumbers(TypedDict):
    """Behind `jobs`."""

    total: int
    failing: int


class ChangedMeasure(TypedDict):
    """What a deployment changed, from what to what."""

    stratum: CacheClass | None
    kind: MeasureKind
    before: float
    after: float


class ReadingNumbers(TypedDict):
    """Behind `deploy`; no reading before the first is due."""

    previousReleaseId: str | None
    readAfterMinutes: int | None
    requestsBefore: int
    requestsAfter: int
    changed: list[ChangedMeasure]
    smallestSlowDown: StrataChanges


class Numbers(TypedDict):
    """The number behind each answer."""

    up: UpNumbers
    slow: SlowNumbers
    jobs: JobNumbers
    deploy: ReadingNumbers | None


class Histograms(TypedDict):
    """Response times of the last minutes, so that two saved documents can be compared."""

    unit: Literal["us"]
    minutes: int
    hit: SparseHistogram
    miss: SparseHistogram
    none: SparseHistogram
    failed: SparseHistogram


class HealthDocument(TypedDict):
    """What /healthz answers; only the full one has the last three, and neither an error's text."""

    status: Status
    contract: Literal["health/1"]
    serviceId: str
    releaseId: str
    answers: Answers
    numbers: Numbers
    checks: NotRequired[dict[str, list[Measurement]]]
    histograms: NotRequired[Histograms]
    deploy: NotRequired[DeployVerdict]
