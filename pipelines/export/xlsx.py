"""The Excel workbook. What belongs here: sheets with types, filters, frozen heads and links, one chart, and a sheet to read first.

What does not: which sheets there are and what they hold (``sheets``, ``sql/export``). Texts are written as texts, so that a formula in a
document stays words; a text longer than a cell may be is cut and says so. The workbook is dated with the newest document.
"""

from datetime import datetime
from math import ceil
from pathlib import Path
from typing import Any

from pipelines.export.marts import DAY, FLAG, TEXT, Marts
from pipelines.export.sheets import Sheet, load

NAME = "loadpath.xlsx"
# Excel's limits: characters in a cell and in an address, links in a sheet.
CELL = 32_767
_ADDRESS = 2_079
_LINKS = 65_530
_WIDE = {
    "quote": 70,
    "meaning": 50,
    "title": 48,
    "document": 36,
    "best_quote": 70,
    "finding": 50,
    **dict.fromkeys(("name", "bottleneck", "link", "horizon", "segment", "exposed_to"), 30),
    **dict.fromkeys(
        ("subject", "object", "company", "party_name", "facility", "supports", "refutes", "open_reasons"), 26
    ),
    **dict.fromkeys(
        ("filer_name", "candidate_name", "from_name", "to_name", "operator", "metric", "publisher", "filer"), 24
    ),
    **dict.fromkeys(("constrains", "code", "bottleneck_code", "amount_text", "section", "method", "layers"), 22),
}
# So many columns can be read on one page's width.
_PRINTED = 14
_READ_FIRST = "Read me"
# Characters in a line of the first sheet, and the height of a line in points.
_READ_WIDTH = 100
_LINE = 16
_CHART = "bottlenecks"


class Xlsx:
    """``loadpath.xlsx``."""

    def write(self, marts: Marts, folder: Path) -> None:
        """Write the workbook."""
        import xlsxwriter

        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        book = xlsxwriter.Workbook(str(folder / NAME), options)
        book.set_properties({"title": "Loadpath", "created": datetime.combine(marts.newest, datetime.min.time())})
        _Workbook(book, marts).fill()
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(str(error)) from None


