"""Judgements: what follows from lines, in whatever order; taking one back; and lines that are refused with file and line."""

from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import ModelError
from pipelines.resolve import decisions, judgements
from pipelines.resolve.judgements import Judged
from pipelines.warehouse.store import SQL

HEAD = "left,right,judgement,who,decided_on,why\n"
TODAY = date(2025, 6, 30)
REGISTERED = ("c", "f")
PARTIES = ("a", "anon:1", "b", "c", "d", "e", "f")


def kept(home, *lines):
    home.mkdir(exist_ok=True)
    (home / "judgements.csv").write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return home


def line(left, judgement, right):
    return f"{left},{right},{judgement},me,2025-01-01,why"


def same_parties(lines):
    """Return core.same_party as the SQL file makes it from the lines."""
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA core")
        con.execute("CREATE TABLE core.judgement (left_id VARCHAR, right_id VARCHAR, judgement VARCHAR)")
        for table, key, ids in (
            ("organization", "organization_id", REGISTERED),
            ("offering", "offering_id", ()),
            ("bottleneck", "code", ()),
        ):
            con.execute(f"CREATE TABLE core.{table} ({key} VARCHAR)")
            for party in ids:
                con.execute(f"INSERT INTO core.{table} VALUES (?)", [party])
        for each in lines:
            con.execute(
                "INSERT INTO core.judgement VALUES ($left, $right, $judgement)",
                {k: each.values[k] for k in ("left", "right", "judgement")},
            )
        return dict(con.execute((SQL / "core" / "same_party.sql").read_text(encoding="utf-8")).fetchall())


def read(home):
    return judgements.read(home, TODAY)


def test_the_same_is_transitive_and_a_registered_party_stands_for_the_group(tmp_path):
    home = kept(
        tmp_path, line("a", "same", "b"), line("b", "same", "e"), line("d", "same", "c"), line("c", "same", "anon:1")
    )

    assert same_parties(read(home)) == {"b": "a", "e": "a", "d": "c", "anon:1": "c"}


def test_a_party_with_a_name_stands_for_an_unnamed_one(tmp_path):
    assert same_parties(read(kept(tmp_path, line("anon:1", "same", "b")))) == {"anon:1": "b"}


def test_different_and_unsure_merge_nothing(tmp_path):
    assert same_parties(read(kept(tmp_path, line("a", "different", "b"), line("a", "unsure", "d")))) == {}


def test_what_follows_for_any_two(tmp_path):
    judged = Judged(
        read(
            kept(
                tmp_path,
                line("a", "same", "b"),
                line("b", "different", "c"),
                line("c", "same", "d"),
                line("e", "unsure", "a"),
            )
        )
    )

    assert [judged.of("b", "a"), judged.of("d", "a"), judged.of("a", "e"), judged.of("e", "b")] == [
        "same",
        "different",
        "unsure",
        "",
    ]


def test_lines_that_conflict_are_all_named(tmp_path):
    home = kept(
        tmp_path, line("a", "same", "b"), line("d", "different", "a"), line("e", "same", "f"), line("b", "same", "d")
    )

    with pytest.raises(ModelError) as raised:
        read(home)

    path = home / "judgements.csv"
    assert str(raised.value) == (
        f"{path}:3: d and a are judged different, but the same by {path}:5 (b = d), {path}:2 (a = b); take one of these lines back"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + "a,b,same,me,2025-01-01\n", ":2: 5 values where 6 columns are"),
        (HEAD + "a,b,same,me,2025-01-01,why,more\n", ":2: 7 values where 6 columns are"),
        (HEAD + 'a,b,same,me,2025-01-01,"two\nlines"\na,,same,me,2025-01-01,x\n', ":4: right is empty"),
        (HEAD + "a,b,alike,me,2025-01-01,x\n", ":2: judgement 'alike' is none of same, different, unsure"),
        (HEAD + "a,b,same,,2025-01-01,x\n", ":2: who is empty"),
        (HEAD + "a,b,same,me,01.02.2025,x\n", ":2: decided_on '01.02.2025' is no day; write it as YYYY-MM-DD"),
        (HEAD + "a,b,same,me,20250101,x\n", ":2: decided_on '20250101' is no day; write it as YYYY-MM-DD"),
        (HEAD + "a,b,same,me,2025-02-30,x\n", ":2: decided_on '2025-02-30' is no day; write it as YYYY-MM-DD"),
        (HEAD + "a,b,same,me,2025-07-01,x\n", ":2: decided_on 2025-07-01 lies in the future (today is 2025-06-30)"),
        (HEAD + "a,a,unsure,me,2025-01-01,x\n", ":2: left and right are the same id, a"),
        (HEAD + 'a,b,same,me,2025-01-01,"x\n', ":2: not readable as CSV in UTF-8: unexpected end of data"),
        ("left,right,judgement\n", ":1: the columns must be left,right,judgement,who,decided_on,why"),
        ("", ":1: the columns must be left,right,judgement,who,decided_on,why"),
    ],
)
def test_a_line_that_cannot_be_right_is_refused_with_file_and_line(tmp_path, text, says):
    path = tmp_path / "judgements.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ModelError) as raised:
        read(tmp_path)

    assert str(raised.value) == f"{path}{says}"


def test_a_file_of_a_spreadsheet_is_read(tmp_path):
    rows = (HEAD + line("a", "same", "b") + "\n").replace("\n", "\r\n")
    (tmp_path / "judgements.csv").write_bytes(b"\xef\xbb\xbf" + rows.encode())

    assert same_parties(read(tmp_path)) == {"b": "a"}


