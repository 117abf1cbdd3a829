"""What keeps a ledger of jobs, and how a claim is decided. Write another store by this protocol."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol, TypeVar

Connection = TypeVar("Connection", covariant=True)
Decision = Literal["claimed", "finished", "running", "changed"]


@dataclass(frozen=True, kw_only=True)
class JobClaim:
    """Who asks for which work, and for how long."""

    name: str
    key: str
    input_hash: str
    holder: str
    lease_ms: int


@dataclass(frozen=True, kw_only=True)
class JobRow:
    """A row of the ledger as a claim found or left it. `now` is the clock of the database."""

    input_hash: str
    state: str
    attempt: int
    holder: str
    lease_until: int
    cursor: str | None
    row_count: int
    result: str | None
    keep_until: int | None
    now: int

    @property
    def gone(self) -> bool:
        """Whether the row counts as absent: its result was to be kept until now."""
        return (
            self.state == "finished" and self.keep_until is not None and self.keep_until <= self.now
        )

    def decide(self, input_hash: str) -> Decision:
        """Says what a claim with this input gets."""
        if self.gone:
            return "claimed"
        if self.input_hash != input_hash:
            return "changed"
        if self.state == "finished":
            return "finished"
        return "running" if self.state == "running" and self.lease_until > self.now else "claimed"


class JobToken(NamedTuple):
    """One attempt at one job: what a commit must still hold to be taken.

    Its holder too: attempts begin with 1 again after a row was pruned.
    """

    name: str
    key: str
    attempt: int
    holder: str


class EndedJob(NamedTuple):
    """One end of one attempt at a job; `state` is finished or failed."""

    name: str
    key: str
    state: str
    attempt: int
    ended_at: int


class JobStore(Protocol[Connection]):
    """A ledger. Each method is one short transaction by the clock of the store.

    Raises JobError JOB_TABLE_MISSING or JOB_STORE_FAILED; nothing of the method holds then.
    """

    def migrate(self) -> None:
        """Makes the table where it is missing; two processes may do it at once."""

    def claim(self, claim: JobClaim) -> tuple[Decision, JobRow]:
        """Claims the work, or says why not; the row is as the claim left it."""

    def commit(
        self,
        token: JobToken,
        effect: Callable[[Connection], str],
        *,
        rows: int,
        lease_ms: int,
    ) -> bool:
        """Runs the effect, whose text is the new cursor, and extends the lease.

        Returns False, before the effect, when the token holds no longer.
        """

    def finish(self, token: JobToken, result: str, keep_ms: int) -> bool:
        """Stores the result. Returns False when the token holds no longer."""

    def fail(self, token: JobToken, error: str) -> None:
        """Releases the lease and keeps the cursor; does nothing when others hold the job."""

    def prune(self, limit: int) -> int:
        """Deletes finished rows that need not be kept, and returns how many it were."""

    def ended_since(self, since: int | None) -> tuple[int, Sequence[EndedJob]]:
        """Returns the time now, and what ended at or after that time; nothing without a time."""
