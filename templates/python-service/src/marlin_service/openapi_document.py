"""Serves the OpenAPI document of the routes."""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.responses import JSONResponse, Response

from .openapi_responses import problem_schemas
from .service import SERVICE_NAME

_PATH: Final = "/openapi.json"


def add_document_route(api: FastAPI, version: str) -> None:
    """Adds GET /openapi.json.

    In production too: it says nothing but what every client sees, and clients are written for the
    release that runs. Probes, metrics and the status page are not in it. HEAD, which every GET
    answers as well, is not either.
    """

    @api.api_route(_PATH, methods=["GET", "HEAD"], include_in_schema=False)
    async def read_document() -> Response:
        if api.openapi_schema is None:
            api.openapi_schema = _document(api, version)
        return JSONResponse(api.openapi_schema)


def _document(api: FastAPI, version: str) -> dict[str, Any]:
    document = get_openapi(
        title=SERVICE_NAME, version=version, openapi_version="3.1.0", routes=api.routes
    )
    document["components"]["schemas"].update(problem_schemas())
    return document
