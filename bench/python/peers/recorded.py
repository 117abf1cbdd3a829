"""The recorder of the template, and the marks that a handler makes."""

from marlin_service._seaworthy.health import Health, HealthOptions, Objectives, count_database_call, mark_cache

health = Health(
    HealthOptions(
        service_id="hello",
        release_id="1.0.0",
        objectives=Objectives(response_time_ms=250, error_rate=0.001, database_calls_per_request=3),
    ),
    {},
    lambda failure: None,
)


def mark() -> None:
    mark_cache("miss")
    count_database_call()
