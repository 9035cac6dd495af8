"""Claims from tags: who has a share, of what, when; obligations, capital expenditure, stakes; what tags and words say together."""

from datetime import date

import pytest

from graph.model import load_ontology, load_registry
from pipelines.nlp.extract import extract_claims
from pipelines.nlp.fiscal import fiscal_years
from pipelines.nlp.tag_parties import words_of
from tests.nlp.ixbrl import LAST_YEAR, NOW, THEN, YEAR, Filing

CUSTOMER = {"type": "us-gaap:CustomerConcentrationRiskMember", "of": "us-gaap:SalesRevenueNetMember"}
RECEIVABLE = {"type": "us-gaap:CustomerConcentrationRiskMember", "of": "us-gaap:AccountsReceivableMember"}
SUPPLIER = {"type": "us-gaap:SupplierConcentrationRiskMember", "of": "us-gaap:CostOfGoodsTotalMember"}
CREDIT = {"type": "us-gaap:CreditConcentrationRiskMember", "of": "us-gaap:AccountsReceivableMember"}


def claims(document, nlp, predicate):
    found = extract_claims(document, load_ontology(), load_registry(), nlp)
    return [claim for claim in found if claim.predicate == predicate]


def shown(found, *qualifiers):
    return [
        (c.subject.name, c.object.name, c.modality, c.tier, *(c.qualifiers.get(name) for name in qualifiers))
        for c in found
    ]


def test_letters_in_a_sentence_with_their_period(nlp):
    f = Filing()
    a = f.share("14", who="acme:CustomerAMember", **CUSTOMER)
    b = f.share("11", who="acme:CustomerBMember", **CUSTOMER)

    found = claims(f.read(f"<p>Customers A and B represented {a}% and {b}% of our net revenue.</p>"), nlp, "SUPPLIES")

    assert shown(found, "share", "benchmark") == [
        ("AMD", "Customer A", "asserted", "fact", "14%", "revenue"),
        ("AMD", "Customer B", "asserted", "fact", "11%", "revenue"),
    ]
    assert {(c.valid_from, c.valid_to, c.valid_precision) for c in found} == {(*YEAR, "day")}
    assert {c.qualifiers["also"] for c in found} == {"rule:supplies.concentration"}
    assert not any(c.object.named for c in found)


def test_a_row_has_each_period_and_its_own_label(nlp):
    f = Filing()
    now = f.share("12", who="acme:CustomerAMember", **CUSTOMER)
    then = f.share("15", who="acme:CustomerAMember", period=LAST_YEAR, **CUSTOMER)
    rows = f"<table><tr><td>Customer</td><td>2025</td><td>2024</td></tr><tr><td>Indirect Customer A</td><td>{now}%</td><td>{then}%</td></tr></table>"

    found = claims(f.read(f"<p>Shares of our revenue were as follows:</p>{rows}"), nlp, "SUPPLIES")

    assert sorted(shown(found, "share")) == [
        ("AMD", "Indirect Customer A", "asserted", "fact", "12%"),
        ("AMD", "Indirect Customer A", "historical", "fact", "15%"),
    ]
    assert {c.quote for c in found} == {"Indirect Customer A | 12% | 15%"}


def test_two_customers_of_one_sentence_stay_two(nlp):
    f = Filing()
    one = f.share("17", who="acme:CustomerOneMember", **RECEIVABLE)
    two = f.share("16", who="acme:CustomerTwoMember", **RECEIVABLE)

    found = claims(f.read(f"<p>Two customers accounted for {one}% and {two}% of our accounts receivable.</p>"), nlp, "SUPPLIES")  # fmt: skip

    assert shown(found, "share", "benchmark") == [
        ("AMD", "Customer One", "asserted", "fact", "17%", "receivables"),
        ("AMD", "Customer Two", "asserted", "fact", "16%", "receivables"),
    ]


def test_one_customer_of_two_periods_keeps_the_words_label(nlp):
    f = Filing()
    now = f.share("13", who="acme:TopCustomerMember", **CUSTOMER)
    then = f.share("18", who="acme:TopCustomerMember", period=LAST_YEAR, **CUSTOMER)

    found = claims(f.read(f"<p>One customer accounted for {now}% and {then}% of our net revenue in 2025 and 2024, respectively.</p>"), nlp, "SUPPLIES")  # fmt: skip

    assert sorted(shown(found, "share")) == [
        ("AMD", "One customer", "asserted", "fact", "13%"),
        ("AMD", "One customer", "historical", "fact", "18%"),
    ]


