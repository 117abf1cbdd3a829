"""Puts the service together: routes inside, limits around them, probes outermost."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI

from ._seaworthy.asgi import AsgiApp
from ._seaworthy.health import Health, HealthEndpoints
from .cache import OrderCache, create_cache
from .create_health import create_health
from .create_order import CreateOrder
from .database import Database
from .error_answers import add_error_answers
from .fresh_read import FreshRead
from .idempotency import AnswerOnce
from .openapi_document import add_document_route
from .order_store import OrderStore
from .orders import ReadOrder, add_order_routes
from .request_answers import RequestAnswers
from .request_deadlines import RequestDeadlines
from .service import SERVICE_NAME
from .settings import Settings
from .strict_json import StrictJsonRoute
from .watch_other_processes import watch_other_processes


@dataclass(frozen=True)
class Application:
    """The ASGI application, and the parts that others ask."""

    asgi: AsgiApp
    health: Health
    answers: RequestAnswers
    database: Database
    cache: OrderCache


def create_application(settings: Settings) -> Application:
    """Builds the application. Its lifespan connects, runs the checks, and closes at its end."""
    database = Database(settings.service.database_url, settings.database)
    health = create_health(settings, database)
    cache = create_cache(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await cache.start()
        health.start()
        stop_watching = watch_other_processes(settings, health)
        yield
        stop_watching.set()
        await health.stop()
        await cache.close()
        await database.close()

    # No documentation pages: they are of the framework, and load their scripts from elsewhere.
    api = FastAPI(lifespan=lifespan, openapi_url=None, redirect_slashes=False)
    api.router.route_class = StrictJsonRoute
    add_error_answers(api)
    store, token = OrderStore(database), settings.service.health_token.get_secret_value()
    once = AnswerOnce(database, settings.service.idempotency_key_ttl_ms)
    read_order = ReadOrder(store, cache, FreshRead(token))
    add_document_route(api, settings.service.release_id)
    add_order_routes(api, store, CreateOrder(store, once), read_order)

    limited = RequestDeadlines(api, settings.http_server)
    release_id = settings.service.release_id
    answers = RequestAnswers(limited, SERVICE_NAME, release_id, lambda: health.draining)
    asgi = HealthEndpoints(answers, health, token)
    return Application(asgi, health, answers, database, cache)
