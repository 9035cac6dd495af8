"""Who owns whom on a day, as known on a day, and up to the ultimate parent; texts of our own, answers by hand."""

import pytest

from graph.errors import ModelError
from pipelines.fetch.archive import Archive, Fetch
from pipelines.ids import sha256_hex
from pipelines.resolve.businesses import businesses
from pipelines.settings import load_settings
from pipelines.warehouse import stages, store

NOTES = {
    ("2022-03-01", "a.md"): "In 2021 Cisco acquired Confluent.",
    ("2023-03-01", "b.md"): "In 2022 Confluent bought Groq. In 2021 Cisco acquired Confluent.",
    ("2024-03-01", "c.md"): "In 2023 Vertiv acquired Confluent.",
    ("2024-05-01", "d.md"): "Google owns 14% of Harwick Optics, Inc.",
    ("2024-06-01", "e.md"): "Intel acquired SambaNova. SambaNova acquired Intel.",
    ("2024-07-01", "f.md"): "Groq acquired Cisco.",
}


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    settings = load_settings(tmp_path_factory.mktemp("owned") / "home", {"LOADPATH_JOBS": "1"})
    for (day, name), text in NOTES.items():
        data = f"{text}\n".encode()
        fetch = Fetch(f"https://example.org/{name}", name, sha256_hex(data), f"{day}T00:00:00+00:00", 200, "added")
        Archive(settings.archive).keep(data, fetch)
    stages.read_documents(settings)
    stages.read_claims(settings)
    stages.build_core(settings)
    store.build_layers(stages.building(settings), ("mart",), {})
    return settings


def asked(market, sql):
    with store.connection(stages.building(market)) as con:
        return [tuple(row.values()) for row in store.rows(con, sql)]


def owners(market, as_of, known_on):
    sql = f"""SELECT p.name, o.parent_id FROM mart.owners_at('{as_of}', '{known_on}') o
        JOIN core.party p ON p.party_id = o.child_id WHERE o.source = 'claim' ORDER BY ALL"""
    return asked(market, sql)


def test_an_owner_counts_from_its_day_and_from_when_it_was_known(market):
    assert ("Confluent", "cisco") in owners(market, "2022-06-30", "2022-06-30")
    assert owners(market, "2020-06-30", "2022-06-30") == []
    assert owners(market, "2022-06-30", "2022-02-01") == []


def test_a_later_purchase_takes_the_place_of_an_earlier_one(market):
    assert ("Confluent", "vertiv") in owners(market, "2024-06-30", "2024-06-30")
    # What was believed before the later one was known stays askable.
    assert ("Confluent", "cisco") in owners(market, "2024-06-30", "2023-06-30")


def test_the_ultimate_parent_follows_the_chain_of_the_day(market):
    sql = """SELECT p.name, u.parent_id FROM mart.ultimate_parents_at('{day}', '{day}') u
        JOIN core.party p ON p.party_id = u.child_id WHERE p.name = 'Groq'"""

    assert asked(market, sql.format(day="2023-06-30")) == [("Groq", "cisco")]
    assert asked(market, sql.format(day="2024-06-30")) == [("Groq", "vertiv")]


def test_a_share_below_half_makes_no_parent(market):
    assert asked(market, "SELECT parent_id, percent, controls FROM mart.fct_ownership WHERE percent = 14") == [
        ("alphabet", 14.0, False)
    ]


def test_a_circle_of_owners_is_refused_with_what_and_where(market):
    refused = asked(market, "SELECT refused FROM mart.fct_ownership WHERE refused <> '' ORDER BY ALL")

    def document(name):
        return next(sha256_hex(f"{text}\n".encode())[:12] for (_, file), text in NOTES.items() if file == name)

    # What fewer documents say gives way: two say that Cisco bought Confluent, one each the other two.
    assert refused == sorted(
        (f"a circle of owners: {chain}, in document {document(name)}",)
        for chain, name in (
            ("cisco < groq < confluent < cisco", "f.md"),
            ("groq < confluent < cisco < groq", "b.md"),
            ("intel < sambanova < intel", "e.md"),
            ("sambanova < intel < sambanova", "e.md"),
        )
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kinds:\n  law: [law firm]\n  food: [law firm]\n", ":6: 'law firm' is already of the kind 'law'"),
        ("kinds:\n  law: [law firm]\n", ":3: 'food' is none of the kinds below"),
        ("kinds: {food: [brewer]}\nkind: {}\n", ":5: unknown key 'kind'"),
    ],
)
def test_a_wrong_file_of_businesses_is_refused_with_its_line(tmp_path, text, says):
    path = tmp_path / "businesses.yml"
    path.write_text(f"element: lexicon\nname: businesses\noutside: [food]\n{text}", encoding="utf-8")

    with pytest.raises(ModelError, match=rf"businesses\.yml{says}"):
        businesses(path)
