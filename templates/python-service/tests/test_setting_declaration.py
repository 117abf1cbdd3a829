"""A setting that does not say everything about itself cannot be imported."""

import json
from typing import Annotated, Any, Literal

import pytest

from marlin_service._seaworthy.declaration_error import (
    DeclarationError,
)
from marlin_service._seaworthy.quantity_kinds import Count, Duration
from marlin_service._seaworthy.setting import Setting
from marlin_service._seaworthy.settings_group import SettingsGroup
from marlin_service._seaworthy.settings_rule import Rule
from marlin_service._seaworthy.text_kinds import (
    Flag,
    OneOf,
    SecretText,
    Text,
    Url,
)

from setting_texts import TEXTS

ONE_LINE = 'to be one line of text without "|" or a backslash at its end, got'


def group(*settings: Setting, **attributes: Any) -> type[SettingsGroup]:
    named = zip("abc", settings, strict=False)
    fields = {f"field_{letter}": Annotated[Any, each] for letter, each in named}
    body = {"__module__": __name__, "__annotations__": fields, "label": "app", **attributes}
    return type("App", (SettingsGroup,), body)


def wrong(given: object) -> Any:
    """Returns what a type checker would refuse."""
    return given


def problems(*settings: Setting, **attributes: Any) -> tuple[str, ...]:
    with pytest.raises(DeclarationError) as caught:
        group(*settings, **attributes)
    return caught.value.problems


@pytest.mark.parametrize("missing", ["owner", "reason", "expect", "rollback"])
def test_a_missing_text_is_a_type_error(missing: str) -> None:
    texts = {name: text for name, text in TEXTS.items() if name != missing}
    with pytest.raises(TypeError, match=missing):
        Duration(env="T", default="1s", minimum="1s", maximum="2s", **texts)


@pytest.mark.parametrize("text", ["", " ", "a\nb", "a\rb", "a|b", "a\\", None])
def test_a_text_that_documents_cannot_hold_is_named(text: Any) -> None:
    assert problems(Text(env="T", **TEXTS | {"reason": text})) == (
        f"app.fieldA: expected reason {ONE_LINE} {json.dumps(text)}",
    )


def test_every_problem_is_said_at_once() -> None:
    with pytest.raises(TypeError) as caught:
        group(
            Text(env="lower", **TEXTS | {"owner": ""}),
            Duration(env="B", default="1s", test="3", minimum="1s", maximum="2s", **TEXTS),
            Text(env="DEPLOY_ENVIRONMENT", deprecated=("1", "N", ""), **TEXTS),
        )
    assert str(caught.value) == (
        "5 wrong declarations:\n"
        f'- app.fieldA: expected owner {ONE_LINE} ""\n'
        '- app.fieldA: expected env to be an upper-case name that begins with "", got "lower"\n'
        "- app.fieldB: its own default (test) is refused: it has no unit, so 3ms and 3s cannot be"
        " told apart; expected a duration from 1s to 2s, with its unit, such as 1s\n"
        f'- app.fieldC: expected reason {ONE_LINE} ""\n'
        "- app.fieldC: DEPLOY_ENVIRONMENT names the stage and belongs to no group"
    )


def test_a_name_begins_with_the_prefix_of_its_group() -> None:
    assert problems(Text(env="APP_A", **TEXTS), Text(env="B", **TEXTS), prefix="APP_") == (
        'app.fieldB: expected env to be an upper-case name that begins with "APP_", got "B"',
    )
    assert problems(Text(default="a", **TEXTS)) == (
        'app.fieldA: expected env to be an upper-case name that begins with "", got null',
    )


def test_a_default_is_read_for_every_stage() -> None:
    wrong = Count(env="N", default="500", development="1", minimum=1, maximum=9, **TEXTS)
    assert problems(wrong) == (
        "app.fieldA: its own default (test, staging, production) is refused:"
        " 500 is outside 1 to 9; expected a whole number from 1 to 9",
    )
    assert problems(SecretText(env="S", min_length=9, test="short", **TEXTS)) == (
        "app.fieldA: its own default (test) is refused: it is too short;"
        " expected a secret of at least 9 characters",
    )


def test_what_a_platform_reads_stands_in_platform() -> None:
    right = Text(applies_to="kubernetes", parameter="minReadySeconds", default="1", **TEXTS)
    assert group(platform={"ready": right}).every_setting() == {"ready": right}
    assert group(platform={"ready": right}).declared() == {}
    assert right.public_name == "minReadySeconds (kubernetes)"
    assert problems(right) == (
        "app.fieldA: expected it to be an entry of platform, because of what reads it",
    )
    wrong = {
        "in_env": Text(env="A", default="1", **TEXTS),
        "twice": Text(env="B", applies_to="queue", parameter="p", default="1", **TEXTS),
        "no_platform": Text(applies_to="cloud", parameter="p", default="1", **TEXTS),
        "bare": Text(applies_to="queue", **TEXTS),
    }
    assert problems(platform=wrong) == (
        "app.inEnv: expected it to be a field, because of what reads it",
        "app.twice: it has an env and an applies_to, and takes effect in one place only",
        "app.noPlatform: expected applies_to to be one of kubernetes, postgres-role,"
        ' redis-server, uvicorn, sqlalchemy, queue, pipeline, got "cloud"',
        "app.bare: expected parameter to be the name the platform gives it",
        "app.bare: it is never loaded, so it needs a default",
    )


def test_a_name_declared_twice_and_a_rule_about_nothing_are_named() -> None:
    rule = Rule(says="a before b", left="field_a", relation="<", right="field_z", fix="f")
    assert problems(Text(env="A", **TEXTS), Text(env="A", **TEXTS), rules=(rule,)) == (
        "app.fieldB: A is already declared by app.fieldA",
        'app: the rule "a before b" names field_z, which is not declared',
    )


