"""Shipped settings with their production defaults. Generated; do not edit."""

from typing import ClassVar

from ...service import SERVICE_OWNER
from ..quantity_kinds import Count
from ..setting import Setting
from ..settings_group import SettingsGroup


class Uvicorn(SettingsGroup):
    """The settings of the group uvicorn."""

    label = "uvicorn"

    platform: ClassVar[dict[str, Setting]] = {
        "workers": Count(
            applies_to="uvicorn",
            parameter="--workers",
            default="1",
            minimum=1,
            maximum=64,
            owner=SERVICE_OWNER,
            reason="one process in a container, so that probes and memory limits mean that process: add containers for more; uvicorn reads WEB_CONCURRENCY, else 1",
            expect="one process per container, and a container that hangs is restarted",
            rollback="drop --workers from the start command and restart one instance; watch it, then restart the rest; then WEB_CONCURRENCY decides, else one process runs",
            source="https://uvicorn.dev/settings/#production",
        ),
        "limit_concurrency": Count(
            applies_to="uvicorn",
            parameter="--limit-concurrency",
            default="200",
            minimum=2,
            maximum=100000,
            owner=SERVICE_OWNER,
            reason="turns requests away before memory runs out: twice the measured peak; idle connections count too, and the connection that reaches the number is refused; uvicorn has no limit",
            expect="the 200th connection gets 503 at once, and none waits in a queue",
            rollback="drop --limit-concurrency from the start command and restart one instance; watch it, then restart the rest",
            source="https://uvicorn.dev/settings/#resource-limits",
        ),
        "backlog": Count(
            applies_to="uvicorn",
            parameter="--backlog",
            default="2048",
            minimum=1,
            maximum=65535,
            owner=SERVICE_OWNER,
            reason="how many connections the kernel holds until the process accepts them, apart from --limit-concurrency; the default of uvicorn, stated",
            expect="no refused connection while the process starts or is busy for a moment",
            rollback="drop --backlog from the start command and restart one instance; watch it, then restart the rest",
            source="https://uvicorn.dev/settings/#resource-limits",
        ),
        "limit_max_requests": Count(
            applies_to="uvicorn",
            parameter="--limit-max-requests",
            default="10000",
            minimum=100,
            maximum=10000000,
            owner=SERVICE_OWNER,
            reason="ends a process after so many requests, so that a slow leak cannot fill the memory; it exits 0 and must be started again; uvicorn never does it by itself",
            expect="memory of a process stays level over days; its end is followed by a start, not by an alarm",
            rollback="drop --limit-max-requests from the start command and restart one instance; watch it, then restart the rest",
            source="https://uvicorn.dev/settings/#resource-limits",
        ),
        "limit_max_requests_jitter": Count(
            applies_to="uvicorn",
            parameter="--limit-max-requests-jitter",
            default="1000",
            minimum=0,
            maximum=1000000,
            owner=SERVICE_OWNER,
            reason="adds 0 to 1000 requests to --limit-max-requests, so that processes do not end together; uvicorn adds 0",
            expect="restarts of processes are spread over time",
            rollback="drop --limit-max-requests-jitter from the start command and restart one instance; watch it, then restart the rest",
            source="https://uvicorn.dev/settings/#resource-limits",
        ),
    }
