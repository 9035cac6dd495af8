"""PDF with a text layer to canonical blocks, by pdfium. What belongs here: reading order, lines to paragraphs, page furniture.

What does not: offsets, or pictures of text: a scan is refused. pdfium gives runs of text with their boxes; the order of
columns, paragraphs and headings is judged from those. There is no limit of time here: pdfium is native code that only
the caller's guard can stop; pages, runs and characters are limited, so that what this module does itself is bounded.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from graph.errors import InputRefusedError
from pipelines.parse.canonical import Canonical, clean

MAX_PAGES = 2_000
MAX_RUNS = 6_000
MAX_CHARACTERS = 20_000_000
# Furniture stands in this share of the page at its top and bottom, and repeats on this share of the pages.
_MARGIN = 0.12
_REPEATS = 0.4
# A line this much higher than the body's is a heading.
_LARGER = 1.15
# Fewer lines of several cells are no table.
_TABLE = 3
_PAGE_NUMBER = re.compile(r"^(?:page\s+)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?$|^[ivxl]{1,6}$", re.I)
_BULLET = re.compile(r"^[•●▪◦‣·*–-]\s+")
_ENDS = re.compile(r"[.!?:;]['\"”’)\]]*$")
# pdfium marks a hyphen at a line's end with one of these.
_HYPHEN = "\x02\ufffe\u00ad"
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


@dataclass(slots=True)
class Line:
    """One line of text with its box in points; y grows upward as in PDF. ``cells`` are its runs parted by wide gaps."""

    left: float
    bottom: float
    right: float
    top: float
    text: str
    cells: list[str] = field(default_factory=list)

    @property
    def height(self) -> float:
        """Return the height of the box, close to the size of the type."""
        return self.top - self.bottom


@dataclass(slots=True)
class _Part:
    """A paragraph, list item, heading or row of a table on its way."""

    kind: str
    text: str = ""
    level: int = 0
    cells: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF as read: what its information dictionary says, and its pages as lines in reading order."""

    info: dict[str, str]
    pages: list[list[Line]]

    @property
    def opening(self) -> str:
        """Return the text of the first pages, to tell what kind of document this is."""
        return "\n".join(line.text for page in self.pages[:3] for line in page)


def open_pdf(data: bytes, name: str) -> Pdf:
    """Return the pages of ``data`` as lines in reading order.

    Raises InputRefusedError: encrypted, broken, too many pages, or without a text layer.
    """
    # 40 ms, and only PDFs need it.
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        reason = "an encrypted PDF: it needs a password" if locked else f"a broken PDF ({error})"
        raise InputRefusedError(name, reason) from None
    try:
        if len(document) > MAX_PAGES:
            raise InputRefusedError(name, f"a PDF of {len(document)} pages; at most {MAX_PAGES} are read, split it")
        pages = [_in_order(lines, width) for lines, width in _pages(document, name)]
        info = {key.lower(): clean(value) for key, value in document.get_metadata_dict(skip_empty=True).items()}
    except pypdfium2.PdfiumError as error:
        raise InputRefusedError(name, f"a broken PDF ({error})") from None
    finally:
        document.close()
    if not any(line.text for page in pages for line in page):
        raise InputRefusedError(name, "a scan: its pages have no text layer; give one that was read by OCR")
    return Pdf(info, _without_furniture(pages))


def read_pdf(pdf: Pdf, canonical: Canonical) -> None:
    """Append the paragraphs, list items, tables and headings of ``pdf``, joined over its pages."""
    rows: list[list[str]] = []
    for part in [*_paragraphs(pdf.pages, _body_height(pdf.pages)), _Part("end")]:
        if part.kind == "row":
            rows.append(part.cells)
            continue
        _append_rows(rows, canonical)
        rows = []
        if part.kind == "heading":
            canonical.heading(part.text, part.level)
        elif part.kind == "list_item":
            canonical.list_item(part.text)
        elif part.text:
            canonical.paragraph(part.text)


def _append_rows(rows: list[list[str]], canonical: Canonical) -> None:
    if len(rows) < _TABLE:
        for row in rows:
            canonical.paragraph(" ".join(row))
        return
    headed = not any(re.search(r"\d", cell) for cell in rows[0])
    canonical.table(rows, int(headed))


