"""Groups fit together, or the service cannot be imported."""

from pathlib import Path
from typing import Annotated, Any

import pytest

from marlin_service._seaworthy.declaration_error import (
    DeclarationError,
)
from marlin_service._seaworthy.load_settings import load_settings
from marlin_service._seaworthy.quantity_kinds import Count, Ratio
from marlin_service._seaworthy.settings_error import SettingsError
from marlin_service._seaworthy.settings_group import SettingsGroup
from marlin_service._seaworthy.settings_rule import (
    Product,
    Rule,
    Sum,
)
from marlin_service._seaworthy.settings_tree import SettingsTree
from marlin_service._seaworthy.text_kinds import Flag, Text
from marlin_service.service import SERVICE_OWNER

from setting_texts import TEXTS


def count(env: str, default: str = "1", **options: Any) -> Count:
    return Count(env=env, default=default, minimum=0, maximum=99, **TEXTS, **options)


class Pool(SettingsGroup):
    label = "pool"

    size: Annotated[int, count("POOL_SIZE", "10")]
    instances: Annotated[int, count("POOL_INSTANCES", "4")]

    platform = {  # noqa: RUF012
        "max_connections": Count(
            applies_to="postgres-role",
            parameter="max_connections",
            default="50",
            minimum=1,
            maximum=99,
            **TEXTS,
        ),
    }
    rules = (
        Rule(
            says="instances times size at most maxConnections less 10",
            left=Product("instances", "size"),
            relation="<=",
            right=Sum("max_connections", -10),
            fix="lower POOL_SIZE",
        ),
        Rule(
            says="size at least the workers of jobs",
            left="size",
            relation=">=",
            right="jobs.workerCount",
            fix="lower JOBS_WORKERS",
        ),
    )


class Jobs(SettingsGroup):
    label = "jobs"

    worker_count: Annotated[int, count("JOBS_WORKERS", "5")]


class Both(SettingsTree):
    pool: Pool
    jobs: Jobs


def problems(*groups: type[SettingsGroup]) -> tuple[str, ...]:
    fields = {f"group_{index}": group for index, group in enumerate(groups)}
    with pytest.raises(DeclarationError) as caught:
        type("Tree", (SettingsTree,), {"__module__": __name__, "__annotations__": fields})
    return caught.value.problems


def test_two_groups_never_have_one_name() -> None:
    class Other(SettingsGroup):
        label = "pool"

        other: Annotated[int, count("OTHER")]

    assert problems(Jobs, Other, Pool) == ("two groups are called pool: group_1 and group_2",)


def test_a_field_is_a_group() -> None:
    with pytest.raises(DeclarationError) as caught:

        class Tree(SettingsTree):
            jobs: Jobs
            pool: Pool | None
            size: Annotated[int, count("SIZE")]

    assert caught.value.problems == (
        "pool: expected a group of settings, a subclass of SettingsGroup",
        "size: expected a group of settings, a subclass of SettingsGroup",
    )


def test_a_variable_has_one_owner() -> None:
    class Copy(SettingsGroup):
        label = "copy"

        size: Annotated[int, count("POOL_SIZE")]

    assert problems(Pool, Copy) == ("POOL_SIZE is declared by pool.size and copy.size",)


def test_a_replacement_is_declared_somewhere() -> None:
    class Old(SettingsGroup):
        label = "old"

        size: Annotated[int, count("OLD_SIZE", deprecated=("2", "POOL_SIZE", "moved"))]

    assert problems(Old) == ("old.size: its replacement POOL_SIZE is declared by no group",)

    class Tree(SettingsTree):
        old: Old
        pool: Pool

    assert len(Tree.declared()) == 3


def test_a_rule_names_what_is_declared_where_its_group_is_there() -> None:
    class Bare(SettingsGroup):
        label = "jobs"

    assert problems(Pool, Bare) == (
        'pool: the rule "size at least the workers of jobs" names jobs.workerCount,'
        " which is not declared",
    )


def test_a_rule_is_checked_where_all_its_settings_are() -> None:
    class Alone(SettingsTree):
        pool: Pool

    assert [len(tree.rules()) for tree in (Alone, Both)] == [1, 2]
    assert [each.label for each in Both.every_setting()] == [
        "pool.size",
        "pool.instances",
        "pool.maxConnections",
        "jobs.workerCount",
    ]
    assert [each.setting.env for each in Both.declared()] == [
        "POOL_SIZE",
        "POOL_INSTANCES",
        "JOBS_WORKERS",
    ]


def test_a_broken_rule_names_the_owners_that_took_part(tmp_path: Path) -> None:
    def owned(env: str, owner: str) -> Count:
        return Count(env=env, default="1", minimum=0, maximum=9, **TEXTS | {"owner": owner})

    class Mail(SettingsGroup):
        label = "mail"

        first: Annotated[int, owned("MAIL_FIRST", "team-a")]
        second: Annotated[int, owned("MAIL_SECOND", "team-b")]
        third: Annotated[int, owned("MAIL_THIRD", "team-a")]
        fourth: Annotated[int, owned("MAIL_FOURTH", SERVICE_OWNER)]

        rules = (
            Rule(
                says="s",
                left=Sum("first", "second", "third", "fourth"),
                relation="<",
                right=9,
                fix="f",
            ),
        )

    class Tree(SettingsTree):
        mail: Mail

    environ = {"DEPLOY_ENVIRONMENT": "test", "MAIL_FIRST": "9"}
    with pytest.raises(SettingsError) as caught:
        load_settings(Tree, owner="us", environ=environ, root=tmp_path)
    [problem] = caught.value.problems
    assert (problem.code, problem.owner) == ("CFG_RULE", "team-a and team-b and us")


@pytest.mark.parametrize(
    ("relation", "left", "right", "holds"),
    [
        ("<", 1, 2, True),
        ("<", 2, 2, False),
        ("<=", 2, 2, True),
        (">", 3, 2, True),
        (">=", 2, 2, True),
        (">=", 1, 2, False),
        ("<", Sum("a", "b", -1), Product("a", 3), True),
        ("<=", Sum(), Product(), True),
        (">", Product("a", 0.5), Sum(0.9), True),
    ],
)
def test_a_rule_compares_sums_and_products(
    relation: Any, left: Any, right: Any, holds: bool
) -> None:
    rule = Rule(says="s", left=left, relation=relation, right=right, fix="f")
    assert rule.holds({"a": 2, "b": 4}) is holds


def test_a_rule_names_each_setting_once_and_in_order() -> None:
    rule = Rule(says="s", left=Sum("b", "a", 1), relation="<", right=Product("b", "c.d"), fix="f")
    assert rule.names() == ["b", "a", "c.d"]


@pytest.mark.parametrize("value", [True, "1", None])
def test_a_rule_compares_numbers_only(value: object) -> None:
    rule = Rule(says="s", left="a", relation="<", right=1, fix="f")
    with pytest.raises(TypeError, match="a rule compares numbers"):
        rule.holds({"a": value})


def test_a_tree_takes_every_kind() -> None:
    class Mixed(SettingsGroup):
        label = "mixed"

        share: Annotated[float, Ratio(env="A", minimum="0", maximum="1", **TEXTS)]
        on: Annotated[bool, Flag(env="B", **TEXTS)]
        name: Annotated[str, Text(env="C", **TEXTS)]

    mixed = Mixed(share=0.5, on=True, name="n")
    assert repr(mixed) == "Mixed(share='0.5', on='true', name='n')"
