"""Questions in English: each phrasing of the list is understood as an analyst means it, and what is not understood whole is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.asking import NotUnderstoodError, understand
from graph.asking.grammar import FOLDER as FOLDER_OF_GRAMMAR
from graph.asking.grammar import load_grammar
from graph.errors import ModelError, UsageError
from graph.model import load_ontology
from graph.model_files import read_yaml
from graph.query import queries

FOLDER = Path(__file__).parent / "asking"
UNDERSTOOD = read_yaml(FOLDER / "understood.yml")
REFUSED = read_yaml(FOLDER / "refused.yml")


@pytest.mark.parametrize("case", UNDERSTOOD, ids=lambda case: case["ask"])
def test_a_phrasing_is_understood(case):
    found = understand(case["ask"])

    assert (found.name, dict(found.given), found.unknown) == (case["is"], case.get("given", {}), ())


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["ask"])
def test_what_is_not_understood_whole_is_refused_with_its_words(case):
    if "unknown" in case:
        assert understand(case["ask"]).unknown == (case["unknown"],)
        return
    try:
        found = understand(case["ask"])
    except NotUnderstoodError as error:
        said, named = str(error), error.words
        assert error.nearest
    except UsageError as error:
        said, named = str(error), ()
    else:
        # A name that nothing knows is refused where the parties that documents name do not have it either.
        assert found.unknown, found.line
        said, named = "", tuple(word for name in found.unknown for word in name.split())
    assert set(map(str.casefold, case["names"])) <= set(map(str.casefold, named)), (said, named)
    assert "\n" not in said


def test_each_question_of_the_list_is_asked_by_its_example():
    rules = {rule.name: rule for rule in load_grammar().rules}

    assert {name for name, rule in rules.items() if not rule.is_command} == set(queries())
    for name, rule in rules.items():
        assert understand(rule.example).name == name


def test_values_are_those_of_the_ontology():
    values = load_grammar().values
    ontology = load_ontology()

    assert set(values["role"]) < set(ontology.predicates["SUPPLIES"].qualifiers["role"])
    assert set(values["bottleneck"]) == set(ontology.bottlenecks)
    assert set(values["rule_of_law"]) < set(ontology.bottlenecks)


@given(st.text(max_size=80))
def test_any_text_is_understood_or_refused_in_one_line(text):
    try:
        found = understand(text)
    except UsageError as error:
        assert len(str(error).splitlines()) == 1
    else:
        assert found.line == understand(text).line


@pytest.mark.parametrize("word", ["quickly", "not", "only", "7", "Liechtenstein"])
@pytest.mark.parametrize("case", UNDERSTOOD[::9], ids=lambda case: case["ask"])
def test_a_word_more_is_never_passed_over(case, word):
    """A word that no phrasing has, put behind a question, is refused or stands in the answer as a name that must be found."""
    try:
        found = understand(f"{case['ask'].rstrip('?')} {word}?")
    except NotUnderstoodError as error:
        assert error.words
    else:
        assert word in " ".join((*found.unknown, *dict(found.given).values()))


def test_two_readings_are_told():
    grammar = load_grammar()
    understood = [understand(case["ask"], grammar) for case in UNDERSTOOD]

    assert not [found.line for found in understood if found.others]


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ("as known on 2025-06-30", "2025-06-30"),
        ("as known on 30 June 2025", "2025-06-30"),
        ("as known on June 30, 2025", "2025-06-30"),
        ("known by the second quarter of 2025", "2025-06-30"),
        ("known by Q2 2025", "2025-06-30"),
        ("known by June 2025", "2025-06-30"),
        ("known by the end of June 2025", "2025-06-30"),
        ("known before July 2025", "2025-06-30"),
        ("known in 2025", "2025-12-31"),
        ("known on 29 February 2024", "2024-02-29"),
    ],
)
def test_days_and_periods(asked, day):
    assert dict(understand(f"suppliers of NVIDIA {asked}").given)["known_on"] == day


@pytest.mark.parametrize(
    "asked", ["as known on 29 February 2025", "as known on 2025-02-30", "since 1850", "in 20255", "last month"]
)
def test_what_is_no_day_is_refused(asked):
    with pytest.raises(NotUnderstoodError):
        understand(f"suppliers of NVIDIA {asked}")


@pytest.mark.parametrize("text", ["who " * 80, "x" * 500])
def test_no_question_is_that_long(text):
    with pytest.raises(UsageError, match="a question has at most"):
        understand(text)


def test_a_condition_is_said_once():
    with pytest.raises(NotUnderstoodError):
        understand("now " * 40 + "suppliers of NVIDIA")


def _grammar(folder, **files):
    for path in FOLDER_OF_GRAMMAR.glob("*.yml"):
        if path.name in ("words.yml", "conditions.yml", "brief.yml"):
            (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("query: list_nothing\nexample: Nothing?\n", "mine.yml:1: 'list_nothing' is no shipped question"),
        ("query: list_suppliers\nexample: X?\nwho:\n  - supplies ($supplier\n", "mine.yml:4: phrasing .* is missing"),
        ("query: list_suppliers\nexample: X?\nwho:\n  - supplies $noone\n", r"there is no group \$noone in words.yml"),
        ("query: list_suppliers\nexample: X?\nwho:\n  - in <place>\n", "list_suppliers has no parameter 'place'"),
        ("query: list_suppliers\nexample: X?\ntakes: [weather]\n", "mine.yml:3: 'weather' is no condition"),
        ("query: list_suppliers\nexample: X?\nwhat: [a]\n", "mine.yml"),
    ],
)
def test_a_wrong_file_of_the_grammar_is_one_line(tmp_path, text, says):
    with pytest.raises(ModelError, match=says) as error:
        load_grammar(_grammar(tmp_path, mine=text))

    assert len(str(error.value).splitlines()) == 1
