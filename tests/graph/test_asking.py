"""Questions in English: each phrasing of the list is understood as an analyst means it, and what is not understood whole is refused."""

from pathlib import Path

import pytest

from graph.asking import NotUnderstoodError, understand
from graph.errors import UsageError
from graph.model_files import read_yaml

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
    except UsageError as error:
        said, named = str(error), ()
    else:
        # A name that nothing knows is refused where the parties that documents name do not have it either.
        assert found.unknown, found.line
        said, named = "", tuple(word for name in found.unknown for word in name.split())
    assert set(map(str.casefold, case["names"])) <= set(map(str.casefold, named)), (said, named)
    assert "\n" not in said
