"""Checks the arguments of job, all of them at once."""

import threading
from typing import Any, Final

from .canonical_json import NotJson, canonical_json, input_hash
from .wrong_options import KEY_EXPECTED, NAME_EXPECTED, WrongOptions, is_key, is_name

_LONGEST_LEASE_SECONDS: Final = 86_400
_LONGEST_KEEP_SECONDS: Final = 36_500 * 86_400
_STORE_METHODS: Final = ("migrate", "claim", "commit", "finish", "fail", "prune")


def checked_input_hash(**given: Any) -> str:
    """Returns the hash of the input of job, given all its arguments.

    Raises JobError JOB_OPTIONS_INVALID with everything that is wrong.
    """
    wrong = WrongOptions("JOB_OPTIONS_INVALID", "job")
    wrong.demand(is_name(given["name"]), "name", given["name"], NAME_EXPECTED)
    wrong.demand(is_key(given["key"]), "key", given["key"], KEY_EXPECTED)
    canonical = ""
    try:
        canonical = canonical_json(given["input"], "input")
    except NotJson as error:
        expected = "JSON: None, a boolean, a finite number, text, a list or a dict"
        wrong.add(error.at, error.got, expected)
    store, run, stop = given["store"], given["run"], given["stop"]
    is_store = all(callable(getattr(store, method, None)) for method in _STORE_METHODS)
    wrong.demand(is_store, "store", store, "a store, such as SqliteJobStore(connection)")
    for name, least, most in (
        ("lease_seconds", 0.001, _LONGEST_LEASE_SECONDS),
        ("keep_seconds", 0, _LONGEST_KEEP_SECONDS),
    ):
        holds = type(given[name]) in (int, float) and least <= given[name] <= most
        wrong.demand(holds, name, given[name], f"seconds from {least} to {most}")
    for name in ("report", "log"):
        holds = given[name] is None or callable(given[name])
        wrong.demand(holds, name, given[name], "a function, or nothing")
    is_event = stop is None or isinstance(stop, threading.Event)
    wrong.demand(is_event, "stop", stop, "a threading.Event, or nothing")
    wrong.demand(callable(run), "run", run, "a function")
    wrong.raise_any()
    return input_hash(canonical)
