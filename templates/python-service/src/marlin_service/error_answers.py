"""Turns every error that reaches the framework into a problem."""

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Match

from . import problems
from ._seaworthy.health import STATUS_CLIENT_GONE
from .database import DatabaseUnavailable
from .json_log import error_fields, log_fields
from .order_errors import order_errors
from .problem import Problem
from .problem_response import ProblemResponse


def add_error_answers(api: FastAPI) -> None:
    """Gives an application its error answers."""
    for kind in (Problem, DatabaseUnavailable, HTTPException, RequestValidationError):
        api.add_exception_handler(kind, _answer)
    api.add_exception_handler(ClientDisconnect, _answer_nobody)
    # The framework raises this error again after its answer; the outermost layer logs it.
    api.add_exception_handler(Exception, _answer_internal)


def problem_of(error: BaseException, request_id: str) -> Problem:
    """Returns the problem to answer with, and logs the cause that the answer keeps to itself."""
    if isinstance(error, Problem):
        return error
    log_fields("error", "request failed", requestId=request_id, error=error_fields(error))
    if isinstance(error, DatabaseUnavailable):
        return problems.database_unavailable()
    return problems.internal()


async def _answer(request: Request, error: Exception) -> Response:
    request_id = request.scope["request_id"]
    if isinstance(error, RequestValidationError):
        problem = problems.invalid_order(order_errors(error.body, error.errors()))
    elif isinstance(error, HTTPException):
        problem = _problem_of_status(request, error.status_code)
    else:
        problem = problem_of(error, request_id)
    return ProblemResponse(problem, request_id)


async def _answer_nobody(request: Request, error: Exception) -> Response:
    return Response(status_code=STATUS_CLIENT_GONE)


async def _answer_internal(request: Request, error: Exception) -> Response:
    return ProblemResponse(problems.internal(), request.scope["request_id"])


def _problem_of_status(request: Request, status: int) -> Problem:
    if status == 404:
        return problems.not_found()
    if status == 405:
        return problems.method_not_allowed(_allowed_methods(request))
    phrase = HTTPStatus(status).phrase
    return Problem(status, f"http_{status}", f"{phrase}.", "another request")


def _allowed_methods(request: Request) -> list[str]:
    # The framework names the methods of the first route alone; one path may have several routes.
    routes = [route for route in request.app.routes if isinstance(route, APIRoute)]
    fitting = [route for route in routes if route.matches(request.scope)[0] is not Match.NONE]
    return sorted({method for route in fitting for method in route.methods or ()})
