"""How much an answer asks for."""

from collections.abc import Mapping
from typing import Final, Literal

from .html import Html, html

# Nothing, a look, a hand, or patience. `idle` is for what is not known: never green.
Tone = Literal["pass", "warn", "fail", "idle"]

_SHAPES: Final[Mapping[Tone, str]] = {
    "pass": "M4 10.5 8.2 15 16 5.5",
    "warn": "M10 2.5 18.5 17h-17zM10 8v4M10 14.6v.1",
    "fail": "M4.5 4.5l11 11M15.5 4.5l-11 11",
    "idle": "M4 10h12",
}


def toned(tone: Tone, words: str) -> Html:
    """Returns words with their colour and shape; the words alone say it all."""
    return html(
        '<span class="tone {tone}"\n>'
        '<svg aria-hidden="true" viewBox="0 0 20 20" width="16" height="16">'
        '<path d="{shape}" /></svg>{words}</span\n>',
        tone=tone,
        shape=_SHAPES[tone],
        words=words,
    )
