"""A statement has a short name, the same in every language."""

import pytest

from marlin_service.request_details import statement_name


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("COMMIT", "commit"),
        ("BEGIN IMMEDIATE", "begin"),
        ("SELECT 1", "select"),
        ("SELECT sku FROM orders WHERE order_number = :number FOR UPDATE", "select orders"),
        ("INSERT INTO orders (sku) VALUES (:sku) ON CONFLICT DO NOTHING", "insert orders"),
        ("UPDATE orders SET sku = :sku", "update orders"),
        ('delete from "idempotency_keys" where "key" = :key', "delete idempotency_keys"),
        ("", ""),
    ],
)
def test_a_name_is_the_verb_and_the_table(sql: str, name: str) -> None:
    assert statement_name(sql) == name
