"""The routes of the orders resource."""

import time
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, FastAPI, Request, Response

from . import problems
from ._seaworthy.health import mark_cache
from .cache import CacheFailed, OrderCache
from .create_order import CreateOrder
from .fresh_read import FreshRead
from .idempotency import idempotency_key
from .openapi_parameters import AFTER, IDEMPOTENCY_KEY, LIMIT, ORDER_NUMBER
from .openapi_responses import LINK, LOCATION, REPLAYED, problem_responses
from .order import NewOrder, Order, OrderList, can_be_order_number
from .order_store import OrderStore
from .page_cursor import write_cursor
from .page_query import PageQuery, page_query
from .request_answers import name_cache_use
from .request_details import tell_cache_read


@dataclass(frozen=True)
class ReadOrder:
    """What GET /orders/{orderNumber} does."""

    store: OrderStore
    cache: OrderCache
    is_fresh_read: FreshRead

    async def __call__(self, request: Request, order_number: str) -> Order:
        """Returns an order from the cache, else from the database, which then fills the cache."""
        if self.is_fresh_read(request):
            return await self._read_anew(request, order_number)
        started = time.perf_counter()
        try:
            order, cache_answers = await self.cache.get(order_number), True
        except CacheFailed:
            order, cache_answers = None, False
        found: Literal["hit", "miss"] = "miss" if order is None else "hit"
        tell_cache_read(found if cache_answers else "failed", started)
        mark_cache(found)
        if order is None:
            order = await self.store.find(order_number)
            if order is None:
                raise problems.not_found()
            if cache_answers:
                await self.cache.put(order)
        return order

    async def _read_anew(self, request: Request, order_number: str) -> Order:
        mark_cache("miss")
        tell_cache_read("bypassed", time.perf_counter())
        name_cache_use(request.scope, "fwd=request")
        order = await self.store.find(order_number)
        if order is None:
            await self.cache.remove(order_number)
            raise problems.not_found()
        await self.cache.put(order)
        return order


def add_order_routes(
    api: FastAPI, store: OrderStore, create_order: CreateOrder, read_order: ReadOrder
) -> None:
    """Adds POST /orders, GET /orders and GET /orders/{orderNumber}."""

    @api.post(
        "/orders",
        status_code=201,
        operation_id="storeOrder",
        summary="Stores an order once for its number",
        response_description="It is stored.",
        responses={
            200: {
                "description": "It was stored before, with the same content.",
                "model": Order,
                "headers": REPLAYED,
            },
            201: {"model": Order, "headers": {**LOCATION, **REPLAYED}},
            **problem_responses(400, 409, 413, 415, 422),
        },
        openapi_extra={"parameters": [IDEMPOTENCY_KEY]},
    )
    async def create(
        order: NewOrder,
        request: Request,
        key: Annotated[str | None, Depends(idempotency_key)],
    ) -> Response:
        return await create_order(order, key, request.scope["request_id"])

    @api.head("/orders", include_in_schema=False)
    @api.get(
        "/orders",
        operation_id="listOrders",
        summary="Lists the newest orders, page by page",
        response_description="One page.",
        responses={200: {"headers": LINK}, **problem_responses(422)},
        openapi_extra={"parameters": [LIMIT, AFTER]},
    )
    async def list_orders(
        query: Annotated[PageQuery, Depends(page_query)], response: Response
    ) -> OrderList:
        page = await store.newest(query.limit, query.after)
        if page.next is None:
            return OrderList(orders=page.orders, next=None)
        response.headers["link"] = query.link(page.next)
        return OrderList(orders=page.orders, next=write_cursor(page.next))

    @api.head("/orders/{orderNumber}", include_in_schema=False)
    @api.get(
        "/orders/{orderNumber}",
        operation_id="readOrder",
        summary="Reads one order",
        response_description="The order.",
        responses=problem_responses(404),
        openapi_extra={"parameters": [ORDER_NUMBER]},
    )
    async def read(request: Request) -> Order:
        order_number = request.path_params["orderNumber"]
        if not can_be_order_number(order_number):
            raise problems.not_found()
        return await read_order(request, order_number)
