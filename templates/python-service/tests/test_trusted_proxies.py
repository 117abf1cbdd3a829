"""Whose X-Forwarded-For is believed."""

import ipaddress
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from marlin_service._seaworthy.default_groups.http_server import (
    HttpServer,
)
from marlin_service._seaworthy.setting import Refused
from marlin_service.trusted_proxies import trusted_proxies


@pytest.mark.parametrize(
    ("written", "networks"),
    [
        ("none", []),
        ("127.0.0.1", ["127.0.0.1/32"]),
        ("10.0.0.1/8,::1", ["10.0.0.0/8", "::1/128"]),
        ("2001:db8::/32", ["2001:db8::/32"]),
    ],
)
def test_names_networks_as_the_server_takes_them(written: str, networks: list[str]) -> None:
    assert trusted_proxies(written) == networks


@pytest.mark.parametrize("written", ["10.0.0.0/08", "::/00", "10.0.0.0/00", "::1/0128"])
def test_a_prefix_that_begins_with_a_zero_is_refused(written: str) -> None:
    ipaddress.ip_network(written, strict=False)
    with pytest.raises(Refused):
        HttpServer.declared()["trusted_proxies"].read(written)


@given(
    st.one_of(
        st.from_regex(r"[0-9a-f]{0,5}(:[0-9a-f]{0,4}){1,8}(/[0-9]{1,3})?", fullmatch=True),
        st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){3}(/[0-9]{1,2})?", fullmatch=True),
        st.ip_addresses().map(str),
    )
)
def test_the_setting_accepts_what_is_a_network_and_nothing_else(written: str) -> None:
    # An IPv4 address inside an IPv6 one is written apart.
    assume(not (":" in written and "." in written))
    # Python takes /08 for /8; others take it for octal, so the setting refuses it.
    assume(re.search("/0[0-9]", written) is None)
    setting = HttpServer.declared()["trusted_proxies"]
    try:
        ipaddress.ip_network(written, strict=False)
    except ValueError:
        with pytest.raises(Refused):
            setting.read(written)
    else:
        assert trusted_proxies(setting.read(written))
