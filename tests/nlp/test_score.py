"""The score is counted right, agrees with the annotators' own scorer, and does not fall below its floors."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.score import own
from tests.score.causes import cause_of_miss, cause_of_wrong
from tests.score.figures import by_predicate, figures, only
from tests.score.gold import parts
from tests.score.judging import judge
from tests.score.matching import normal, same_fact, same_name, same_words, stated

FLOORS = yaml.safe_load((Path(__file__).parent / "floors.yml").read_text(encoding="utf-8"))
NAMES = ("fact precision", "recall", "polarity", "modality")


def claim(text, quote="Acme sells chips to Bolt.", **more):
    subject, predicate, object_ = text.split(" | ")
    said = {"polarity": "positive", "modality": "asserted", "named": True, "qualifiers": {}, "tier": "fact"}
    return {"doc": "d", "quote": quote, "subject": subject, "predicate": predicate, "object": object_, **said, **more}


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("Acme | SUPPLIES | Bolt", "Acme, Inc. | SUPPLIES | The Bolt Group", True),
        ("Acme | SUPPLIES | Bolt", "Bolt | SUPPLIES | Acme", False),
        ("Acme | SUPPLIES | Bolt", "Bolt | DEPENDS_ON | Acme", True),
        ("Acme | OWNS | Bolt", "Bolt | OWNS | Acme", False),
        ("Acme | COMPETES_WITH | Bolt", "Bolt | COMPETES_WITH | Acme", True),
        ("Microsoft | OWNS | Bolt", "Azure | OWNS | Bolt", True),
        ("Acme | OWNS | Bolt", "Acme Cloud | OWNS | Bolt", False),
        ("Acmeson | OWNS | Bolt", "Acmeson Cloud | OWNS | Bolt", True),
        ("Acme | EXPOSED_TO | other:glass", "Acme | EXPOSED_TO | other:glass supply", True),
        ("Acme | EXPOSED_TO | cooling", "Acme | EXPOSED_TO | capital", False),
        ("Acme | HAS_METRIC | 1,200 MW", "Acme | HAS_METRIC | 1205 MW", True),
        ("Acme | HAS_METRIC | 1,200 MW", "Acme | HAS_METRIC | 1.2 GW", False),
    ],
)
def test_claims_agree_by_the_rules_of_the_guide(gold, found, same):
    assert same_fact(stated(claim(gold)), stated(claim(found))) is same


def test_of_a_claim_with_an_unnamed_party_the_named_end_decides():
    gold = stated(claim("Acme | SUPPLIES | a few customers", named=False))

    assert same_fact(gold, stated(claim("Acme | SUPPLIES | Customer A", named=False)))
    assert not same_fact(gold, stated(claim("Bolt | SUPPLIES | Customer A", named=False)))
    assert not same_fact(gold, stated(claim("Acme | SUPPLIES | Bolt")))


def test_names_and_words_are_compared_without_form():
    assert normal("Acme & Sons, Inc. (NYSE: ACM)") == normal("acme and sons")
    assert same_name("acmeson", "acmeson cloud") and not same_name("acme", "acme cloud")
    assert same_words(
        stated(claim("A | OWNS | B", "it bought B")), stated(claim("A | OWNS | B", "In May it bought B."))
    )


def test_what_is_right_wrong_open_and_missed():
    gold = [
        claim("Acme | SUPPLIES | Bolt"),
        claim("Acme | OWNS | Cato", "Acme owns Cato."),
        claim("Acme | OWNS | Dent", doubtful=True),
        claim("Acme | COMMITS_TO | Echo", "Acme ordered from Echo."),
    ]
    found = [
        claim("Acme | SUPPLIES | Bolt", modality="hedged"),
        claim("Acme | SUPPLIES | Bolt", "They ship to Bolt as well, as we said before.", tier="candidate"),
        claim("Acme | OWNS | Cato", polarity="negative"),
        claim("Acme | OWNS | Dent"),
        claim("Acme | SUPPLIES | Echo", "Acme ordered from Echo."),
        claim("Acme | OWNS | Fig"),
    ]
    verdicts = judge(gold, found, ["d"])

    assert [j.verdict for j in verdicts.judged] == ["right", "right", "wrong", "open", "open", "wrong"]
    assert [j.denied for j in verdicts.judged] == [False, False, True, False, False, False]
    row = figures(verdicts)
    assert (row.gold, row.precision, row.recall) == (3, 2 / 4, 1 / 3)
    assert (row.polarity, row.modality) == (2 / 3, 0.0)
    assert figures(only(verdicts, lambda c: c["tier"] == "fact")).precision == 1 / 3
    assert by_predicate(verdicts)["OWNS"].recall == 0.0


def test_the_own_gold_is_large_and_has_both_signs():
    positive, negative = (sum(pair[side] for pair in own.counts().values()) for side in (0, 1))

    assert positive + negative >= 400
    assert negative >= 150


@pytest.fixture(scope="module")
def scored(shared_dir):
    """Return each part of the annotated documents with the records of its claims."""
    from tests.score.extraction import records_of

    listed = parts(shared_dir)
    records = records_of([d for part in listed for d in part.documents], shared_dir)
    return {part.name: (part, [r for r in records if r["doc"] in part.documents]) for part in listed}


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_figure_falls_below_its_floor(name, scored):
    part, records = scored[name]
    verdicts = judge(part.gold, records, part.documents)
    both, facts = figures(verdicts), figures(only(verdicts, lambda c: c["tier"] == "fact"))
    measured = dict(zip(NAMES, (facts.precision, both.recall, both.polarity, both.modality), strict=True))

    assert {k: round(v, 3) for k, v in measured.items() if v < FLOORS[name][k]} == {}


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_the_score_agrees_with_that_of_the_annotators(name, scored, shared_dir, tmp_path):
    part, records = scored[name]
    (tmp_path / "claims.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records))
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(r) + "\n" for r in part.gold))
    (tmp_path / "docs").write_text("\n".join(part.documents))
    tool = shared_dir / "tools" / "score_claims.py"
    files = [tmp_path / "gold.jsonl", tmp_path / "claims.jsonl", "--docs", tmp_path / "docs"]
    done = subprocess.run([sys.executable, tool, *files, "--json"], capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout)
    verdicts = judge(part.gold, records, part.documents)
    ours = by_predicate(verdicts) | {"ALL": figures(verdicts)}

    assert set(theirs) == set(ours)
    for predicate, row in theirs.items():
        own_row = ours[predicate]
        assert row["gold"] == own_row.gold
        for key, value in (
            ("precision", own_row.precision),
            ("recall_fact", own_row.recall),
            ("recall_quote", own_row.recall_quoted),
            ("modality", own_row.modality),
        ):
            assert (row[key] or 0) == pytest.approx(value or 0, abs=0.01), (predicate, key)


@pytest.mark.parametrize(
    ("found", "cause"),
    [
        (claim("Acme | SUPPLIES | Bolt", polarity="negative"), "polarity"),
        (claim("Bolt | SUPPLIES | Acme"), "direction"),
        (claim("Acme | OWNS | Bolt"), "predicate"),
        (claim("Cato | SUPPLIES | Bolt"), "subject"),
        (claim("Acme | SUPPLIES | Cato"), "object"),
        (claim("Cato | SUPPLIES | Dent"), "both parties"),
        (claim("Cato | SUPPLIES | Dent", "Other words entirely here."), "states what nobody annotated"),
    ],
)
def test_a_wrong_claim_differs_from_the_gold_in_something(found, cause):
    assert cause_of_wrong(stated(found), [stated(claim("Acme | SUPPLIES | Bolt"))]) == cause


@pytest.mark.parametrize(
    ("gold", "found", "cause"),
    [
        (claim("Acme | SUPPLIES | Bolt"), [], "nothing read, all parties in the words"),
        (claim("Acme | SUPPLIES | Bolt", "We sell to Bolt."), [], "nothing read, one party in the words"),
        (claim("Acme | SUPPLIES | Bolt", "A customer of ours."), [], "nothing read, no party in the words"),
        (claim("Acme | SUPPLIES | a few", named=False), [], "nothing read, a party unnamed"),
        (claim("Acme | HAS_METRIC | 5 MW"), [claim("Bolt | HAS_METRIC | 5 MW")], "subject of the metric"),
        (claim("Acme | HAS_METRIC | 5 MW"), [claim("Acme | HAS_METRIC | 7 MW")], "number of the metric"),
        (claim("Acme | SUPPLIES | Bolt"), [claim("Acme | OWNS | Bolt")], "predicate"),
    ],
)
def test_a_miss_has_a_cause(gold, found, cause):
    assert cause_of_miss(stated(gold), [stated(c) for c in found]) == cause
