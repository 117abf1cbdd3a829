"""The facts this code shares with service.json; a test keeps the two equal."""

from typing import Final, NamedTuple


class Objectives(NamedTuple):
    """What the service promises, and what its health document is measured against."""

    response_time_ms: float
    error_rate: float
    database_calls_per_request: float


SERVICE_NAME: Final = "marlin-service"
SERVICE_OWNER: Final = "marlin-team"
OBJECTIVES: Final = Objectives(
    response_time_ms=250,
    error_rate=0.001,
    # As many as a POST with an Idempotency-Key makes whose order is there already; BEGIN and COMMIT
    # are two of them, since each is a way to the database and back.
    database_calls_per_request=6,
)