SAID = st.tuples(st.sampled_from(PARTIES), st.sampled_from(judgements.VALUES), st.sampled_from(PARTIES)).filter(
    lambda t: t[0] != t[2]
)


@settings(max_examples=25, deadline=None)
@given(said=st.lists(SAID, max_size=8, unique=True), data=st.data())
def test_the_order_of_lines_means_nothing(said, data, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    shuffled = data.draw(st.permutations(said))

    outcomes = []
    for order in (said, shuffled):
        try:
            outcomes.append(same_parties(read(kept(home, *(line(*each) for each in order)))))
        except ModelError:
            outcomes.append("refused")

    assert outcomes[0] == outcomes[1]


@settings(max_examples=40, deadline=None)
@given(said=st.lists(SAID, max_size=6, unique=True), more=SAID)
def test_a_judgement_and_its_withdrawal_leave_all_as_it_was(said, more, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    path = home / "judgements.csv"
    values = dict(
        zip(("left", "judgement", "right"), more, strict=True), who="me, myself", decided_on="2025-01-02", why='a "why"'
    )
    for each in said:
        earlier = dict(
            zip(("left", "judgement", "right"), each, strict=True), who="me", decided_on="2025-01-01", why=""
        )
        decisions.add(path, judgements.COLUMNS, earlier)
    before = path.read_bytes() if said else None

    number = decisions.add(path, judgements.COLUMNS, values)
    taken = decisions.take_back(path, judgements.COLUMNS, lambda each: each.values["who"] == "me, myself")

    assert (taken.number, taken.values) == (number, values)
    assert (path.read_bytes() if path.exists() else None) == before


@settings(max_examples=40, deadline=None)
@given(said=st.lists(SAID, max_size=8, unique=True))
def test_sql_and_command_line_draw_the_same_conclusions(said, tmp_path_factory):
    home = kept(tmp_path_factory.mktemp("home"), *(line(*each) for each in said))
    try:
        lines = read(home)
    except ModelError:
        return
    judged, same = Judged(lines), same_parties(lines)

    for left in PARTIES:
        for right in PARTIES:
            assert (judged.of(left, right) == "same") == (same.get(left, left) == same.get(right, right))


MENTIONS = tuple(f"organization:x@{number}" for number in range(6))
LINK = st.tuples(st.sampled_from(MENTIONS), st.sampled_from(MENTIONS)).filter(lambda pair: pair[0] < pair[1])
ABOUT = st.tuples(
    st.sampled_from((*MENTIONS, *REGISTERED)),
    st.sampled_from(judgements.VALUES),
    st.sampled_from((*MENTIONS, *REGISTERED)),
).filter(lambda t: t[0] != t[2])


def resolved(lines, links):
    """Return the party of each mention as core.resolved_party has it: context links them, people judged them."""
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA core")
        for table, columns in {
            "judgement": "left_id VARCHAR, right_id VARCHAR, judgement VARCHAR",
            "organization": "organization_id VARCHAR",
            "offering": "offering_id VARCHAR",
            "bottleneck": "code VARCHAR",
            "document_party": "document_id VARCHAR, name VARCHAR, raw_party_id VARCHAR, resolved_by VARCHAR",
            "party_link": "left_id VARCHAR, right_id VARCHAR",
            "name_evidence": "document_id VARCHAR, name VARCHAR, evidence VARCHAR, value VARCHAR",
        }.items():
            con.execute(f"CREATE TABLE core.{table} ({columns})")
        for party in REGISTERED:
            con.execute("INSERT INTO core.organization VALUES (?)", [party])
        for mention in MENTIONS:
            con.execute("INSERT INTO core.document_party VALUES (?, 'X', ?, 'document')", [mention[-1], mention])
        for pair in links:
            con.execute("INSERT INTO core.party_link VALUES (?, ?)", pair)
        for each in lines:
            con.execute(
                "INSERT INTO core.judgement VALUES (?, ?, ?)", [each.values[k] for k in ("left", "right", "judgement")]
            )
        for table in ("same_party", "judged_apart"):
            con.execute(f"CREATE TABLE core.{table} AS {(SQL / 'core' / f'{table}.sql').read_text(encoding='utf-8')}")
        rows = con.execute((SQL / "core" / "resolved_party.sql").read_text(encoding="utf-8")).fetchall()
    return {raw: party for raw, _, party, _ in rows}


@settings(max_examples=40, deadline=None)
@given(said=st.lists(ABOUT, max_size=5, unique=True), links=st.lists(LINK, max_size=5, unique=True))
def test_judgements_hold_whatever_context_links(said, links, tmp_path_factory):
    home = kept(tmp_path_factory.mktemp("home"), *(line(*each) for each in said))
    try:
        lines = read(home)
    except ModelError:
        return
    # Two registered ones judged the same are one; only the one that stands for both is the party of a mention.
    judged, party = Judged(lines), resolved(lines, links)

    for left in MENTIONS:
        for right in (*MENTIONS, *REGISTERED):
            verdict, one = judged.of(left, right), party[left] == party.get(right, right)
            if left != right and verdict == "different":
                assert not one
            if verdict == "same" and right in MENTIONS:
                assert one
            if verdict == "same" and right in REGISTERED:
                assert judged.of(party[left], right) == "same" and party[left] in REGISTERED
