"""What an analysis' asset shows of its table: how much it holds, its first rows, and which promises of its page it breaks."""

import pytest

from pipelines.settings import load_settings
from pipelines.warehouse import store
from pipelines.warehouse.findings import FIRST, findings
from tests.warehouse.home import Home


@pytest.fixture
def home(tmp_path):
    made = Home(load_settings(tmp_path / "home", {}))
    made.put("one", [("NVIDIA", "Dell"), ("TSMC", "NVIDIA")], day=1)
    made.put("two", [("NVIDIA", "Dell")], day=2)
    made.publish()
    return made


def test_claims_are_counted_once_and_the_first_rows_stand_as_in_the_table(home):
    found = findings(home.settings, "fct_relationship")

    assert (found.rows, found.claims, found.broken) == (2, 3, {})
    assert len(found.first) == 2 <= FIRST
    assert found.markdown().splitlines()[0].startswith("| relationship_id | subject_id |")


def test_a_table_without_a_row_has_no_finding(home):
    found = findings(home.settings, "fct_facility")

    assert (found.rows, found.claims, found.markdown()) == (0, 0, "no finding")


def test_a_broken_promise_is_named_with_its_rows(home):
    with store.connection(home.settings.warehouse, read_only=False) as con:
        con.execute("UPDATE mart.fct_claim SET modality = 'shouted' WHERE subject_id = 'tsmc'")

    assert findings(home.settings, "fct_claim").broken == {
        "mart.fct_claim: closed lists hold": "[{'column_name': 'modality', 'n': 1}]"
    }
