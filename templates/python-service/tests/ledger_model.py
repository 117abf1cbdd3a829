"""A ledger beside a simple model of it: whatever is done to both, they say the same."""

from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from marlin_service._seaworthy.jobs import JobClaim, JobToken

from ledgers import KEEP_SECONDS, LEASE_SECONDS, Ledger

LEASE_MS, KEEP_MS = round(LEASE_SECONDS * 1000), round(KEEP_SECONDS * 1000)
KEYS = st.sampled_from(["a", "b"])


class EffectFailed(Exception):
    """What a failing effect raises."""


@dataclass
class Expected:
    """What is known of one key."""

    input_hash: str
    holder: str
    state: str = "running"
    attempt: int = 1
    leased: bool = True
    kept: bool = True
    cursor: str | None = None
    rows: int = 0
    result: str | None = None

    @property
    def gone(self) -> bool:
        return self.state == "finished" and not self.kept


class LedgerModel(RuleBasedStateMachine):
    """Claims, commits, fails and finishes in any order. A subclass makes the ledger."""

    tokens: Bundle[JobToken] = Bundle("tokens")

    def __init__(self) -> None:
        super().__init__()
        self.ledger = self.make_ledger()
        self.expected: dict[str, Expected] = {}
        self.values: list[int] = []
        self.claims = 0

    def make_ledger(self) -> Ledger:
        raise NotImplementedError

    @rule(target=tokens, key=KEYS, given=st.sampled_from(["x", "x", "x", "y"]))
    def claim(self, key: str, given: str) -> JobToken:
        self.claims += 1
        holder = f"holder {self.claims}"
        known = self.expected.get(key)
        decision, row = self.ledger.store.claim(
            JobClaim(name="job", key=key, input_hash=given, holder=holder, lease_ms=LEASE_MS)
        )
        if known is None or known.gone:
            assert decision == "claimed"
            self.expected[key] = Expected(input_hash=given, holder=holder)
        elif known.input_hash != given:
            assert (decision, row.input_hash) == ("changed", known.input_hash)
        elif known.state == "finished":
            assert (decision, row.result) == ("finished", known.result)
        elif known.state == "running" and known.leased:
            assert (decision, row.holder) == ("running", known.holder)
            assert row.lease_until > row.now
        else:
            assert decision == "claimed"
            attempt = known.attempt + 1
            self.expected[key] = replace(
                known, state="running", holder=holder, attempt=attempt, leased=True
            )
        now = self.expected[key]
        assert (row.attempt, row.cursor, row.row_count) == (now.attempt, now.cursor, now.rows)
        return JobToken("job", key, row.attempt, holder)

    def held(self, token: JobToken) -> Expected | None:
        known = self.expected.get(token.key)
        if known is None or known.state != "running":
            return None
        return known if (known.attempt, known.holder) == (token.attempt, token.holder) else None

    @rule(token=tokens, rows=st.integers(0, 5), fails=st.booleans())
    def commit(self, token: JobToken, rows: int, fails: bool) -> None:
        known, value = self.held(token), len(self.values)
        write = self.ledger.effect(value, str(value))
        called: list[int] = []

        def effect(connection: Any) -> str:
            called.append(value)
            if fails:
                raise EffectFailed
            return str(write(connection))

        try:
            kept = self.ledger.store.commit(token, effect, rows=rows, lease_ms=LEASE_MS)
        except EffectFailed:
            kept = None
        leased = known is not None and known.leased
        assert called == ([value] if leased else [])
        assert kept is (None if leased and fails else leased)
        if kept and known is not None:
            self.values.append(value)
            known.cursor, known.rows = str(value), known.rows + rows

    @rule(token=tokens)
    def finish(self, token: JobToken) -> None:
        known = self.held(token)
        leased = known is not None and known.leased
        assert self.ledger.store.finish(token, '"done"', KEEP_MS) is leased
        if known is not None and leased:
            known.state, known.result, known.kept = "finished", '"done"', True

    @rule(token=tokens)
    def fail(self, token: JobToken) -> None:
        known = self.held(token)
        self.ledger.store.fail(token, "Failed")
        if known is not None:
            known.state = "failed"

    @rule()
    def leases_end(self) -> None:
        self.ledger.end_leases()
        for known in self.expected.values():
            known.leased = False

    @rule()
    def keeping_ends(self) -> None:
        self.ledger.end_keeping()
        for known in self.expected.values():
            known.leased = known.kept = False

    @rule(limit=st.integers(1, 3))
    def prune(self, limit: int) -> None:
        gone = [key for key, known in self.expected.items() if known.gone]
        assert self.ledger.store.prune(limit) == min(limit, len(gone))
        if len(gone) <= limit:
            for key in gone:
                del self.expected[key]
        else:
            # Which ones are left is not said: the rest goes as well.
            assert self.ledger.store.prune(len(gone)) == len(gone) - limit
            for key in gone:
                del self.expected[key]

    @invariant()
    def nothing_else_was_written(self) -> None:
        assert self.ledger.written() == self.values
