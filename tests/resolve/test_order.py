"""The order in which documents come does not matter for who is who, nor whether they come at once or in two runs."""

import shutil

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from pipelines.settings import load_settings
from pipelines.warehouse import stages, store
from tests.resolve.mentions import build, mentions

FAMILIES = ("Oracle", "Nordheim", "Halvex", "Fendral")
TABLES = ("document_party", "party_link", "resolved_party", "claim_party", "party", "party_name", "ownership")
LISTED = [mention for mention in mentions() if mention.family in FAMILIES]


def tables(settings):
    with store.connection(stages.building(settings)) as con:
        return {table: con.execute(f"SELECT * FROM core.{table}").fetchall() for table in TABLES}


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    home = load_settings(tmp_path_factory.mktemp("order") / "home", {"LOADPATH_JOBS": "1"})
    build(home, LISTED)
    return home, tables(home)


@effort(max_examples=4, deadline=None, derandomize=True)
@given(order=st.permutations(LISTED), cut=st.integers(0, len(LISTED)))
def test_the_order_of_documents_does_not_matter(first, tmp_path_factory, order, cut):
    known, expected = first
    other = load_settings(tmp_path_factory.mktemp("order") / "home", {"LOADPATH_JOBS": "1"})
    # What was read of a document is the same whenever it came.
    shutil.copytree(known.parts, other.parts)

    for some in (order[:cut], order):
        if some:
            build(other, list(some))

    assert tables(other) == expected
