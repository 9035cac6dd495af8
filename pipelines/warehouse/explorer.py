"""What the explorer shows, out of the published warehouse. What belongs here: asking ``sql/explorer``, and packing rows small.

What does not: documents' words (``explorer_words``), the page, its server and where companies stand (``graph.explorer``).
"""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import duckdb

from graph.explorer.layout import Layout, column_of, lay_out, load_picture
from graph.explorer.page import page
from pipelines.settings import Settings
from pipelines.warehouse import store
from pipelines.warehouse.explorer_words import words

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
TABLES = ("company", "party", "claim", "document", "link", "candidate")
# A tie that only candidates carry pulls less.
CANDIDATE_PULL = 0.1

Row = dict[str, Any]


def check(settings: Settings) -> None:
    """Raise NothingFoundError where nothing is published."""
    with store.connection(settings.warehouse):
        pass


def static_page(settings: Settings) -> tuple[str, int]:
    """Return the page with all that it shows inside, and how many characters of text it holds on each side of a quote."""
    with store.connection(settings.warehouse) as con:
        found, held = shown(_tables(con)), words(con)
    found["frame"] = packed(held.frames)
    text, width = "", 0
    for width in WIDTHS:
        text, _ = page(as_json({**found, "texts": held.windows(width)}))
        if len(text.encode()) <= LARGEST:
            break
    return text, width


def market(settings: Settings) -> dict[str, Any]:
    """Return all that the page needs but the documents' texts: tables packed by column, the layout, the picture's words.

    Raises NothingFoundError where nothing is published.
    """
    with store.connection(settings.warehouse) as con:
        return shown(_tables(con))


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


def _tables(con: duckdb.DuckDBPyConnection) -> dict[str, list[Row]]:
    return {table: store.rows(con, store.sql(f"explorer/{table}")) for table in TABLES}


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