class _Workbook:
    """One workbook being written; ``cut`` counts the cells that were cut, by sheet."""

    def __init__(self, book: Any, marts: Marts) -> None:
        self.book = book
        self.marts = marts
        self.sheets = load(marts.con)
        self.cut: dict[str, int] = {}
        self.rows: dict[str, int] = {}
        self.head = book.add_format({"bold": True, "bg_color": "#1F3A4D", "font_color": "#FFFFFF", "valign": "top"})
        self.bold = book.add_format({"bold": True, "font_size": 14})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.top = book.add_format({"valign": "top"})
        self.link = book.add_format({"font_color": "#0563C1", "underline": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "indent": 1})
        self.number = book.add_format({"num_format": "#,##0.##"})
        # Excel shows a flag by itself; LibreOffice shows it as a number unless the format says otherwise.
        self.flag = book.add_format({"num_format": '"TRUE";"TRUE";"FALSE"', "align": "left"})
        self.whole = book.add_format({"num_format": "#,##0"})

    def fill(self) -> None:
        first = self.book.add_worksheet(_READ_FIRST)
        for sheet in self.sheets:
            self._sheet(sheet)
        self._dictionary()
        self._read_first(first)

    def _sheet(self, sheet: Sheet) -> None:
        page = self.book.add_worksheet(sheet.title)
        names = list(sheet.columns)
        for column, (name, (kind, described)) in enumerate(sheet.columns.items()):
            page.set_column(column, column, _width(name, kind), self._format(kind))
            page.write_string(0, column, name, self.head)
            page.write_comment(0, column, described.meaning, {"x_scale": 2})
        last = 0
        for last, row in enumerate(self.marts.rows(sheet.select), 1):
            for column, value in enumerate(row):
                self._cell(page, sheet, last, column, value, names[column])
        self.rows[sheet.name] = last
        _frame(page, last, len(names))
        if sheet.name == _CHART and last:
            self._chart(page, sheet, last)

    def _format(self, kind: str) -> Any:
        if kind == DAY:
            return self.day
        if kind == TEXT:
            return None
        if kind == FLAG:
            return self.flag
        return self.number if kind == "DOUBLE" else self.whole

    def _cell(self, page: Any, sheet: Sheet, row: int, column: int, value: Any, name: str) -> None:
        if value is None or value == "":
            return
        if isinstance(value, str):
            self._text(page, sheet, row, column, value, name)
        elif isinstance(value, bool):
            page.write_boolean(row, column, value, self.flag)
        elif isinstance(value, int | float):
            page.write_number(row, column, value)
        else:
            page.write_datetime(row, column, value, self.day)

    def _text(self, page: Any, sheet: Sheet, row: int, column: int, value: str, name: str) -> None:
        if len(value) > CELL:
            mark = f" […cut here: {len(value):,} characters in all; whole in Parquet, CSV and DuckDB]"
            value = value[: CELL - len(mark)] + mark
            self.cut[sheet.title] = self.cut.get(sheet.title, 0) + 1
        if name == "link" and value.startswith(("http://", "https://")) and len(value) <= _ADDRESS and row <= _LINKS:
            page.write_url(row, column, value, self.link)
        else:
            page.write_string(row, column, value)

    def _chart(self, page: Any, sheet: Sheet, last: int) -> None:
        names = list(sheet.columns)
        chart = self.book.add_chart({"type": "bar", "subtype": "stacked"})
        shown = min(last, 15)
        for name, words, colour in (
            ("has_occurred", "has occurred", "#B2182B"),
            ("is", "is there", "#EF8A62"),
            ("may", "may come", "#FDDBC7"),
        ):
            at = names.index(name)
            chart.add_series(
                {
                    "name": words,
                    "categories": [sheet.title, 1, 0, shown, 0],
                    "values": [sheet.title, 1, at, shown, at],
                    "fill": {"color": colour},
                    "gap": 40,
                }
            )
        chart.set_title(
            {
                "name": "Companies by the scarcity they name (a company may stand in more than one part)",
                "name_font": {"size": 11},
            }
        )
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"name": "companies", "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}})
        chart.set_size({"width": 820, "height": 420})
        chart.set_legend({"position": "bottom"})
        page.insert_chart(last + 2, 0, chart)

    def _dictionary(self) -> None:
        page = self.book.add_worksheet("Columns")
        heads = ("sheet", "column", "meaning", "unit", "values")
        for column, head in enumerate(heads):
            page.write_string(0, column, head, self.head)
        lines = [
            (sheet.title, name, said.meaning, said.unit, "|".join(said.values))
            for sheet in self.sheets
            for name, (_, said) in sheet.columns.items()
        ]
        for row, line in enumerate(lines, 1):
            for column, text in enumerate(line):
                page.write_string(row, column, text)
        for column, width in enumerate((24, 20, 90, 16, 60)):
            page.set_column(column, column, width)
        _frame(page, len(lines), len(heads))

    def _read_first(self, page: Any) -> None:
        page.hide_gridlines(2)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_column(0, 0, 26)
        page.set_column(1, 1, _READ_WIDTH, self.wrap)
        page.set_column(2, 2, 10, self.whole)
        page.write_string(0, 0, "Loadpath: what the AI buildout rests on", self.bold)
        about = (
            ("as of", f"{self.marts.newest.isoformat()}, the last day on which a document became known"),
            ("made from", f"publication {self.marts.fingerprint[:12]} ({self.marts.counts['dim_document']} documents)"),
            (
                "how to read",
                "Each row of a sheet with a quote rests on that quote, word for word in the linked document. Only claims of "
                "tier fact carry relationships. Point at a column's head for its meaning; the sheet Columns has them all.",
            ),
            (
                "two times",
                "valid_from and valid_to say what time the text speaks of; known_from since when one could know it.",
            ),
            ("formulas", "There are none: a text that looks like one is a text of a document."),
            ("long texts", self._said_of_cuts()),
        )
        for row, (name, words) in enumerate(about, 2):
            page.write_string(row, 0, name, self.top)
            page.write_string(row, 1, words, self.wrap)
            page.set_row(row, _LINE * ceil(len(words) / _READ_WIDTH))
        start = len(about) + 3
        for column, head in enumerate(("sheet", "what it holds", "rows")):
            page.write_string(start, column, head, self.head)
        for row, sheet in enumerate(self.sheets, start + 1):
            page.write_url(row, 0, f"internal:'{sheet.title}'!A1", self.link, sheet.title)
            page.write_string(row, 1, sheet.about, self.wrap)
            page.write_number(row, 2, self.rows[sheet.name])
        page.activate()

    def _said_of_cuts(self) -> str:
        if not self.cut:
            return f"Every text is whole; a cell holds {CELL:,} characters."
        counts = ", ".join(f"{n} in {title}" for title, n in self.cut.items())
        return f"A cell holds {CELL:,} characters. Cut, and marked at their end: {counts}. Parquet, CSV and DuckDB have them whole."


def _frame(page: Any, last: int, columns: int) -> None:
    """Set filters, freeze the head and the first column, and print them on each page."""
    page.autofilter(0, 0, max(last, 1), columns - 1)
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.repeat_rows(0)
    if columns <= _PRINTED:
        page.fit_to_pages(1, 0)
    else:
        page.repeat_columns(0)


def _width(name: str, kind: str) -> int:
    return _WIDE.get(name, 14 if kind == TEXT else 12)
