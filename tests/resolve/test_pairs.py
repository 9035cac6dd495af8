"""Who is who: labelled pairs of names in context through the real code path, from bytes to the party's id."""

import pytest

from pipelines.settings import load_settings
from tests.resolve import mentions

PRECISION, RECALL, LEAST = 0.99, 0.95, 300


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    return mentions.judged(load_settings(tmp_path_factory.mktemp("pairs") / "home", {"LOADPATH_JOBS": "1"}))


def test_there_are_enough_pairs_and_half_of_them_differ(judged):
    pairs, _ = judged

    assert len(pairs) >= LEAST
    assert sum(pair.same for pair in pairs) <= len(pairs) / 2


def test_every_company_of_the_set_comes_to_a_party(judged):
    _, ids = judged

    assert [m.file for m, party in ids.items() if m.means != "none" and not party] == []


def test_no_two_homonyms_are_one_party(judged):
    pairs, _ = judged

    assert [str(pair) for pair in pairs if pair.left.homonyms and pair.merged and not pair.same] == []


def test_precision_and_recall_of_pairs(judged):
    pairs, _ = judged
    precision, recall = mentions.figures(pairs)

    assert precision >= PRECISION, [str(pair) for pair in pairs if pair.merged and not pair.same]
    assert recall >= RECALL, [str(pair) for pair in pairs if pair.same and not pair.merged]
