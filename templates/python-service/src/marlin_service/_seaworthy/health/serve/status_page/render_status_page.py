"""Renders /status: one page that loads nothing and needs no script."""

from typing import Final

from ...health_snapshot import HealthSnapshot
from ..build_document import build_document
from ..iso_time import iso_time
from .answer_cards import answer_cards
from .check_table import check_table
from .deployment import deployment
from .headline import headline, render_headline
from .html import html
from .job_table import job_table
from .response_times import response_times
from .route_table import route_table
from .style import CONTENT_SECURITY_POLICY, STYLE_ELEMENT
from .words import say_time

STATUS_PAGE_HEADERS: Final = (
    (b"content-type", b"text/html; charset=utf-8"),
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
)

_NOTE: Final = (
    "Numbers of this process alone, read at the time above; reload the page for newer ones."
)


def render_status_page(snapshot: HealthSnapshot) -> str:
    """Returns the page."""
    document = build_document(snapshot, full=True)
    first = headline(snapshot, document)
    return html(
        """<!doctype html>
          <html lang="en">
            <head>
              <meta charset="utf-8" />
              <meta name="viewport" content="width=device-width, initial-scale=1" />
              <title>{words} \u2013 {service}</title>
              {style}
            </head>
            <body>
              <header class="{tone}">
                <h1>{service} <span>{release}</span></h1>
                {headline}
                <p class="as-of">As of <time datetime="{iso}">{time}</time></p>
              </header>
              <main>
                {cards}
                {sections}
              </main>
              <footer>
                <p>
                  {note} As data:
                  <a href="healthz">healthz</a>, <a href="metrics">metrics</a>.
                </p>
              </footer>
            </body>
          </html> """,
        words=first.words,
        note=_NOTE,
        service=snapshot.service_id,
        release=snapshot.release_id,
        style=STYLE_ELEMENT,
        tone=first.tone,
        headline=render_headline(first),
        iso=iso_time(snapshot.now),
        time=say_time(snapshot.now),
        cards=answer_cards(document),
        sections=[
            response_times(snapshot),
            route_table(snapshot),
            check_table(snapshot),
            job_table(snapshot),
            deployment(snapshot, document["answers"]["deploy"]),
        ],
    )
