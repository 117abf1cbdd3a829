"""Says whether a URL of printable characters is one, and has an address a client can use.

The first expression is the one every language of the project has. The rest is the part of the URL
standard (url.spec.whatwg.org) that it leaves open: hosts, ports and the schemes of the web.
"""

import re
from collections.abc import Callable
from ipaddress import AddressValueError, IPv6Address
from typing import Final
from urllib.parse import unquote

_PRINTABLE: Final = re.compile(r"[\x21-\x7e]{1,2000}")
# After the protocol stands a host with a port and a path, or a path alone.
_ADDRESS: Final = re.compile(
    r"(?://(?P<user>[^/?#]*@)?"
    r"(?P<host>(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:/[^?#]*)?|/+[^/?#][^?#]*)"
    r"|(?P<path>(?!//)/?[^/?#@][^?#@]*))(?P<query>\?[^#]*)?"
)
# What names a file: a path may follow at once. Anything else needs its slashes and a host.
_PATH_PROTOCOLS: Final = ("sqlite:", "file:")
# It names nothing outside the process.
IN_MEMORY: Final = "memory:"
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB_SCHEMES: Final = frozenset({"http", "https", "ws", "wss", "ftp"})
# A URL of the web has an authority however many slashes come first, and of either sort.
_WEB_AUTHORITY: Final = re.compile(r"[/\\]*([^/\\?#]*)")
_FILE_AUTHORITY: Final = re.compile(r"(?:[/\\]{2}([^/\\?#]*))?")
_OTHER_AUTHORITY: Final = re.compile(r"(?://([^/?#]*))?")
_HOST_AND_PORT: Final = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]+)(?::([0-9]*))?")
_NOT_IN_A_HOST: Final = re.compile(r"[\x00-\x20#/:<>?@\[\\\]^|]")
_NOT_IN_A_WEB_HOST: Final = re.compile(r"[\x00-\x20\x7f\ufffd%#/:<>?@\[\\\]^|]")
_IPV4_NUMBER: Final = re.compile(
    r"0[xX](?P<hex>[0-9A-Fa-f]*)|0(?P<oct>[0-7]+)|(?P<dec>0|[1-9][0-9]*)"
)
_LARGEST_PORT: Final = 65_535


def has_only_printable(url: str) -> bool:
    """Whether a text could be a URL at all, by its characters and its length."""
    return _PRINTABLE.fullmatch(url) is not None


def address_parts(url: str, protocol: str) -> re.Match[str] | None:
    """Returns the parts of what follows a protocol: user, host or path, and query."""
    parts = _ADDRESS.fullmatch(url.removeprefix(protocol))
    if parts is None or (parts["path"] is not None and protocol not in _PATH_PROTOCOLS):
        return None
    return parts


def is_address(url: str, protocol: str) -> bool:
    """Whether a URL that begins with a protocol is one, and has an address after it."""
    return url == IN_MEMORY or (address_parts(url, protocol) is not None and _is_url(url))


def _is_url(url: str) -> bool:
    match = _SCHEME.match(url)
    if match is None:
        return False
    scheme, rest = match[1].lower(), url[match.end() :]
    if scheme in _WEB_SCHEMES:
        return _is_authority(_first(_WEB_AUTHORITY, rest), _is_web_host)
    if scheme == "file":
        host = _first(_FILE_AUTHORITY, rest)
        return not host or _is_ipv6(host) or _is_web_host(host)
    authority = _first(_OTHER_AUTHORITY, rest)
    return not authority or _is_authority(authority, _is_other_host)


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.match(text)
    return "" if match is None else match[1] or ""


def _is_authority(authority: str, is_host: Callable[[str], bool]) -> bool:
    match = _HOST_AND_PORT.fullmatch(authority.rpartition("@")[2])
    if match is None or int(match[2] or 0) > _LARGEST_PORT:
        return False
    return _is_ipv6(match[1]) or is_host(match[1])


def _is_ipv6(host: str) -> bool:
    try:
        IPv6Address(host[1:-1])
    except AddressValueError:
        return False
    return host[0] == "[" and host[-1] == "]" and "%" not in host


def _is_other_host(host: str) -> bool:
    return _NOT_IN_A_HOST.search(host) is None


def _is_web_host(host: str) -> bool:
    decoded = unquote(host)
    if _NOT_IN_A_WEB_HOST.search(decoded):
        return False
    labels = decoded.split(".")
    if labels[-1] == "" and len(labels) > 1:
        labels.pop()
    # A name whose last label is a number is taken for an IPv4 address.
    if labels[-1].isdecimal() or _IPV4_NUMBER.fullmatch(labels[-1]):
        return _is_ipv4(labels)
    return True


def _is_ipv4(labels: list[str]) -> bool:
    numbers = []
    for label in labels:
        match = _IPV4_NUMBER.fullmatch(label)
        if match is None:
            return False
        numbers.append(
            int(match["hex"] or "0", 16)
            if match["hex"] is not None
            else int(match["oct"] or match["dec"], 8 if match["oct"] else 10)
        )
    *firsts, last = numbers
    return (
        len(numbers) <= 4 and all(each < 256 for each in firsts) and last < 256 ** (4 - len(firsts))
    )
