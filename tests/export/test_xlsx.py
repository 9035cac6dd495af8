"""The workbook: read back with openpyxl, and by LibreOffice where it is installed; cells are those of the flat tables."""

import csv
import datetime as dt
import shutil
import subprocess

import openpyxl
import pytest

from pipelines.export import sheets
from pipelines.warehouse import store
from tests.export.conftest import FORMULA, LONG

CELL = 32_767


@pytest.fixture(scope="module")
def book(exported):
    return openpyxl.load_workbook(exported.folder / "loadpath.xlsx")


@pytest.fixture(scope="module")
def flat(exported):
    with store.connection(exported.settings.warehouse) as con:
        return {sheet.title: (list(sheet.columns), con.execute(sheet.select).fetchall()) for sheet in sheets.load(con)}


def as_cell(value):
    """Return what a cell holds of a value: a day is a moment to Excel, an empty text is an empty cell, CRLF a new line."""
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    return value if value != "" else None


def cut(value):
    """Return what both sides have of a text that may have been cut: all but the words at the end that say so."""
    return value[: CELL - 200] if isinstance(value, str) and len(value) > CELL - 200 else value


def decoded(value):
    """Return the text that Excel shows: XML holds no control characters, so a workbook writes them as _x000B_, which openpyxl leaves."""
    return value.replace("_x000D_", "\r").replace("_x000B_", "\x0b") if isinstance(value, str) else value


def test_each_sheet_holds_its_table(book, flat):
    assert book.sheetnames == ["Read me", *flat, "Columns"]
    for title, (names, rows) in flat.items():
        found = [tuple(cell.value for cell in row) for row in book[title].iter_rows()]
        assert found[0] == tuple(names)
        for cells, held in zip(found[1 : len(rows) + 1], rows, strict=True):
            assert [cut(decoded(value)) for value in cells] == [cut(as_cell(value)) for value in held], title


def test_no_cell_is_a_formula_and_types_are_kept(book, flat):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]

    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    claims = {cell.value: cell.column for cell in book["Claims"][1]}
    first = book["Claims"][2]
    assert first[claims["known_from"] - 1].is_date and first[claims["confidence"] - 1].data_type == "n"
    assert first[claims["known_from"] - 1].number_format == "yyyy-mm-dd"
    assert first[claims["sole_source"] - 1].data_type == "b"


def test_heads_are_frozen_filtered_and_explained(book, flat):
    for title, (names, rows) in flat.items():
        page = book[title]
        last = openpyxl.utils.get_column_letter(len(names))
        assert page.freeze_panes == "B2" and page.auto_filter.ref == f"A1:{last}{max(len(rows), 1) + 1}"
        assert all(cell.comment and cell.comment.text for cell in page[1][: len(names)])


def test_links_lead_to_documents_and_to_sheets(book, flat):
    claims = {cell.value: cell.column for cell in book["Claims"][1]}
    link = book["Claims"].cell(2, claims["link"])
    own = [cell.hyperlink for row in book["Read me"].iter_rows() for cell in row if cell.hyperlink]

    if str(link.value).startswith("https://"):
        assert link.hyperlink.target == link.value
    assert [h.location for h in own] == [f"'{title}'!A1" for title in flat]


def test_the_first_sheet_says_how_many_rows_there_are(book, flat):
    rows = {row[0].value: row[2].value for row in book["Read me"].iter_rows() if row[2].value is not None}
    rows.pop("sheet")

    assert rows == {title: len(held) for title, (_, held) in flat.items()}


def test_a_text_longer_than_a_cell_is_cut_and_says_so(hostile, book, flat):
    names, rows = flat["Claims"]
    if not any(row[names.index("subject")] == LONG for row in rows):
        pytest.skip("this home has no long text")
    texts = [cell.value for cell in book["Claims"]["B"] if str(cell.value).startswith("Long and longer")]
    said = [row[1].value for row in book["Read me"].iter_rows() if row[0].value == "long texts"]

    assert {len(text) for text in texts} == {CELL}
    assert all(
        text.endswith("[…cut here: 44,004 characters in all; whole in Parquet, CSV and DuckDB]") for text in texts
    )
    assert said[0].startswith("A cell holds 32,767 characters. Cut, and marked at their end: ") and "Claims" in said[0]


def test_the_chart_stands_on_the_sheet_of_bottlenecks(market, book, flat):
    names, rows = flat["Bottlenecks"]
    charts = book["Bottlenecks"]._charts

    assert len(charts) == 1 and len(charts[0].series) == 3
    at = openpyxl.utils.get_column_letter(names.index("may") + 1)
    assert charts[0].series[2].val.numRef.f == f"Bottlenecks!${at}$2:${at}${min(len(rows), 15) + 1}"


def test_libreoffice_reads_the_same_cells(exported, flat, tmp_path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        pytest.skip("LibreOffice is not installed")
    # All sheets, UTF-8, commas, each text quoted, cells as they are held and not as they are shown.
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        form,
        "--outdir",
        tmp_path,
        exported.folder / "loadpath.xlsx",
    ]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=250)

    for title, (names, rows) in flat.items():
        with (tmp_path / f"loadpath-{title}.csv").open(encoding="utf-8-sig", newline="") as file:
            found = list(csv.DictReader(file))
        for name in ("subject", "object", "quote", "predicate", "confidence", "known_from", "link", "filer_name"):
            if name in names and len(found) >= len(rows):
                held = [row[names.index(name)] for row in rows]
                assert [line(row[name]) for row in found[: len(rows)]] == [line(text(value)) for value in held], (
                    title,
                    name,
                )
    assert FORMULA


def text(value):
    return "" if value is None else value.isoformat() if isinstance(value, dt.date) else str(value)


def line(value):
    """Return a cell's text as both sides can be compared: cut where Excel cuts, its line ends as LF."""
    return cut(value).replace("\r\n", "\n").replace("\r", "\n")
