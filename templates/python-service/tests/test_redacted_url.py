"""A URL is read like everywhere, and shown without what is secret in it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter

from marlin_service._seaworthy.redacted_url import (
    RedactedUrl,
    quote_url,
    redact_url,
)
from marlin_service._seaworthy.url_address import (
    has_only_printable,
    is_address,
)

HIDDEN = "a text that is no URL (not shown, it may hold a password)"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:var/x.db", "sqlite:var/x.db"),
        ("postgres://user:hunter2@host:5432/db", "postgres://***:***@host:5432/db"),
        ("postgres://user:hun@ter2@host/db", "postgres://***:***@host/db"),
        ("postgres://host/db?password=hunter2", "postgres://host/db?***"),
        ("postgres://user:hun/ter2@host/db", HIDDEN),
        ("postgres://user:12/hunter2@host/db", HIDDEN),
        ("sqlite:user:hunter2@host", HIDDEN),
        ("postgres:user:hunter2", HIDDEN),
        ("user:hunter2@host/db", HIDDEN),
        ("hunter2", HIDDEN),
        ("mysql://host/db;password=hunter2", HIDDEN),
        ("memory:", "memory:"),
        ("memory:hunter2", HIDDEN),
        ("postgres://host/hunter 2", HIDDEN),
    ],
)
def test_what_may_be_a_password_is_never_shown(url: str, shown: str) -> None:
    assert redact_url(url) == shown
    assert quote_url(url) == (shown if shown == HIDDEN else f'"{shown}"')


def test_only_one_call_gives_it_whole() -> None:
    class Model(BaseModel):
        url: RedactedUrl

    url = RedactedUrl("postgres://user:hunter2@host/db")
    model = Model(url=url)
    anything: TypeAdapter[Any] = TypeAdapter(Any)
    assert anything.dump_json(url) == b'"postgres://***:***@host/db"'
    shown = [str(url), repr(url), f"{url}", str(model), repr(model.model_dump())]
    shown.append(model.model_dump_json())
    assert "hunter2" not in "".join(shown)
    assert str(url) == "postgres://***:***@host/db"
    assert model.model_dump_json() == '{"url":"postgres://***:***@host/db"}'
    assert model.url.get_secret_value() == "postgres://user:hunter2@host/db"


@pytest.mark.parametrize(
    ("protocol", "rest", "accepted"),
    [
        ("sqlite:", "var/x.db", True),
        ("sqlite:", "/var/x.db", True),
        ("sqlite:", "///var/x.db", True),
        ("sqlite:", ":memory:", True),
        ("sqlite:", "", False),
        ("sqlite:", "///", False),
        ("sqlite:", "a@b.db", False),
        ("sqlite:", "x.db#1", False),
        ("postgres:", "//host", True),
        ("postgres:", "//user:p@ss@h_o-s.t:65535/db?x=1", True),
        ("postgres:", "///db", True),
        ("postgres:", "//[::1]:5432/db", True),
        ("postgres:", "//[::1::2]/db", False),
        ("postgres:", "//user@/db", False),
        ("postgres:", "//host:65536/db", False),
        ("postgres:", "//host:/db", False),
        ("postgres:", "host/db", False),
        ("https:", "//example.com/a", True),
        ("https:", "//127.1", True),
        ("https:", "//127.0.0.256", False),
        ("https:", "//1.2.3.4.5", False),
        ("https:", "//0x7f.1", True),
        ("https:", "//08", False),
        ("https:", "////example.com/a", True),
        ("https:", "//user:pw@example.com:8443", True),
        ("https:", "//[1:2]/", False),
        ("file:", "//host/x", True),
        ("file:", "//[::1]/x", True),
        ("file:", "//host:80/x", False),
        ("https://", "example.com", False),
        ("memory:", "", True),
        ("memory:", "x", False),
        ("memory:", "//x", True),
        ("7:", "//h", False),
    ],
)
def test_an_address_is_what_every_client_takes_for_one(
    protocol: str, rest: str, accepted: bool
) -> None:
    assert is_address(f"{protocol}{rest}", protocol) is accepted


CHARACTERS = st.characters(min_codepoint=0x21, max_codepoint=0x7E)
# A / ? or # ends the place where a user and a password stand.
USER_CHARACTERS = st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="/?#")


@given(st.text(USER_CHARACTERS, max_size=12), st.text(CHARACTERS, max_size=12))
def test_a_password_is_hidden_whatever_it_is(user: str, rest: str) -> None:
    url = f"postgres://{user}:hunter2{rest}@host/db"
    assert "hunter2" not in redact_url(url)
    assert "hunter2" not in repr(RedactedUrl(url))


@given(st.text(max_size=30) | st.text("ab:/@?#[]%.\\0129x", max_size=20))
def test_any_text_is_an_address_or_not(text: str) -> None:
    for protocol in ("http:", "postgres:", "sqlite:", "file:"):
        url = f"{protocol}{text}"
        path = text.partition("?")[0].removeprefix("//").partition("/")[2]
        # A value reaches is_address with printable characters only; @ and ; in a path are hidden.
        if is_address(url, protocol) and has_only_printable(url) and not {"@", ";"} & set(path):
            assert redact_url(url) != HIDDEN