def test_a_rule_is_about_numbers_that_the_own_defaults_keep() -> None:
    settings = [
        Count(env="A", default="5", minimum=1, maximum=9, **TEXTS),
        Count(env="B", default="5", minimum=1, maximum=9, **TEXTS),
        Flag(env="C", default="true", **TEXTS),
    ]

    def rule(left: Any, right: Any) -> Rule:
        return Rule(says=f"{left} below {right}", left=left, relation="<", right=right, fix="f")

    rules = (
        rule("field_a", "field_b"),
        rule("field_a", "field_c"),
        rule("field_a", "other.size"),
        rule("field_a", 6),
        rule(2, 1),
    )
    assert problems(*settings, rules=rules) == (
        'app: the rule "field_a below field_b" is broken by the defaults',
        'app: the rule "field_a below field_c" names field_c, which is no number',
        'app: the rule "2 below 1" is broken by the defaults',
    )


WRITTEN = 'to be a text, as a file would have it, such as "30s" or "true", got'


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        (Count(env="A", default=wrong(5), minimum=1, maximum=9, **TEXTS), f"default {WRITTEN} 5"),
        (Flag(env="A", default=wrong(True), **TEXTS), f"default {WRITTEN} true"),
        (Flag(env="A", default="true", test=wrong(False), **TEXTS), f"test {WRITTEN} false"),
        (
            Duration(env="A", default=wrong(5), minimum="1s", maximum="9s", **TEXTS),
            f"default {WRITTEN} 5",
        ),
        (
            Text(env="A", deprecated=wrong(("1", "Y")), **TEXTS),
            'deprecated to be three texts, since, replacement and reason, got ["1", "Y"]',
        ),
        (
            Text(env="A", deprecated=wrong("1, Y"), **TEXTS),
            'deprecated to be three texts, since, replacement and reason, got "1, Y"',
        ),
        (OneOf(env="A", words=(), **TEXTS), "words to be a tuple of texts, got []"),
        (OneOf(env="A", words=wrong("ab"), **TEXTS), 'words to be a tuple of texts, got "ab"'),
        (
            Url(env="A", protocols=wrong("postgres:"), test="postgres://h", **TEXTS),
            'protocols to be a tuple such as ("postgres:",), got "postgres:"',
        ),
    ],
)
def test_a_value_that_is_not_of_the_form_of_its_field_is_named(
    setting: Setting, problem: str
) -> None:
    rule = Rule(says="a below 9", left="field_a", relation="<", right=9, fix="f")
    rules = (rule,) if isinstance(setting, Count | Duration) else ()
    assert problems(setting, rules=rules) == (f"app.fieldA: expected {problem}",)


def test_a_field_takes_what_its_kind_gives() -> None:
    wait = Duration(env="A", test="1s", minimum="1s", maximum="2s", **TEXTS)
    with pytest.raises(DeclarationError) as caught:

        class Wrong(SettingsGroup):
            label = "wrong"

            wait_ms: Annotated[str, wait]
            mode: Annotated[
                Literal["a", "b"], OneOf(env="B", words=("a", "c"), default="c", **TEXTS)
            ]
            size: Annotated[int, Count(env="C", default="0", minimum=1, maximum=9, **TEXTS)]
            token: Annotated[int, SecretText(env="D", min_length=1, **TEXTS)]

    assert [each for each in caught.value.problems if "its type" in each] == [
        "wrong.waitMs: its type does not take what Duration gives, which is int",
        "wrong.mode: its type does not take what OneOf gives, which is str",
    ]


def test_a_rule_waits_for_a_setting_without_a_default_and_for_a_default_that_is_refused() -> None:
    rule = Rule(says="a below b", left="field_a", relation="<", right="field_b", fix="f")
    open_ended = Count(env="A", minimum=1, maximum=9, **TEXTS)
    refused = Count(env="B", default="0", minimum=1, maximum=9, **TEXTS)
    [problem] = problems(open_ended, refused, rules=(rule,))
    assert problem.startswith("app.fieldB: its own default")


@pytest.mark.parametrize(
    "setting",
    [
        SecretText(env="S", min_length=3, default="abc", **TEXTS),
        Url(env="S", protocols=("sqlite:",), default="sqlite:a", **TEXTS),
    ],
)
def test_an_address_or_a_secret_has_no_default_of_production(setting: Setting) -> None:
    assert problems(setting) == (
        "app.fieldA: an address or a secret has no default outside development and test:"
        " each environment states its own",
    )


def test_a_field_without_a_setting_is_a_type_error() -> None:
    with pytest.raises(TypeError, match=r"wrong\.waitMs: expected one setting in its Annotated"):

        class Wrong(SettingsGroup):
            label = "wrong"

            wait_ms: int


def test_a_group_without_a_label_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="Wrong: expected a label"):

        class Wrong(SettingsGroup):
            wait_ms: Annotated[str, Text(env="A", **TEXTS)]


def test_a_group_is_frozen_and_shows_written_values() -> None:
    class Right(SettingsGroup):
        label = "right"

        wait_ms: Annotated[int, Duration(env="T", minimum="1s", maximum="2s", **TEXTS)]

    group = Right(wait_ms=1000)
    with pytest.raises(ValueError, match="frozen"):
        group.wait_ms = 2000  # type: ignore[misc]
    assert repr(group) == "Right(wait_ms='1s')"
    assert Right.label_of("wait_ms") == "right.waitMs"
