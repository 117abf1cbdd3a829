"""The sections of the page."""

from ..iso_time import iso_time
from .html import Html, html
from .words import UNKNOWN, say_duration, say_time


def section(name: str, title: str, body: Html) -> Html:
    """Returns a section under its heading."""
    return html(
        """<section>
            <h2 id="{name}">{title}</h2>
            {body}
          </section> """,
        name=name,
        title=title,
        body=body,
    )


def quiet(words: str) -> Html:
    """Returns what is said instead of an empty table."""
    return html('<p class="quiet">{words}</p>', words=words)


def ago(at: float | None, now: float) -> Html | str:
    """Returns how long ago a moment was."""
    if at is None:
        return UNKNOWN
    return html(
        """<time datetime="{iso}" title="{time}"
            >{duration} ago</time
          >""",
        iso=iso_time(at),
        time=say_time(at),
        duration=say_duration(max(0.0, now - at)),
    )