def metadata(pdf: Pdf) -> dict[str, str]:
    """Return title, author and date (ISO) as the information dictionary gives them; absent where it does not."""
    found = {key: pdf.info[key] for key in ("title", "author") if pdf.info.get(key)}
    if match := _DATE.match(pdf.info.get("creationdate", "")):
        found["published"] = "-".join(match.groups())
    return found


def _pages(document: Any, name: str) -> Iterator[tuple[list[Line], float]]:
    """Yield each page's runs as lines of one run each, with the page's width."""
    characters = 0
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        characters += textpage.count_chars()
        if characters > MAX_CHARACTERS:
            raise InputRefusedError(name, f"a PDF of more than {MAX_CHARACTERS:,} characters; split it")
        runs = []
        for index in range(min(textpage.count_rects(), MAX_RUNS)):
            left, bottom, right, top = textpage.get_rect(index)
            if text := _unspaced(textpage.get_text_bounded(left, bottom, right, top)):
                runs.append(Line(left, bottom, right, top, text))
        yield runs, page.get_width()
        textpage.close()
        page.close()


def _unspaced(text: str) -> str:
    return " ".join(text.split())


def _in_order(runs: list[Line], width: float) -> list[Line]:
    """Return the lines of a page in reading order: columns one after the other, what spans them where it stands."""
    gutter = _gutter(runs, width)
    if gutter is None:
        return _lines(runs)
    ordered: list[Line] = []
    band: list[Line] = []
    for run in sorted(runs, key=lambda run: -run.top):
        if run.left < gutter < run.right:
            ordered.extend(_columns(band, gutter))
            ordered.append(run)
            band = []
        else:
            band.append(run)
    return [*ordered, *_columns(band, gutter)]


def _columns(band: list[Line], gutter: float) -> list[Line]:
    left = [run for run in band if run.right <= gutter]
    return [*_lines(left), *_lines([run for run in band if run.right > gutter])]


def _gutter(runs: list[Line], width: float) -> float | None:
    """Return where the gap between two columns of text runs, None for a page of one column (or of a table)."""
    for place in (0.5, 0.47, 0.53, 0.44, 0.56, 0.4, 0.6, 0.35, 0.65):
        x = width * place
        left = [run for run in _lines([run for run in runs if run.right <= x + 1]) if len(run.text) > 2]
        right = [run for run in _lines([run for run in runs if run.left >= x - 1]) if len(run.text) > 2]
        crossing = [run for run in runs if run.left < x - 1 and run.right > x + 1]
        if (
            min(len(left), len(right)) >= 4
            and len(crossing) <= 0.2 * (len(left) + len(right))
            and _full(left)
            and _full(right)
        ):
            return x
    return None


def _full(lines: list[Line]) -> bool:
    """Tell whether the lines fill their column, as prose does and cells of a table do not."""
    span = max(line.right for line in lines) - min(line.left for line in lines)
    return (
        median(line.right - line.left for line in lines) > 0.6 * span and median(len(line.text) for line in lines) > 15
    )


def _lines(runs: list[Line]) -> list[Line]:
    """Return the runs joined where they stand on one base line, from the top down, each from left to right."""
    groups: list[list[Line]] = []
    for run in sorted(runs, key=lambda run: (-(run.bottom + run.top), run.left)):
        last = groups[-1][0] if groups else None
        if last and min(last.top, run.top) - max(last.bottom, run.bottom) > 0.5 * min(last.height, run.height):
            groups[-1].append(run)
        else:
            groups.append([run])
    return [_joined(sorted(group, key=lambda run: run.left)) for group in groups]


def _joined(group: list[Line]) -> Line:
    cells: list[str] = []
    for before, run in zip([None, *group[:-1]], group, strict=True):
        gap = run.left - before.right if before else 0.0
        if not before or gap > 1.5 * run.height:
            cells.append(run.text)
        else:
            cells[-1] += (" " if gap > 0.12 * run.height else "") + run.text
    heights = sorted(group, key=lambda run: len(run.text))
    bottom, top = heights[-1].bottom, heights[-1].top
    return Line(group[0].left, bottom, max(run.right for run in group), top, " ".join(cells), cells)


