"""What every program answers; written once, so that none is compared for doing less than the others."""

from collections.abc import Callable

from fastapi import FastAPI, Response


def create_app(mark: Callable[[], None]) -> FastAPI:
    app = FastAPI(openapi_url=None)

    @app.get("/hello/{name}")
    async def hello(name: str) -> Response:
        mark()
        return Response(b'{"hello":"world"}', media_type="application/json")

    return app