@pytest.mark.parametrize(
    ("sentence", "member", "dims", "expected"),
    [
        ("Dell represented {}% of our net revenue.", "acme:DellInc.Member", CUSTOMER, ("AMD", "Dell")),
        ("A wafer supplier made up {}% of our cost of sales.", "acme:WaferSupplierMember", SUPPLIER, ("Wafer Supplier", "AMD")),
        ("TSMC accounted for {}% of our cost of sales.", "acme:TSMCMember", SUPPLIER, ("TSMC", "AMD")),
        ("Vendor receivables of one vendor were {}% of the total.", "acme:VendorOneMember", CREDIT, ("Vendor One", "AMD")),
        ("Cellular carriers made up {}% of trade receivables.", "acme:CellularCarriersMember", CREDIT, ("AMD", "Cellular Carriers")),
    ],
)  # fmt: skip
def test_direction_and_name(nlp, sentence, member, dims, expected):
    f = Filing()

    found = claims(f.read(f"<p>{sentence.format(f.share('21', who=member, **dims))}</p>"), nlp, "SUPPLIES")

    tagged = [(c.subject.name, c.object.name, c.tier) for c in found if c.qualifiers.get("share") == "21%"]
    assert tagged == [(*expected, "fact")]


def test_an_unregistered_name_is_as_written_and_no_fact(nlp):
    f = Filing()
    body = f"<p>Sales to Bright Harbor Systems, Inc. were {f.share('19', who='acme:BrightHarborSystemsIncMember', **CUSTOMER)}% of revenue.</p>"

    (claim,) = [c for c in claims(f.read(body), nlp, "SUPPLIES") if "tag" in c.qualifiers]

    assert (claim.object.name, claim.object.named, claim.tier) == ("Bright Harbor Systems", True, "candidate")


def test_places_products_and_counterparties_of_credit_are_no_customers(nlp):
    f = Filing()
    abroad = f.share("56", place="us-gaap:NonUsMember", **CUSTOMER)
    region = f.share("40", place="country:SG", type="us-gaap:GeographicConcentrationRiskMember", of="us-gaap:SalesRevenueNetMember")  # fmt: skip
    bank = f.share("30", party="acme:FirstBankMember", type="us-gaap:CreditConcentrationRiskMember", of="us-gaap:CashMember")  # fmt: skip
    body = f"<p>Revenue from abroad was {abroad}% of the total. Singapore was {region}% of it. One bank held {bank}% of our cash.</p>"

    assert claims(f.read(body), nlp, "SUPPLIES") == []


def test_a_threshold_and_its_denial(nlp):
    f = Filing()
    more = f.share("10", who="acme:OneCustomerMember", **CUSTOMER)
    none = f.share("10", period=LAST_YEAR, **CUSTOMER)
    body = f"<p>One customer represented {more}% or more of total revenue. No customer represented {none}% or more of total revenue for fiscal year 2024.</p>"

    found = claims(f.read(body), nlp, "SUPPLIES")

    assert [(c.object.name, c.polarity, c.qualifiers.get("share")) for c in found] == [
        ("One customer", "positive", "≥10%"),
        ("customer ≥10%", "negative", None),
    ]


def test_a_share_that_the_words_contradict_is_kept_twice(nlp):
    f = Filing()
    tag = (
        f.share("41", who="acme:CustomerAMember", **CUSTOMER).replace("41<", "14<").replace('scale="-2"', 'scale="-3"')
    )

    found = claims(f.read(f"<p>Customer A represented {tag}% of our net revenue.</p>"), nlp, "SUPPLIES")

    assert sorted((c.qualifiers["share"], c.qualifiers["mismatch"], c.tier) for c in found) == [
        ("1.4%", "14%", "fact"),
        ("14%", "1.4%", "candidate"),
    ]


def test_a_hidden_share_has_no_place_and_makes_no_claim(nlp):
    f = Filing()
    hidden = f.share("12", who="acme:CustomerAMember", **CUSTOMER)

    document = f.read(
        f'<div style="display:none"><ix:header><ix:hidden>{hidden}</ix:hidden></ix:header></div><p>Text.</p>'
    )

    assert claims(document, nlp, "SUPPLIES") == []


def test_purchase_obligations_with_their_buckets(nlp):
    f = Filing()
    rows = "".join(
        f"<tr><td>{label}</td><td>{f.amount(words, concept)}</td></tr>"
        for label, words, concept in (
            ("2026", "3,000", "PurchaseObligationDueInNextTwelveMonths"),
            ("2027", "1,500", "PurchaseObligationDueInSecondYear"),
            ("Total", "4,500", "PurchaseObligation"),
        )
    )

    found = claims(f.read(f"<p>Future payments (in millions):</p><table><tr><td>Year</td><td>Amount</td></tr>{rows}</table>"), nlp, "COMMITS_TO")  # fmt: skip

    assert shown(found, "amount", "horizon") == [
        (
            "AMD",
            "suppliers",
            "asserted",
            "fact",
            "$4,500 million",
            "within 12 months $3,000 million, year 2 $1,500 million",
        )
    ]
    assert found[0].quote == "Total | 4,500"
    assert [slot.source for slot in found[0].frame if slot.slot == "object"] == ["construction"]


