"""Who is who: labelled pairs of names in context through the real code path, from bytes to the party's id."""

import pytest

from pipelines.settings import load_settings
from tests.resolve.mentions import build, mentions, pairs, parties, party_of

PRECISION, RECALL, LEAST = 0.99, 0.95, 300


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """Return each pair with whether it is one party by the labels, and whether it came to one."""
    listed = mentions()
    settings = load_settings(tmp_path_factory.mktemp("pairs") / "home", {"LOADPATH_JOBS": "1"})
    build(settings, listed)
    found = parties(settings)
    ids = {mention: party_of(mention, found) for mention in listed}
    return [(a, b, a.means == b.means != "none", ids[a] == ids[b] != "") for a, b in pairs(listed)], ids


def told(pair):
    return f"{pair[0].file} {pair[0].name!r} and {pair[1].file} {pair[1].name!r}"


def test_there_are_enough_pairs_and_half_of_them_differ(judged):
    same = [pair for pair in judged[0] if pair[2]]

    assert len(judged[0]) >= LEAST
    assert len(same) <= len(judged[0]) / 2


def test_every_company_of_the_set_comes_to_a_party(judged):
    assert [m.file for m, party in judged[1].items() if m.means != "none" and not party] == []


def test_no_two_homonyms_are_one_party(judged):
    assert [told(p) for p in judged[0] if p[0].homonyms and p[3] and not p[2]] == []


def test_precision_and_recall_of_pairs(judged, record_property):
    right = sum(same and one for _, _, same, one in judged[0])
    merged = sum(one for *_, one in judged[0])
    true = sum(same for _, _, same, _ in judged[0])
    precision, recall = right / merged, right / true
    record_property("pairs", f"{len(judged[0])}, same {true}, precision {precision:.3f}, recall {recall:.3f}")

    assert precision >= PRECISION, [told(p) for p in judged[0] if p[3] and not p[2]]
    assert recall >= RECALL, [told(p) for p in judged[0] if p[2] and not p[3]]