def _without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """Drop running headers, footers and page numbers: lines at a page's edge that repeat but for their digits."""
    counts = Counter(key for page in pages for key in {_digitless(line.text) for line in _edges(page)})
    often = max(2.0, _REPEATS * len(pages))
    kept = []
    for page in pages:
        edge = {id(line) for line in _edges(page)}
        kept.append([line for line in page if id(line) not in edge or not _is_furniture(line.text, counts, often)])
    return kept


def _is_furniture(text: str, counts: Counter[str], often: float) -> bool:
    return bool(_PAGE_NUMBER.match(text)) or (len(text) < 150 and counts[_digitless(text)] >= often)


def _digitless(text: str) -> str:
    return re.sub(r"\d+", "#", text.lower())


def _edges(page: list[Line]) -> list[Line]:
    """Return the lines in the margins, judged by where the page's own text begins and ends."""
    if not page:
        return []
    top, bottom = max(line.top for line in page), min(line.bottom for line in page)
    margin = _MARGIN * (top - bottom)
    return [line for line in page if line.top > top - margin or line.bottom < bottom + margin]


def _body_height(pages: list[list[Line]]) -> float:
    heights: Counter[float] = Counter()
    for page in pages:
        for line in page:
            heights[round(line.height, 0)] += len(line.text)
    return heights.most_common(1)[0][0] if heights else 0.0


def _paragraphs(pages: list[list[Line]], body: float) -> Iterator[_Part]:
    """Yield the parts of the text: lines joined to paragraphs, also over columns and pages."""
    part = _Part("text")
    before: Line | None = None
    vocabulary = _vocabulary(pages)
    for line in (line for page in pages for line in page):
        now = _part(line, body)
        joins = before and now.kind != "row" and (now.kind, now.level) == (part.kind, part.level)
        if before and joins and not _opens(before, line, part):
            part.text = _continued(part.text, line.text, vocabulary)
        else:
            yield _finished(part)
            part = now
        before = line
    yield _finished(part)


def _part(line: Line, body: float) -> _Part:
    if _BULLET.match(line.text):
        return _Part("list_item", line.text)
    if body > 0 and line.height >= _LARGER * body and len(line.text) < 200:
        # Larger type, higher rank.
        rank = 1 if line.height >= 1.8 * body else 2 if line.height >= 1.4 * body else 3
        return _Part("heading", line.text, rank)
    if len(line.cells) > 1:
        return _Part("row", line.text, cells=line.cells)
    return _Part("text", line.text)


def _finished(part: _Part) -> _Part:
    part.text = _BULLET.sub("", part.text.translate({ord(mark): None for mark in _HYPHEN}))
    return part


def _opens(before: Line, line: Line, part: _Part) -> bool:
    """Tell whether ``line`` opens a new paragraph after ``before``."""
    if _BULLET.match(line.text):
        return True
    gap = before.bottom - line.top
    if gap > 0.9 * before.height:
        return True
    ended = bool(_ENDS.search(part.text))
    if gap < -2 * before.height:
        # The next column or page: prose that has not ended goes on.
        return ended or part.kind == "heading"
    indented = line.left > before.left + 0.8 * line.height
    short = before.right - before.left < 0.75 * (line.right - line.left)
    return ended and (indented or short)


def _continued(text: str, more: str, vocabulary: Counter[str]) -> str:
    """Return ``text`` with the next line, a word that was parted at the line's end made whole."""
    if text[-1] in _HYPHEN:
        return text[:-1] + more
    match = re.search(r"([^\W\d_]+)-$", text)
    rest = re.match(r"([^\W\d_]+)", more)
    if match and rest and more[0].islower():
        whole, parted = f"{match[1]}{rest[1]}".lower(), f"{match[1]}-{rest[1]}".lower()
        return (text if vocabulary[parted] > vocabulary[whole] else text[:-1]) + more
    return text + ("" if match else " ") + more


def _vocabulary(pages: list[list[Line]]) -> Counter[str]:
    """Count the words inside of lines, hyphens kept: they tell whether a parted word has a hyphen of its own."""
    return Counter(
        word.lower() for page in pages for line in page for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text)
    )
