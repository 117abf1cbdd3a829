"""The answer to "did the last deployment change anything?", as plain data in JSON's names."""

from typing import Literal, NotRequired, TypedDict

from ..recording.request_marks import CacheClass

# What a deployment changed; the worst of it, where it changed several things.
VerdictWord = Literal[
    "faster",
    "slower",
    "more errors",
    "more database work",
    "no change seen",
    "not enough data",
]
# A quantile of the response times, the share of errors, or database calls per request.
MeasureKind = Literal["p50", "p95", "errors", "databaseCalls"]
Mode = Literal["before and after", "side by side"]


class DeployTest(TypedDict):
    """One comparison of the minutes before with the minutes after.

    The stratum is None for errors, which are counted over all requests. `placeboScale` is how much
    the same z varied at `comparisons` earlier moments without a deployment, never below 1, and
    `largerThan` how many of them had a smaller one.
    """

    stratum: CacheClass | None
    kind: MeasureKind
    before: float
    after: float
    z: float
    placeboScale: float
    comparisons: int
    largerThan: int
    degreesOfFreedom: float
    p: float
    changed: bool


class TooFew(TypedDict):
    """A stratum with too few requests, or minutes with a request, to compare all its times."""

    stratum: CacheClass
    unit: Literal["requests", "minutes"]
    have: int
    needed: int


class StrataCounts(TypedDict):
    """Requests that were answered in full, without errors."""

    hit: int
    miss: int
    none: int


class DeploySide(TypedDict):
    """One side of the comparison; no hit ratio where no request asked a cache."""

    minutes: int
    requests: int
    errors: int
    strata: StrataCounts
    hitRatio: float | None
    hitRatioRises: bool


class DeployNumbers(TypedDict):
    """The numbers behind a verdict; no mode and no reading before the first one is due."""

    mode: Mode | None
    readAfterMinutes: int | None
    nextReadingMinute: int | None
    previousReleaseId: str | None
    before: DeploySide
    after: DeploySide
    comparisons: int
    historyHours: float
    tests: list[DeployTest]
    tooFew: list[TooFew]
    refusedRecords: int


class StrataChanges(TypedDict):
    """The smallest change of each stratum; None where none would have shown."""

    hit: float | None
    miss: float | None
    none: float | None


class SmallestChange(TypedDict):
    """The smallest change that would have shown in four of five such deployments.

    A slow-down is a share; the error rate is the one after, not its growth; database calls are
    additional ones per request.
    """

    slowDown: StrataChanges
    errorRate: float | None
    databaseCalls: StrataChanges


class Collecting(TypedDict):
    """Only before the first reading, and until the history has been read once."""

    firstReadingMinute: int


class DeployVerdict(TypedDict):
    """A word, a sentence for people, and the numbers behind both.

    Preliminary is a word with neither enough history nor both releases at once: up to two in five
    of such words are false.
    """

    verdict: VerdictWord
    preliminary: bool
    collecting: NotRequired[Collecting]
    sentence: str
    numbers: DeployNumbers
    smallestChange: SmallestChange
