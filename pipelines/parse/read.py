"""Bytes to a document: the stage's one entry. What belongs here: decoding, choosing the reader, assembling the record.

What does not: any format's own rules (``html``, ``markdown``, ``plain``) or metadata's (``metadata``).
"""

import hashlib
import re
from pathlib import Path, PurePosixPath
from typing import Any

from graph.errors import InputRefusedError
from pipelines.parse import metadata as meta_rules
from pipelines.parse import submission
from pipelines.parse.canonical import Canonical
from pipelines.parse.markdown import front_matter, is_rendered, read_front_matter_texts, read_markdown, read_rendered
from pipelines.parse.metadata import Metadata
from pipelines.parse.plain import read_items, read_plain
from pipelines.parse.sections import assign
from pipelines.records import Document, Fact, Given

_HTML = {".htm", ".html", ".xhtml"}
_MARKDOWN = {".md", ".markdown"}
_TEXT = {".txt", ".text", ""}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.I)
_FILING = re.compile(r"dei:EntityRegistrantName|exact name of registrant|securities and exchange commission", re.I)
# The header of inline XBRL may be longer than any cover: its first words tell nothing.
_INLINE = "dei:EntityRegistrantName"
_FILING_NAME = re.compile(r"(?:^|[/_-])(?:10-?k|10-?q|8-?k|20-?f)(?:[/_.-]|$)|edgar/data/", re.I)
# Bytes that no text of these formats holds.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _version() -> str:
    folder = Path(__file__).parent
    files = [*sorted(folder.glob("*.py")), *sorted(folder.glob("*.yml")), folder.parent / "records.py"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


PARSER_VERSION = _version()


def read_document(data: bytes, name: str, given: Given | None = None) -> Document:
    """Return the document that ``data`` holds; ``name`` hints at its type, ``given`` wins over what the bytes say.

    Raises InputRefusedError with the reason: empty, binary, wrongly encoded, of no known type, without text.
    """
    given = given or Given()
    suffix = _suffix(name)
    text = _decode(data, name, suffix)
    submission.refuse_index_page(text, name)
    wrapped = submission.is_submission(text)
    filing = bool(wrapped or _FILING_NAME.search(name) or _FILING.search(text[:20_000]) or _INLINE in text)
    canonical, meta = Canonical(filing), Metadata()
    meta_rules.from_given(meta, given)
    front: dict[str, Any] = {}
    if wrapped:
        _read_submission(text, name, canonical, meta)
    else:
        front = _read(text, suffix, name, canonical, meta)
    body = canonical.text
    if not body.strip():
        raise InputRefusedError(name, "no text found in it")
    if filing:
        meta_rules.from_filing_text(meta, body, name)
    first = canonical.blocks[0]
    if first.kind == "heading":
        meta.offer("title", body[first.start : first.end], "first heading")
    meta.offer("title", meta_rules.title_of_name(name), "file name")
    meta.offer("language", meta_rules.language_of(body), "vote")
    speakers = sum(block.kind == "speaker" for block in canonical.blocks)
    values: dict[str, Any] = {k: v for k, v in meta.values.items() if k in Document.__dataclass_fields__}
    form, period_end = str(values.get("form", "")), values.get("period_end")
    blocks, sections = assign(body, canonical.blocks, form if filing else "", period_end, canonical.parts)
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        kind=meta_rules.kind_of(filing, speakers, front),
        text=body,
        blocks=blocks,
        sections=sections,
        interests=meta_rules.interests_of(body, str(values.get("publisher", ""))),
        facts=front.get("facts", ()) if suffix in _HTML else (),
        meta_from=meta.sources,
        **values,
    )


def _read_submission(text: str, name: str, canonical: Canonical, meta: Metadata) -> None:
    """Append a submission's primary document and its exhibits, each as a part."""
    submission.header(text, meta)
    for part in submission.parts(text, name):
        if part.exhibit:
            canonical.restart(part.exhibit)
        _read(part.text, part.suffix, name, canonical, Metadata() if part.exhibit else meta)


def _read(text: str, suffix: str, name: str, canonical: Canonical, meta: Metadata) -> dict[str, Any]:
    """Append the text; return the front matter, and a filing's facts as ``facts``."""
    if suffix == ".json":
        if not read_items(text, canonical):
            raise InputRefusedError(name, "JSON, but not a filing's items; give HTML, Markdown or text")
    elif suffix in _HTML:
        return {"facts": _read_html(text, name, canonical, meta)}
    elif suffix in _MARKDOWN:
        front, body = front_matter(text)
        meta_rules.from_front_matter(meta, front)
        if canonical.filing and is_rendered(body):
            read_rendered(body, canonical)
        else:
            read_markdown(body, canonical)
        if not canonical.blocks:
            read_front_matter_texts(front, canonical)
        return front
    else:
        read_plain(text, canonical)
    return {}


def _read_html(text: str, name: str, canonical: Canonical, meta: Metadata) -> tuple[Fact, ...]:
    from pipelines.parse import head, html, ixbrl, main_text

    if not canonical.filing:
        tree = html.tree_of(text, name)
        meta_rules.from_html(meta, head.metadata(tree))
        html.read_html(tree, canonical, main_text.select(tree))
        return ()
    inline = html.read_filing(text, name, canonical)
    found = ixbrl.facts(inline.header, inline.shown, canonical.text)
    meta_rules.from_html(meta, {**head.metadata(html.head_of(text, name)), **ixbrl.cover(found)})
    return found


def _suffix(name: str) -> str:
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if suffix in _HTML | _MARKDOWN | {".json"}:
        return suffix
    if suffix in _TEXT or re.fullmatch(r"\.\w*\d\w*|\.[\w-]{6,}", suffix):
        return ".txt"
    raise InputRefusedError(name, f"type {suffix} is not read; give HTML, Markdown or text (or .gz of these)")


def _decode(data: bytes, name: str, suffix: str) -> str:
    if not data.strip():
        raise InputRefusedError(name, "the file is empty")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decoded(data, "utf-16", name)
    if _BINARY.search(data[:4096]):
        raise InputRefusedError(name, "binary, not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        declared = _CHARSET.search(data[:2048])
        if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
            return _decoded(data, declared[1].decode("ascii"), name)
        if suffix in _HTML:
            return _decoded(data, "cp1252", name)
        raise InputRefusedError(name, f"not UTF-8 (byte {error.start}) and no other encoding declared") from None


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise InputRefusedError(name, f"does not decode as {encoding}") from None
