"""Bytes to a document: the stage's one entry. What belongs here: choosing the reader, assembling the record.

What does not: any format's own rules (``html``, ``pdf``, ``markdown``, ``plain``), encodings (``decode``), or metadata's
(``metadata``). The time a document may take is the caller's to limit.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from graph.errors import InputRefusedError
from pipelines.parse import metadata as meta_rules
from pipelines.parse import submission
from pipelines.parse.canonical import Canonical
from pipelines.parse.decode import decoded
from pipelines.parse.interests import interests_of
from pipelines.parse.markdown import front_matter, is_rendered, read_front_matter_texts, read_markdown, read_rendered
from pipelines.parse.metadata import Metadata
from pipelines.parse.plain import read_items, read_plain
from pipelines.parse.sections import assign
from pipelines.parse.signature import signature_of
from pipelines.parse.transcripts import with_speakers
from pipelines.records import Document, Fact, Given

_HTML = {".htm", ".html", ".xhtml"}
_MARKDOWN = {".md", ".markdown"}
_TEXT = {".txt", ".text", ""}
# What a filing's cover holds; an article may well name the commission.
_FILING = re.compile(
    r"dei:EntityRegistrantName|exact name of registrant|securities and exchange commission.{0,400}?washington,?\s+d\.?\s*c|"
    r"united states\s+securities and exchange commission",
    re.I | re.S,
)
# The header of inline XBRL may be longer than any cover: its first words tell nothing.
_INLINE = "dei:EntityRegistrantName"
_FILING_NAME = re.compile(r"(?:^|[/_-])(?:10-?k|10-?q|8-?k|20-?f)(?:[/_.-]|$)|edgar/data/", re.I)
# What a page opens with, whatever its address ends in.
_HTML_OPENS = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def _version() -> str:
    folder = Path(__file__).parent
    files = [*sorted(folder.glob("*.py")), *sorted(folder.glob("*.yml")), folder.parent / "records.py"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


PARSER_VERSION = _version()


@dataclass(slots=True)
class _Reading:
    """A document on its way: its text so far, what is known of it, and what it says about itself."""

    name: str
    canonical: Canonical
    meta: Metadata
    said: Mapping[str, Any]
    plain: bool = False
    facts: tuple[Fact, ...] = ()


def read_document(data: bytes, name: str, given: Given | None = None) -> Document:
    """Return the document that ``data`` holds; ``name`` hints at its type, ``given`` wins over what the bytes say.

    Raises InputRefusedError with the reason: empty, binary, wrongly encoded, of no known type, without text.
    """
    given = given or Given()
    reading = _Reading(name, Canonical(), Metadata(), {})
    meta_rules.from_given(reading.meta, given)
    _read(data, reading)
    canonical, meta = reading.canonical, reading.meta
    body = canonical.text
    if not body.strip():
        raise InputRefusedError(name, "no text found in it")
    if canonical.filing:
        meta_rules.from_filing_text(meta, body, name)
    opening = [(block.kind, block.level, body[block.start : block.end]) for block in canonical.blocks[:10]]
    meta_rules.from_opening(meta, opening, reading.plain)
    meta.offer("title", meta_rules.title_of_name(name), "file name")
    if not canonical.filing:
        meta_rules.from_address(meta, given.url, str(meta.values.get("canonical_url", "")), name)
    meta_rules.language(meta, body, reading.said)
    blocks = tuple(canonical.blocks)
    if not canonical.filing:
        blocks = with_speakers(body, blocks, f"{name} {meta.values['title']}")
    speakers = sum(block.kind == "speaker" for block in blocks)
    values: dict[str, Any] = {k: v for k, v in meta.values.items() if k in Document.__dataclass_fields__}
    form, period_end = str(values.get("form", "")) if canonical.filing else "", values.get("period_end")
    blocks, sections = assign(body, blocks, form, period_end, canonical.parts)
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        kind=meta_rules.kind_of(canonical.filing, speakers, reading.said),
        text=body,
        blocks=blocks,
        sections=sections,
        facts=reading.facts,
        # A filing's author has no portfolio; its notes' marks mean other things.
        interests=() if canonical.filing else interests_of(body, str(values.get("publisher", ""))),
        signature=signature_of(body),
        meta_from=meta.sources,
        **values,
    )


def _read(data: bytes, reading: _Reading) -> None:
    if b"%PDF-" in data[:1024] and not _HTML_OPENS.match(data[:4096]):
        _read_pdf(data, reading)
        return
    suffix = _suffix(reading.name, data)
    text = decoded(data, reading.name, html=suffix in _HTML)
    submission.refuse_index_page(text, reading.name)
    wrapped = submission.is_submission(text)
    reading.canonical.filing = wrapped or _is_filing(reading.name, text)
    if wrapped:
        _read_submission(text, reading)
    else:
        _read_text(text, suffix, reading)


def _is_filing(name: str, text: str) -> bool:
    return bool(_FILING_NAME.search(name) or _FILING.search(text[:20_000]) or _INLINE in text)


def _read_submission(text: str, reading: _Reading) -> None:
    """Append a submission's primary document and its exhibits, each as a part."""
    submission.header(text, reading.meta)
    for part in submission.parts(text, reading.name):
        if part.exhibit:
            reading.canonical.restart(part.exhibit)
        # An exhibit says nothing of the filing's own cover.
        meta = Metadata() if part.exhibit else reading.meta
        within = _Reading(reading.name, reading.canonical, meta, {})
        _read_text(part.text, part.suffix, within)
        reading.facts += within.facts


