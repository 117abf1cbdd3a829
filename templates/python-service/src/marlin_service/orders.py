"""The routes of the orders resource."""

import re
from typing import Annotated, Final

from fastapi import Depends, FastAPI, Request, Response

from . import problems
from ._seaworthy.health import mark_cache
from .order import Order, OrderInput, OrderList, can_be_order_number
from .order_cache import OrderCache
from .order_store import OrderStore

_DEFAULT_LIMIT: Final = "20"
_READ: Final = ["GET", "HEAD"]


async def page_limit(request: Request) -> int:
    """Returns ?limit, or raises Problem 422; the framework would also take 5.0, +5 and two."""
    given = request.query_params.getlist("limit") or [_DEFAULT_LIMIT]
    if len(given) == 1 and re.fullmatch(r"[0-9]{1,15}", given[0]) and 1 <= int(given[0]) <= 100:
        return int(given[0])
    detail = "expected a whole number from 1 to 100"
    raise problems.invalid_query([{"pointer": "/limit", "detail": detail}])


def add_order_routes(api: FastAPI, store: OrderStore, cache: OrderCache) -> None:
    """Adds POST /orders, GET /orders and GET /orders/{orderNumber}."""

    @api.post("/orders", status_code=201)
    async def create_order(order: OrderInput, response: Response) -> Order:
        stored = await store.insert(order)
        if stored is None:
            response.status_code = 200
            stored = await store.find(order.order_number)
            if stored is None or not stored.same_content(order):
                raise problems.order_conflict()
        else:
            response.headers["location"] = f"/orders/{stored.order_number}"
        return stored

    @api.api_route("/orders", methods=_READ)
    async def list_orders(limit: Annotated[int, Depends(page_limit)]) -> OrderList:
        return OrderList(orders=await store.newest(limit))

    @api.api_route("/orders/{orderNumber}", methods=_READ)
    async def read_order(request: Request) -> Order:
        order_number = request.path_params["orderNumber"]
        if not can_be_order_number(order_number):
            raise problems.not_found()
        order = cache.get(order_number)
        mark_cache("miss" if order is None else "hit")
        if order is None:
            order = await store.find(order_number)
            if order is None:
                raise problems.not_found()
            cache.put(order)
        return order
