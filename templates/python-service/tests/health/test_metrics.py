"""What Prometheus reads, read by its own parser."""

import asyncio
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from marlin_service._seaworthy.health import Check, Health
from marlin_service._seaworthy.health.serve.metrics import (
    render_metrics as metrics,
)
from marlin_service._seaworthy.health.serve.metrics.metric_family import (
    MetricFamily,
    Sample,
    labels,
    write_families,
)

from seen_requests import START, HeldClock, health_of, see


async def well() -> None:
    pass


def families_of(text: str) -> Mapping[str, Metric]:
    return {family.name: family for family in text_string_to_metric_families(text)}


def busy_health() -> Health:
    clock = HeldClock()
    health = health_of(clock, {"database": Check(run=well, gates="ready")})
    asyncio.run(health.checks.all[0].run_once())
    see(health, clock, 3, ms=6, cache="miss", calls=2, route="/orders/{orderNumber}")
    see(health, clock, 1, ms=30_000, status=503, method="POST")
    see(health, clock, 1, ms=1, cache="hit")
    health.job_finished("nightly", "failed")
    return health


def values(family: Metric) -> dict[tuple[str, ...], float]:
    return {(sample.name, *sample.labels.values()): sample.value for sample in family.samples}


def test_every_family_is_read_with_its_type_its_help_and_no_time() -> None:
    families = families_of(metrics.render_metrics(busy_health().snapshot()))
    assert {name: family.type for name, family in families.items()} == {
        "target_info": "gauge",
        "process_start_time_seconds": "gauge",
        "health_answer": "gauge",
        "health_ready": "gauge",
        "health_started": "gauge",
        "health_draining": "gauge",
        "health_objective_response_time_seconds": "gauge",
        "health_objective_error_ratio": "gauge",
        "health_objective_database_calls_per_request": "gauge",
        "health_check_status": "gauge",
        "health_check_duration_seconds": "gauge",
        "health_check_last_run_timestamp_seconds": "gauge",
        "http_server_request_duration_seconds": "histogram",
        "http_server_active_requests": "gauge",
        "cache_lookups": "counter",
        "database_calls": "counter",
        "job_runs": "counter",
        "job_last_failed_timestamp_seconds": "gauge",
    }
    assert all(family.documentation.endswith(".") for family in families.values())
    samples = [sample for family in families.values() for sample in family.samples]
    assert all(sample.timestamp is None for sample in samples)


def test_durations_are_cumulative_and_told_apart() -> None:
    family = families_of(metrics.render_metrics(busy_health().snapshot()))[
        "http_server_request_duration_seconds"
    ]
    buckets: dict[tuple[str, str, str], list[tuple[str, float]]] = {}
    for sample in family.samples:
        if sample.name.endswith("_bucket"):
            method, status, route, bound = sample.labels.values()
            buckets.setdefault((method, status, route), []).append((bound, sample.value))
    assert list(buckets) == [
        ("GET", "200", "/orders/{orderNumber}"),
        ("POST", "503", "/orders"),
        ("GET", "200", "/orders"),
    ]
    first = buckets["GET", "200", "/orders/{orderNumber}"]
    assert [value for _, value in first] == [0, *[3] * 14]
    assert [value for _, value in buckets["POST", "503", "/orders"]] == [*[0] * 14, 1]
    bounds = "0.005 0.01 0.025 0.05 0.075 0.1 0.25 0.5 0.75 1 2.5 5 7.5 10 +Inf"
    assert " ".join(bound for bound, _ in first) == bounds


def test_counts_and_states_have_the_values_of_the_document() -> None:
    families = families_of(metrics.render_metrics(busy_health().snapshot()))
    assert values(families["cache_lookups"]) == {
        ("cache_lookups_total", "hit"): 1,
        ("cache_lookups_total", "miss"): 3,
    }
    assert values(families["database_calls"]) == {("database_calls_total",): 6}
    assert values(families["target_info"]) == {("target_info", "orders", "v1"): 1}
    assert values(families["process_start_time_seconds"]) == {
        ("process_start_time_seconds",): START
    }
    assert values(families["health_answer"]) == {
        ("health_answer", "up", "yes"): 1,
        ("health_answer", "slow", "not enough data"): 1,
        ("health_answer", "jobs", "failing"): 1,
        ("health_answer", "deploy", "not measured"): 1,
    }
    assert values(families["health_check_status"]) == {
        ("health_check_status", "database", "ready", "pass"): 1,
        ("health_check_status", "database", "ready", "warn"): 0,
        ("health_check_status", "database", "ready", "fail"): 0,
    }
    assert values(families["health_objective_response_time_seconds"]) == {
        ("health_objective_response_time_seconds",): 0.25
    }
    assert values(families["job_runs"]) == {
        ("job_runs_total", "nightly", "succeeded"): 0,
        ("job_runs_total", "nightly", "failed"): 1,
        ("job_runs_total", "nightly", "skipped"): 0,
    }


def test_nothing_stands_for_what_is_not_known() -> None:
    health = health_of(HeldClock(), {"database": Check(run=well)})
    text = metrics.render_metrics(health.snapshot())
    assert "health_check_duration_seconds" not in text
    assert "http_server_request_duration_seconds" not in text
    assert "job_" not in text


# A line's end that is none in this format would split a line of the parser.
LABEL = st.text(
    st.characters(
        exclude_categories=["Cs"], exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
    )
)


@given(st.one_of(LABEL, st.text(st.sampled_from('\\"\n,{}= a'))))
def test_a_label_is_read_back_whatever_stands_in_it(text: str) -> None:
    family = MetricFamily("x", "gauge", "A thing.", [Sample(1.5, labels(name=text))])
    written = write_families([family])
    [read] = families_of(written.encode().decode()).values()
    [sample] = read.samples
    assert (sample.labels, sample.value) == ({"name": text}, 1.5)


def test_half_a_surrogate_pair_leaves_the_page_readable() -> None:
    assert labels(name="a\ud800b").encode() == 'name="a\ufffdb"'.encode()