def _read_text(text: str, suffix: str, reading: _Reading) -> None:
    if suffix == ".json":
        if not read_items(text, reading.canonical):
            raise InputRefusedError(reading.name, "JSON, but not a filing's items; give HTML, Markdown or text")
    elif suffix in _HTML:
        _read_html(text, reading)
    elif suffix in _MARKDOWN:
        _read_markdown(text, reading)
    else:
        reading.plain = True
        read_plain(text, reading.canonical)


def _read_html(text: str, reading: _Reading) -> None:
    from pipelines.parse import head, html, ixbrl, main_text

    if reading.canonical.filing:
        inline = html.read_filing(text, reading.name, reading.canonical)
        reading.facts = ixbrl.facts(inline.header, inline.shown, reading.canonical.text)
        reading.said = {**head.page_facts(html.head_of(text, reading.name)), **ixbrl.cover(reading.facts)}
    else:
        tree = html.tree_of(text, reading.name)
        # Reading takes out of the tree what is not text: the head is asked first.
        reading.said = head.metadata(tree)
        html.read_html(tree, reading.canonical, main_text.select(tree))
    meta_rules.from_html(reading.meta, reading.said)


def _read_pdf(data: bytes, reading: _Reading) -> None:
    from pipelines.parse.pdf import metadata, open_pdf, read_pdf

    pdf = open_pdf(data, reading.name)
    reading.canonical.filing = _is_filing(reading.name, pdf.opening)
    meta_rules.from_pdf(reading.meta, metadata(pdf))
    read_pdf(pdf, reading.canonical)


def _read_markdown(text: str, reading: _Reading) -> None:
    front, body = front_matter(text)
    meta_rules.from_front_matter(reading.meta, front)
    if reading.canonical.filing and is_rendered(body):
        read_rendered(body, reading.canonical)
    else:
        read_markdown(body, reading.canonical)
    read_front_matter_texts(front, reading.canonical)
    reading.said = front


def _suffix(name: str, data: bytes) -> str:
    if _HTML_OPENS.match(data[:4096]):
        return ".html"
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if suffix in _HTML | _MARKDOWN | {".json"}:
        return suffix
    if suffix in _TEXT or re.fullmatch(r"\.\w*\d\w*|\.[\w-]{6,}", suffix):
        return ".txt"
    if suffix == ".pdf":
        raise InputRefusedError(name, "not a PDF, whatever its name says")
    raise InputRefusedError(name, f"type {suffix} is not read; give HTML, PDF, Markdown or text (or .gz of these)")
