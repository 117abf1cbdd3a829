"""Puts the service together: routes inside, limits around them, probes outermost."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI

from ._seaworthy.asgi import AsgiApp
from ._seaworthy.health import Health, HealthEndpoints
from .create_health import create_health
from .database import Database
from .error_answers import add_error_answers
from .order_cache import OrderCache
from .order_store import OrderStore
from .orders import add_order_routes
from .request_answers import RequestAnswers
from .request_deadlines import RequestDeadlines
from .service import SERVICE_NAME
from .settings import Settings
from .strict_json import StrictJsonRoute


@dataclass(frozen=True)
class Application:
    """The ASGI application, and the two parts that a graceful stop asks."""

    asgi: AsgiApp
    health: Health
    answers: RequestAnswers


def create_application(settings: Settings, database: Database) -> Application:
    """Builds the application. Its lifespan runs the checks, and closes the database at its end."""
    health = create_health(settings, database)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        health.start()
        yield
        await health.stop()
        database.close()

    # No documentation pages: they are of the framework, and load their scripts from elsewhere.
    api = FastAPI(lifespan=lifespan, openapi_url=None, redirect_slashes=False)
    api.router.route_class = StrictJsonRoute
    add_error_answers(api)
    cache = OrderCache(settings.service.order_cache_ttl_ms)
    add_order_routes(api, OrderStore(database), cache)

    limited = RequestDeadlines(api, settings.http_server)
    release_id = settings.service.release_id
    answers = RequestAnswers(limited, SERVICE_NAME, release_id, lambda: health.draining)
    token = settings.service.health_token.get_secret_value()
    return Application(HealthEndpoints(answers, health, token), health, answers)
