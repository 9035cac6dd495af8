"""Trust: the confidence is the sum of its visible parts; what is held back stays a candidate; the fit finds what is there."""

import math
from dataclasses import replace

import pytest

from graph.model import load_ontology, load_registry
from pipelines.nlp import trust
from pipelines.nlp.extract import extract_claims
from pipelines.nlp.reading import DocumentContext, Filled, Reading
from pipelines.parse.read import read_document
from pipelines.records import Party
from tests.score.fit import Example, crossed, fit, predicted, threshold

NVIDIA = Party("NVIDIA", "NVIDIA", "Organization", "nvidia")
DELL = Party("Dell", "Dell", "Organization", "dell")
NEW = Party("Quillmark", "Quillmark", "Organization")
LABEL = Party("two direct customers", "two direct customers", "AnonymousParty", named=False)
GENERIC = Party("our customers", "our customers", "AnonymousParty", named=False)
CONTEXT = DocumentContext(read_document(b"A page.", "note.md"), load_ontology(), load_registry())


def reading(subject=NVIDIA, object_=DELL, **more):
    return Reading("SUPPLIES", subject, object_, 0, 6, "rule:supplies.supply_to", quality=0.9, **more)


def test_confidence_is_the_sum_of_parts_that_name_what_was_seen():
    made = reading(fills={"subject": Filled(NVIDIA, "title", 0, 6)}, modality="hedged")
    added = trust.parts(CONTEXT, made)

    assert set(added) == {
        "base",
        "estimate:0.9",
        "method:rule",
        "names:registered",
        "document:other",
        "modality:hedged",
    }
    assert trust.confidence(added) == round(1 / (1 + math.exp(-sum(added.values()))), 4)


def test_a_value_that_nobody_measured_adds_nothing():
    made = replace(reading(), method="oracle:supplies")

    assert trust.parts(CONTEXT, made)["method:oracle"] == 0.0


@pytest.mark.parametrize(
    ("made", "grade"),
    [
        (reading(), "registered"),
        (reading(object_=NEW), "unregistered"),
        (reading(object_=LABEL), "unnamed"),
        (reading(object_=GENERIC, modality="hedged"), "generic"),
        (reading(object_=GENERIC, fills={"subject": Filled(NVIDIA, "filer", 0, 6)}), "unnamed"),
        (reading(subject=LABEL, object_=LABEL), "unregistered"),
    ],
)
def test_names_have_the_lower_grade_of_both_sides(made, grade):
    assert trust.grade(made, load_ontology()) == grade


@pytest.mark.parametrize(
    ("made", "sure", "tier"),
    [
        (reading(), 0.99, "fact"),
        (reading(), 0.3, "candidate"),
        (reading(object_=NEW), 0.99, "candidate"),
        (replace(reading(), quality=0.65), 0.99, "candidate"),
    ],
)
def test_a_fact_is_sure_and_not_held_back(made, sure, tier):
    assert trust.tier(CONTEXT, made, sure) == tier


def example(document, right, **seen):
    return Example({"doc": document}, "filings", {"base": 1.0, "estimate": 2.0, **seen}, right)


def test_the_fit_finds_what_is_there_and_says_the_same_twice():
    listed = [example(f"d{n % 3}", n % 10 > 0, **{"method:good": 1.0}) for n in range(60)]
    listed += [example(f"d{n % 3}", n % 10 < 3, **{"method:poor": 1.0}) for n in range(60)]
    weights = fit(listed)

    assert weights == fit(list(listed))
    assert predicted(weights, listed[0]) == pytest.approx(0.9, abs=0.05)
    assert predicted(weights, listed[-1]) == pytest.approx(0.3, abs=0.05)


def test_a_few_claims_move_a_weight_little():
    listed = [example(f"d{n % 3}", n % 10 > 0, **{"method:good": 1.0}) for n in range(60)]
    rare = [example("d0", False, **{"method:rare": 1.0})]

    assert predicted(fit(listed + rare), rare[0]) > 0.5


def test_the_threshold_is_the_least_at_which_facts_are_precise():
    sure = [(example("d", True), 0.86)] * 20
    poor = [(example("d", False), 0.78)] * 3

    assert threshold(sure) == 0.6
    assert threshold(sure + poor) == 0.8


def test_each_document_is_judged_by_the_others():
    listed = [example("a", True, **{"method:x": 1.0})] * 9 + [example("b", False, **{"method:x": 1.0})] * 9

    sure = {e.claim["doc"]: value for e, value in crossed(listed)}
    assert sure["a"] < 0.5 < sure["b"]


@pytest.mark.parametrize(
    ("text", "value", "tier"),
    [
        ("Meta's capital expenditures were $31 billion in 2024.", "$31 billion", "fact"),
        ("Meta spent $31 billion in capex.", "$31 billion", "fact"),
        ("Meta capex (FY24): $31B.", "$31 B", "fact"),
        ("Meta expects capital expenditures of $31 billion to $34 billion.", "$31 to $34 billion", "fact"),
        ("CoreWeave ended the year with 300 MW of active power.", "300 MW", "fact"),
        ("# Meta\n\n| Metric | Actual | Expected |\n|---|---|---|\n| 2024 capex | $31B | $29B |", "$31 B", "fact"),
        ("# Meta\n\n| Metric | Actual | Expected |\n|---|---|---|\n| 2024 capex | $31B | $29B |", "$29 B", "candidate"),
        # Other words between, a supposition, a part, a deal's name, a need, another's forecast.
        ("Meta's capex moderation is critical, with a cash flow target of $31 billion.", "$31 billion", ""),
        ("If Meta grows, its capex would be $31 billion.", "$31 billion", "candidate"),
        ("CoreWeave has another 300 MW of contracted power.", "300 MW", "candidate"),
        ("The $3.5B CoreWeave anchor contract, 300 MW of contracted power, and a loan.", "300 MW", "candidate"),
        ("CoreWeave Contracted Power Added (2024): 300 MW", "300 MW", "candidate"),
        ("CoreWeave requires 300 MW of contracted power.", "300 MW", "candidate"),
        ("Goldman Sachs cumulative capex projection: $2T.", "$2 T", "candidate"),
    ],
)
def test_only_the_stated_level_of_a_measure_is_a_fact(text, value, tier, nlp):
    claims = extract_claims(read_document(text.encode(), "note.md"), load_ontology(), load_registry(), nlp)

    assert [c.tier for c in claims if c.predicate == "HAS_METRIC" and c.object.name == value] == (
        [tier] if tier else []
    )


@pytest.mark.parametrize(
    ("text", "baseline"),
    [
        ("Meta's capital expenditures were $31 billion, up from $28 billion in 2023.", "$28 billion in 2023"),
        ("Meta's capital expenditures were $31 billion compared to $28 billion due to new sites.", "$28 billion"),
        # Another number, or another verb, stands between.
        ("CoreWeave has 300 MW of active power in 21 sites, up from 14.", None),
        ("CoreWeave has 300 MW of active power, while growing its backlog over 2023.", None),
    ],
)
def test_a_baseline_is_what_the_number_itself_is_compared_with(text, baseline, nlp):
    claims = extract_claims(read_document(text.encode(), "note.md"), load_ontology(), load_registry(), nlp)
    first = next(c for c in claims if c.predicate == "HAS_METRIC" and c.object.name in ("$31 billion", "300 MW"))

    assert first.qualifiers.get("baseline") == baseline
