"""Sends a problem as application/problem+json."""

from starlette.responses import Response

from .problem import Problem


class ProblemResponse(Response):
    """An error answer. It names the request, so that its log line can be found."""

    media_type = "application/problem+json"

    def __init__(self, problem: Problem, request_id: str) -> None:
        super().__init__(
            problem.body(request_id), status_code=problem.status, headers=problem.headers
        )
