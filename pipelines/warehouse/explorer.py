"""What the explorer shows, out of the published warehouse. What belongs here: asking ``sql/explorer``, and packing rows small.

What does not: the page, its server and where companies stand (``graph.explorer``).
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

from graph.errors import NothingFoundError
from graph.explorer.layout import Layout, column_of, lay_out, load_picture
from graph.explorer.page import page
from pipelines.settings import Settings
from pipelines.warehouse import store

# A name is what a document writes, and that may be a whole page: so many characters of it are shown.
LONGEST = {
    "name": 120,
    "subject_name": 120,
    "object_name": 120,
    "title": 200,
    "publisher": 120,
    "source_group": 120,
    "section": 120,
    "also": 2000,
}
# So large a page may be, and how much text around each quote it holds: the widest that fits.
LARGEST = 5_000_000
WIDTHS = (2000, 1200, 800, 500, 320, 200, 120, 0)
TABLES = ("company", "party", "claim", "document", "link")
# A tie that only candidates carry pulls less.
CANDIDATE_PULL = 0.1

Row = dict[str, Any]


def check(settings: Settings) -> None:
    """Raise NothingFoundError where nothing is published."""
    with store.connection(settings.warehouse):
        pass


def static_page(settings: Settings) -> tuple[str, int]:
    """Return the page with all that it shows inside, and how many characters of text it holds on each side of a quote."""
    found = market(settings)
    text, width = "", 0
    for width in WIDTHS:
        text, _ = page(as_json({**found, "texts": windows(settings, width), "width": width}))
        if len(text.encode()) <= LARGEST:
            break
    return text, width


def market(settings: Settings) -> dict[str, Any]:
    """Return all that the page needs but the documents' texts: tables packed by column, the layout, the picture's words.

    Raises NothingFoundError where nothing is published.
    """
    with store.connection(settings.warehouse) as con:
        return shown({table: store.rows(con, _sql(table)) for table in TABLES})


def shown(tables: Mapping[str, list[Row]]) -> dict[str, Any]:
    """Return what the page needs of the rows of ``sql/explorer``, by table."""
    picture = load_picture()
    _cut_names(tables)
    layouts = {}
    for tier, claims in (("fact", [c for c in tables["claim"] if c["carries"]]), ("all", tables["claim"])):
        layouts[tier] = _lay_out(picture, tables["company"], claims)
        for company in tables["company"]:
            place = layouts[tier].places.get(company["id"], (None, None))
            company[f"{tier}_x"], company[f"{tier}_y"] = place
    for company in tables["company"]:
        company["column"] = column_of(picture["columns"], company["segment"], company["layers"])
        company["layers"] = ", ".join(company["layers"])
    return {
        "layouts": {tier: layout.frame() for tier, layout in layouts.items()},
        "predicates": picture["predicates"],
        "marks": picture["marks"],
        **{table: packed(rows) for table, rows in tables.items()},
    }


def around(settings: Settings, claim: str, width: int) -> dict[str, Any]:
    """Return the words of ``claim`` with ``width`` characters of its document before and after.

    Raises NothingFoundError where there is no such claim.
    """
    with store.connection(settings.warehouse) as con:
        found = store.rows(
            con,
            "SELECT document_id, char_start, char_end FROM mart.fct_claim WHERE claim_id = $claim",
            {"claim": claim},
        )
        if not found:
            raise NothingFoundError("no claim has this id; the market was published anew, load the page again")
        (row,) = found
        text = _text(con, row["document_id"])
    start, end = row["char_start"], row["char_end"]
    first, last = max(0, start - width), min(len(text), end + width)
    return {
        "before": text[first:start],
        "quote": text[start:end],
        "after": text[end:last],
        "start": first,
        "end": last,
        "characters": len(text),
    }


def windows(settings: Settings, width: int) -> dict[str, list[tuple[int, str]]]:
    """Return, by document, the parts of its text within ``width`` characters of a claim's words, in order: start and text."""
    with store.connection(settings.warehouse) as con:
        spans: dict[str, list[tuple[int, int]]] = {}
        for row in store.rows(
            con, "SELECT DISTINCT document_id, char_start, char_end FROM mart.fct_claim ORDER BY ALL"
        ):
            spans.setdefault(row["document_id"], []).append((row["char_start"], row["char_end"]))
        found = {}
        for document, of in spans.items():
            text = _text(con, document)
            found[document] = [(a, text[a:b]) for a, b in joined(of, width, len(text))]
    return found


def joined(spans: Iterable[tuple[int, int]], width: int, length: int) -> list[tuple[int, int]]:
    """Return ``spans`` widened by ``width`` on both sides within a text of ``length``, those that touch made one."""
    wide: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        first, last = max(0, start - width), min(length, end + width)
        if wide and first <= wide[-1][1]:
            wide[-1] = (wide[-1][0], max(last, wide[-1][1]))
        else:
            wide.append((first, last))
    return wide


def packed(rows: list[Row]) -> dict[str, Any]:
    """Return ``rows`` by column; a column whose values repeat as its distinct values (``of``) and which each row has (``at``)."""
    columns: dict[str, Any] = {}
    for name in rows[0] if rows else ():
        values = [row[name] for row in rows]
        distinct = list(dict.fromkeys(values))
        if isinstance(values[0], str) and len(distinct) < 0.7 * len(values):
            place = {value: at for at, value in enumerate(distinct)}
            columns[name] = {"of": distinct, "at": [place[value] for value in values]}
        else:
            columns[name] = [int(value) if isinstance(value, bool) else value for value in values]
    return columns


def as_json(found: Mapping[str, Any]) -> str:
    """Return ``found`` as JSON without needless white space."""
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _sql(table: str) -> str:
    return (store.SQL / "explorer" / f"{table}.sql").read_text(encoding="utf-8")


def _text(con: duckdb.DuckDBPyConnection, document: str) -> str:
    (row,) = store.rows(con, _sql("text"), {"document": document})
    return str(row["text"])


def _cut_names(tables: Mapping[str, list[Row]]) -> None:
    for rows in tables.values():
        for row in rows:
            for column, most in LONGEST.items():
                if len(row.get(column) or "") > most:
                    row[column] = row[column][: most - 1] + "…"


def _lay_out(picture: Mapping[str, Any], companies: list[Row], claims: list[Row]) -> Layout:
    """Return where the companies stand that ``claims`` speak of."""
    drawn = {side for claim in claims for side in (claim["source"], claim["target"]) if side}
    columns = {
        company["id"]: column_of(picture["columns"], company["segment"], company["layers"])
        for company in companies
        if company["id"] in drawn
    }
    return lay_out(picture["columns"], columns, _ties(claims))


def _ties(claims: list[Row]) -> dict[tuple[str, str], float]:
    """Return how strongly pairs of companies pull one another: the claims that say so, candidates for less."""
    ties: Counter[tuple[str, str]] = Counter()
    carried: dict[tuple[str, str], float] = {}
    for claim in claims:
        pair = (claim["source"], claim["target"])
        if claim["source"] and claim["target"] and pair[0] != pair[1] and claim["polarity"] == "positive":
            ties[pair] += 1 if claim["carries"] else 0
            carried[pair] = max(carried.get(pair, 0), 1.0 if claim["carries"] else CANDIDATE_PULL)
    # Many claims of one pair say it louder, not many times: the root of their number.
    return {pair: least + ties[pair] ** 0.5 for pair, least in carried.items()}
