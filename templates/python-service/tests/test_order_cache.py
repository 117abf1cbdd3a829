"""The cache forgets with time, and never grows past its bound."""

from marlin_service.order import Order
from marlin_service.order_cache import OrderCache


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def order(number: str) -> Order:
    fields = {"orderNumber": number, "sku": "S", "quantity": 1, "createdAt": "now"}
    return Order.model_validate(fields)


def test_an_order_is_kept_for_its_time() -> None:
    clock = Clock()
    cache = OrderCache(5000, clock)
    cache.put(order("A-10"))
    clock.seconds = 4.999
    assert cache.get("A-10") == order("A-10")
    clock.seconds = 5.0
    assert cache.get("A-10") is None
    assert cache.get("A-11") is None


def test_the_oldest_of_1000_goes_first() -> None:
    cache = OrderCache(5000, Clock())
    for number in range(1000):
        cache.put(order(f"A-{number:04}"))
    cache.put(order("A-0000"))
    cache.put(order("B-0000"))
    assert cache.get("A-0001") is None
    assert cache.get("A-0000") is not None
    assert cache.get("A-0002") is not None
    assert cache.get("B-0000") is not None