@pytest.mark.parametrize(
    ("sentence", "concept", "expected"),
    [
        ("We have leases of ${} billion that have not yet commenced.", "UnrecordedUnconditionalPurchaseObligationBalanceSheetAmount", ("AMD", "lessors", "planned")),
        ("Operating leases that begin next year amount to ${} billion.", "acme:LesseeOperatingLeaseLeaseNotYetCommencedAmount", ("AMD", "lessors", "planned")),
        ("We are bound to spend ${} billion on cloud services.", "LongTermPurchaseCommitmentAmount", ("AMD", "cloud service providers", "asserted")),
        ("Revenue not yet recognized under contracts was ${} billion.", "RevenueRemainingPerformanceObligation", ("customers", "AMD", "asserted")),
        ("Other purchase commitments were ${} billion.", "OtherCommitment", ("AMD", "suppliers", "asserted")),
    ],
)  # fmt: skip
def test_obligations_by_concept_and_words(nlp, sentence, concept, expected):
    f = Filing()

    found = claims(f.read(f"<p>{sentence.format(f.amount('2.5', concept, 9))}</p>"), nlp, "COMMITS_TO")

    assert [(c.subject.name, c.object.name, c.modality, c.qualifiers["amount"]) for c in found] == [
        (*expected, "$2.5 billion")
    ]


def test_what_is_no_obligation_of_today(nlp):
    f = Filing()
    body = (
        f"<p>Investment commitments were ${f.amount('3', 'OtherCommitment', 9)} billion.</p>"
        f"<p>A year ago, orders of ${f.amount('2', 'PurchaseObligation', 9, THEN)} billion were open.</p>"
        f"<p>The liability for such orders was ${f.amount('1', 'RecordedUnconditionalPurchaseObligation', 9)} billion.</p>"
        f"<p>Nothing else: ${f.amount('0', 'PurchaseObligation', 9)}.</p>"
    )

    assert claims(f.read(body), nlp, "COMMITS_TO") == []


def test_capital_expenditure_is_a_fact_where_the_text_speaks_of_it(nlp):
    f = Filing()
    now = f.amount("3,391", "PaymentsToAcquirePropertyPlantAndEquipment", period=YEAR)
    then = f.amount("1,069", "PaymentsToAcquirePropertyPlantAndEquipment", period=LAST_YEAR)
    row = f"<table><tr><td>Cash flows</td><td>2025</td><td>2024</td></tr><tr><td>Purchases of property</td><td>{now}</td><td>{then}</td></tr></table>"

    found = claims(f.read(f"<p>During fiscal year 2025 we spent $3.4 billion on capital expenditures.</p>{row}"), nlp, "HAS_METRIC")  # fmt: skip

    assert [(c.tier, c.qualifiers["value"].lstrip("$"), c.valid_from, c.valid_to) for c in found] == [
        ("fact", "3.4", *YEAR),
        ("candidate", "1,069", *LAST_YEAR),
    ]


def test_a_stake_in_a_named_investee(nlp):
    f = Filing()
    held = f.share("18", "EquityMethodInvestmentOwnershipPercentage", NOW, investee="acme:CoreWeaveInc.Member")
    limit = f.share("20", "EquityMethodInvestmentOwnershipPercentage", NOW, investee="acme:CoreWeaveInc.Member", range="srt:MinimumMember")  # fmt: skip
    body = f"<p>We hold {held}% of CoreWeave. We use the equity method from {limit}% of CoreWeave on.</p>"

    found = [c for c in claims(f.read(body), nlp, "OWNS") if "tag" in c.qualifiers]

    assert shown(found, "percent", "kind") == [("AMD", "CoreWeave", "asserted", "fact", "18%", "stake")]


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("acme:CustomerAMember", "Customer A"),
        ("acme:TenLargestCustomersMember", "Ten Largest Customers"),
        ("ge:U.S.GovernmentAgenciesMember", "U.S. Government Agencies"),
        ("acme:USBasedCustomersMember", "US Based Customers"),
        ("acme:TSMCMember", "TSMC"),
    ],
)
def test_the_words_of_a_member(member, words):
    assert words_of(member) == words


def test_fiscal_years_by_the_contexts_and_the_name_that_the_text_uses():
    f = Filing()
    body = f"<p>{f.amount('5', 'Revenues', period=YEAR)} and {f.amount('4', 'Revenues', period=LAST_YEAR)}</p>"
    text = "<p>Fiscal 2025 was good. In fiscal 2025 we grew more than in fiscal 2024.</p>"

    assert fiscal_years(f.read(body)) == {2024: LAST_YEAR, 2025: YEAR}
    assert fiscal_years(f.read(body + text, focus="2024")) == {2024: LAST_YEAR, 2025: YEAR}
    assert fiscal_years(f.read(body + text.replace("2025", "2023"), focus="2024")) == {2023: LAST_YEAR, 2024: YEAR}


def test_prose_of_a_fiscal_year_gets_its_days(nlp):
    f = Filing()
    body = f"<p>{f.amount('5', 'Revenues', period=LAST_YEAR)}</p><p>No customer represented 10% or more of total revenue for fiscal year 2024.</p>"

    (claim,) = claims(f.read(body), nlp, "SUPPLIES")

    assert (claim.valid_from, claim.valid_to, claim.valid_precision) == (date(2023, 1, 30), date(2024, 1, 28), "day")
