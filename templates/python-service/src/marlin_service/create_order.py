"""Answers POST /orders: an order is stored once for its number, and a key is answered once."""

from fastapi import Response

from . import problems
from ._seaworthy.jobs.canonical_json import canonical_json, input_hash
from .database import Session
from .idempotency import AnswerOnce, KeptAnswer
from .order import NewOrder, Order
from .order_store import OrderStore


class CreateOrder:
    """What POST /orders does, in as few database calls as it takes."""

    def __init__(self, store: OrderStore, once: AnswerOnce) -> None:
        self._store, self._once = store, once

    async def __call__(self, order: NewOrder, key: str | None, request_id: str) -> Response:
        """Returns the answer; with a key, the one that was given to it first."""
        if key is None:
            return _response(await self._store_order(order, request_id))

        async def store_order(session: Session) -> KeptAnswer:
            return await self._store_order(order, request_id, session)

        sha256 = input_hash(canonical_json(order.model_dump(by_alias=True), "order"))
        answer, is_replayed = await self._once.answer(key, sha256, store_order)
        response = _response(answer)
        if is_replayed:
            response.headers["idempotency-replayed"] = "true"
        return response

    async def _store_order(
        self, order: NewOrder, request_id: str, session: Session | None = None
    ) -> KeptAnswer:
        stored = await self._store.insert(order, session)
        if stored is not None:
            return KeptAnswer(201, _json(stored), f"/orders/{stored.order_number}")
        stored = await self._store.find(order.order_number, session)
        if stored is None:
            raise RuntimeError("an order number was taken and is gone")
        if stored.same_content(order):
            return KeptAnswer(200, _json(stored))
        conflict = problems.order_conflict()
        return KeptAnswer(conflict.status, conflict.body(request_id).decode())


def _json(order: Order) -> str:
    return order.model_dump_json(by_alias=True)


def _response(answer: KeptAnswer) -> Response:
    is_error = answer.status >= 400
    return Response(
        answer.body,
        answer.status,
        headers=None if answer.location is None else {"location": answer.location},
        media_type="application/problem+json" if is_error else "application/json",
    )
