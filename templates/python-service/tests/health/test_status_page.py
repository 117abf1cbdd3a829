"""The page says first what somebody who was woken up has to know."""

import asyncio
import base64
import hashlib
import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marlin_service._seaworthy.health import Check, Health, Objectives
from marlin_service._seaworthy.health.checks.check import Gate
from marlin_service._seaworthy.health.serve.status_page import (
    render_status_page as status_page,
)
from marlin_service._seaworthy.health.serve.status_page.style import (
    STYLE_ELEMENT,
)

from seen_requests import HeldClock, health_of, see

QUESTIONS = [
    "Is it up?",
    "Is it slow?",
    "Are jobs failing?",
    "Did the last deployment change anything?",
]
SECTIONS = ["Response times", "Routes", "Checks", "Jobs", "Last deployment"]


async def well() -> None:
    pass


def words_of(page: str) -> str:
    text = re.sub(r"<[^>]*>", " ", page.replace(STYLE_ELEMENT, ""))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def page_of(health: Health) -> str:
    return status_page.render_status_page(health.snapshot())


def busy_health(name: str = "database", route: str = "/orders") -> Health:
    clock = HeldClock()
    health = health_of(clock, {name: Check(run=well)})
    see(health, clock, 60, ms=2, cache="hit", route=route)
    see(health, clock, 30, ms=900, cache="miss", calls=20, route=route)
    see(health, clock, 10, ms=1, status=500)
    health.job_finished(name, "failed")
    return health


def test_a_new_process_shows_nothing_green_but_that_it_is_up() -> None:
    page = page_of(health_of(HeldClock(), {"database": Check(run=well)}))
    assert "<title>Up, but 1 thing to look at \u2013 orders</title>" in page
    assert page.count('class="tone pass"') == 1
    assert "The check database has not finished a run yet" in words_of(page)


def test_the_four_questions_and_the_sections_stand_in_their_order() -> None:
    page = page_of(busy_health())
    headings = re.findall(r"<h2[^>]*>([^<]*)</h2>", page)
    assert headings == [*QUESTIONS, *SECTIONS]
    for answer in (
        "Is it up? Yes Running for 0 seconds · 0 of 1 check passing · 10 % of requests failed",
        "Is it slow? Yes 95 of 100 within 901 ms · limit 250 ms · 90 requests in 6 minutes",
        "Are jobs failing? Yes 1 of 1 job failing",
        "Did the last deployment change anything? Not measured No history to compare release v1",
    ):
        assert answer in words_of(page)


def test_what_is_wrong_is_said_first_and_leads_to_its_section() -> None:
    page = page_of(busy_health())
    assert re.findall(r'<li><a href="#([^"]*)">([^<]*)<', page) == [
        ("checks", "The check database has not finished a run yet"),
        ("routes", "Too many errors: 10\u00a0% of requests, limit 0.1\u00a0%"),
        ("response-times", "Slow: 95 of 100 within 901\u00a0ms, limit 250\u00a0ms"),
        ("routes", "Too much database work: 6 calls a request, limit 3"),
        ("jobs", "The job database fails"),
    ]
    ids = set(re.findall(r'<h2 id="([^"]*)"', page))
    assert {"checks", "routes", "response-times", "jobs"} <= ids


@pytest.mark.parametrize(
    ("gates", "words"),
    [
        ("ready", "Down: it takes no traffic"),
        ("startup", "Starting: it takes no traffic yet"),
        ("report", "Up, but 1 thing to look at"),
    ],
)
def test_the_headline_is_that_of_the_worst(gates: Gate, words: str) -> None:
    health = health_of(HeldClock(), {"database": Check(run=well, gates=gates)})
    assert f'<p class="headline">{words}</p>' in page_of(health)
    health.drain()
    assert "Draining: it takes no new traffic" in page_of(health)


@pytest.mark.parametrize(
    ("objectives", "count", "words"),
    [
        (Objectives(response_time_ms=250), 40, "Up, and nothing to look at"),
        (Objectives(response_time_ms=250), 1, "Up. Too few requests to say whether it is slow"),
        (Objectives(), 40, "Up. No limit says what slow is"),
    ],
)
def test_what_is_well_is_said_no_better_than_it_is_known(
    objectives: Objectives, count: int, words: str
) -> None:
    clock = HeldClock()
    health = health_of(clock, {"database": Check(run=well)}, objectives=objectives)
    asyncio.run(health.checks.all[0].run_once())
    see(health, clock, count)
    assert f'<p class="headline">{words}</p>' in page_of(health)


def test_hits_misses_and_failures_are_drawn_apart_and_said_in_words() -> None:
    page = page_of(busy_health())
    [words] = re.findall(r'<desc id="chart-words">([^<]*)</desc>', page)
    assert words.replace("\u00a0", " ") == (
        "Cache hits: 60 requests, half within 2 ms, 95 of 100 within 2 ms."
        " Cache misses: 30 requests, half within 901 ms, 95 of 100 within 901 ms."
        " Failed: 10 requests, half within 1 ms, 95 of 100 within 1 ms."
    )
    assert len(re.findall(r'class="p95"', page)) == 3


def test_it_loads_nothing_runs_nothing_and_names_its_one_style_by_its_hash() -> None:
    page = page_of(busy_health())
    dangers = r"(?i)<(script|link|img|iframe|object|form|base)|\s(on\w+|style|src)=|url\(|@import"
    assert re.search(dangers, page) is None
    [style] = re.findall(r"<style>(.*)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = dict(status_page.STATUS_PAGE_HEADERS)[b"content-security-policy"].decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    )


HARMLESS = page_of(busy_health("[harmless]", "/harmless"))


@given(
    st.one_of(
        st.text(),
        st.sampled_from(
            ["</title>", "<script>", '"><img src=x>', "' onclick='", "&lt;", "{name}", "\\", "\n"]
        ),
    )
)
def test_no_name_changes_the_mark_up(text: str) -> None:
    # What stands around it makes it findable, and keeps it from being found where it is not.
    name = f"[{text}]"
    page = page_of(busy_health(name, "/harmless"))
    assert page.replace(escape(name).replace("&#x27;", "&#39;"), "[harmless]") == HARMLESS
