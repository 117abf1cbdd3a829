"""What an order is, and which input is one."""

import re
from typing import Annotated, Any, Final

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

_ORDER_NUMBER: Final = r"^[A-Z0-9][A-Z0-9-]{2,39}$"
_SKU: Final = r"^[A-Z0-9][A-Z0-9-]{0,39}$"

EXPECTED: Final = {
    "orderNumber": "expected 3 to 40 characters A-Z, 0-9 or -, not beginning with -",
    "sku": "expected 1 to 40 characters A-Z, 0-9 or -, not beginning with -",
    "quantity": "expected a whole number from 1 to 10000",
}


def _whole_number(value: Any) -> Any:
    # The framework would take "2" and true for numbers too.
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("not a number")
    return value


OrderNumber = Annotated[str, StringConstraints(strict=True, pattern=_ORDER_NUMBER)]
Sku = Annotated[str, StringConstraints(strict=True, pattern=_SKU)]
# The limits first, or the OpenAPI document calls them ge and le, which no reader knows.
Quantity = Annotated[int, Field(ge=1, le=10_000), BeforeValidator(_whole_number)]


class NewOrder(BaseModel):
    """An order as a client sends it."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    order_number: Annotated[OrderNumber, Field(alias="orderNumber")]
    sku: Sku
    quantity: Quantity

    @model_validator(mode="before")
    @classmethod
    def _without_half_characters(cls, value: Any) -> Any:
        # A name with half a surrogate pair would make the validator give up on the whole object.
        if not isinstance(value, dict):
            return value
        return {str(name).encode(errors="replace").decode(): each for name, each in value.items()}


class Order(NewOrder):
    """An order as it is stored."""

    # What is answered may get more fields: only what is sent must not have others.
    model_config = ConfigDict(json_schema_extra=lambda schema: schema.pop("additionalProperties"))

    created_at: Annotated[str, Field(alias="createdAt", json_schema_extra={"format": "date-time"})]

    def same_content(self, order: NewOrder) -> bool:
        """Whether a repeated request asks for what is stored."""
        return (self.sku, self.quantity) == (order.sku, order.quantity)


class OrderList(BaseModel):
    """Some orders, newest first, and the cursor of those after them."""

    orders: list[Order]
    next: str | None


def can_be_order_number(text: str) -> bool:
    """Whether an order of this number can exist at all."""
    return re.fullmatch(_ORDER_NUMBER, text) is not None
