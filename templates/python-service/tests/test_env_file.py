"""A file of ours holds what every loader reads alike, and notes that say why."""

import pytest

from marlin_service._seaworthy.env_file import Notes, parse_env_file

MALFORMED = (
    "it is none of these, or its value has a character outside A-Za-z0-9_./:@%+,=?-",
    "correct f.env:1",
)


@pytest.mark.parametrize(
    "line",
    [
        'A="80"',
        "A=80 # note",
        "A = 80",
        " A=80",
        "export A=80",
        "a=80",
        "=80",
        "A",
        "A=$B",
        "A=8\u00e0",
        "A=~/x",
        "A=80\r",
        "\r",
        "\ufeffA=80",
        "\u00a0",
    ],
)
def test_any_other_line_is_named_by_its_number(line: str) -> None:
    file = parse_env_file(line, "f.env", "team")
    [problem] = file.problems
    assert (problem.why, problem.fix) == MALFORMED
    assert (problem.code, problem.name, problem.owner) == ("CFG_FILE", "f.env:1", "team")
    assert problem.got == "a line that is not shown"
    assert file.values == {}


def test_a_value_has_the_characters_that_all_read_alike() -> None:
    line = "A_1=AZaz09_./:@%+,=?-"
    assert parse_env_file(line, "f.env", "team").values["A_1"].value == line.partition("=")[2]


def test_notes_belong_to_the_line_below_them() -> None:
    text = (
        "# Change: docs/changes/2.md \n# any text\n# Differs: é ü\r\nA=1\nB=2\n"
        "# Shared: why\n\nC=3\n#Change: x\n# Change:x\n# change: x\n# Shared: \nD=4\n"
    )
    values = parse_env_file(text, "f.env", "team").values
    assert values["A"].notes == Notes(change="docs/changes/2.md", differs="é ü")
    assert [values[name].notes for name in "BCD"] == [Notes(), Notes(), Notes()]
    assert values["A"].origin == "file f.env:4"


def test_comments_of_a_person_belong_to_the_line_below_them() -> None:
    text = (
        "# gone\n\n# Why: r\n# Owner: team\n# Change: c\n#\n# ask Ann\r\nA=1\nB=2\n# alone\nC=3\n"
    )
    values = parse_env_file(text, "f.env", "team").values
    assert values["A"].comments == ["# Change: c", "#", "# ask Ann\r"]
    assert (values["B"].comments, values["C"].comments) == ([], ["# alone"])


def test_a_note_above_a_generated_block_does_not_count() -> None:
    text = "# Change: a\n# Owner: team\nA=1\n# Differs: a\n# Owner: team\n# Shared: b\nB=1\n"
    values = parse_env_file(text, "f.env", "team").values
    assert (values["A"].notes, values["A"].comments) == (Notes(), [])
    assert values["B"].notes == Notes(shared="b")


def test_a_comment_that_joins_the_next_line_is_refused() -> None:
    file = parse_env_file("# text\\\nA=1\n", "f.env", "team")
    [problem] = file.problems
    assert (problem.name, problem.got) == ("f.env:1", "a comment that ends with a backslash")
    assert (problem.why, problem.fix) == (
        "systemd takes the next line for a part of it",
        "remove the backslash",
    )
    assert list(file.values) == ["A"]


def test_the_second_line_of_a_name_is_refused() -> None:
    file = parse_env_file("A=1\n\nA=2\n", "f.env", "team")
    [problem] = file.problems
    assert (problem.name, problem.got) == ("f.env:3", "A a second time")
    assert problem.why == "f.env:1 states it already"
    assert file.values["A"].value == "1"
