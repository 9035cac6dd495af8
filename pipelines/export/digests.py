"""A digest as a document: Markdown, one HTML page, JSON, an Atom feed. What belongs here: layout, and escaping what documents say.

What does not: what is new (``pipelines.warehouse.digest``). The same digest gives the same bytes.
"""

import json
import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Any
from xml.etree import ElementTree as Xml

from pipelines.ids import stable_id
from pipelines.warehouse.digest import SECTIONS, Digest

ATOM = "http://www.w3.org/2005/Atom"
SHORT_ID = 12
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")
# What XML 1.0 cannot hold at all, and what changes the direction of a line.
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
h2{margin-top:2rem;border-bottom:1px solid #8888}li{margin:.6rem 0}q{display:block;opacity:.85}small{opacity:.75}
@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#16181c}a{color:#8ab4ff}}"""


def nothing(digest: Digest) -> str:
    """Return the one line of a digest without entries."""
    return f"Nothing new since {digest.since}."


def markdown(digest: Digest, top: int) -> str:
    """Return the digest as Markdown, at most ``top`` entries a section (0: all)."""
    if not digest.entries:
        return f"{nothing(digest)}\n"
    lines = [f"# What is new since {digest.since}", ""]
    for name, entries, more in _sections(digest, top):
        lines += [f"## {SECTIONS[name]} ({len(entries) + more})", ""]
        for entry in entries:
            detail = f" ({_plain(_detail(entry))})" if _detail(entry) else ""
            lines += [
                f"- **{_plain(_statement(entry))}**{detail}",
                f"  > {_plain(entry['quote'])}",
                f"  — {_plain(_source(entry))}",
            ]
        lines += [f"- … and {more} more", ""] if more else [""]
    return "\n".join(lines)


def html(digest: Digest, top: int) -> str:
    """Return the digest as one HTML page that loads nothing."""
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>What is new since {_text(digest.since)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>What is new since {_text(digest.since)}</h1>" if digest.entries else f"<p>{_text(nothing(digest))}</p>",
    ]
    for name, entries, more in _sections(digest, top):
        parts.append(f"<h2>{escape(SECTIONS[name])} ({len(entries) + more})</h2><ul>")
        parts += [
            f"<li><strong>{_text(_statement(entry))}</strong> {_text(_detail(entry))}"
            f"<q>{_text(entry['quote'])}</q><small>{_source_linked(entry)}</small></li>"
            for entry in entries
        ]
        parts.append(f"</ul><p>… and {more} more</p>" if more else "</ul>")
    return "\n".join([*parts, "</body></html>", ""])


def as_json(digest: Digest, top: int) -> str:
    """Return the digest as JSON: since, until, day, and the entries of each section."""
    sections = {name: entries for name, entries, _ in _sections(digest, top)}
    record = {
        "since": digest.since,
        "until": digest.until,
        "day": digest.day,
        "entries": digest.entries,
        "sections": sections,
    }
    return json.dumps(record, ensure_ascii=False, indent=1, default=str) + "\n"


def atom(digest: Digest, top: int) -> str:
    """Return the digest as an Atom feed: one entry a statement, whose id stays the same from one digest to the next."""
    Xml.register_namespace("", ATOM)
    feed = Xml.Element(f"{{{ATOM}}}feed")
    _child(feed, "id", "urn:loadpath:digest")
    _child(feed, "title", "Loadpath: what is new")
    _child(feed, "updated", f"{digest.day}T00:00:00Z")
    _child(_child(feed, "author", ""), "name", "Loadpath")
    for name, entries, _more in _sections(digest, top):
        for entry in entries:
            of = _child(feed, "entry", "")
            _child(of, "id", f"urn:loadpath:{stable_id('e', name, _statement(entry), entry['detail'])}")
            _child(of, "title", f"{SECTIONS[name]}: {_statement(entry)}")
            _child(of, "updated", f"{entry['day'] or digest.day}T00:00:00Z")
            if entry["url"].startswith(("https://", "http://")):
                _child(of, "link", "").set("href", entry["url"])
            said = " ".join(filter(None, (_detail(entry), f"“{entry['quote']}”", _source(entry))))
            _child(of, "summary", said)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(feed, encoding="unicode") + "\n"


FORMS: dict[str, Callable[[Digest, int], str]] = {"markdown": markdown, "html": html, "json": as_json, "atom": atom}


def _sections(digest: Digest, top: int) -> Iterator[tuple[str, list[dict[str, Any]], int]]:
    """Yield the sections that are not empty, each with the entries shown and how many more there are."""
    for name, entries in digest.sections.items():
        if entries:
            shown = entries[:top] if top else entries
            yield name, shown, len(entries) - len(shown)


def _statement(entry: dict[str, Any]) -> str:
    """Return who stands in what relation to whom; of a number, whose it is."""
    if entry["section"] == "new_numbers" and entry["predicate"] == "HAS_METRIC":
        return f"{entry['subject']}: {entry['detail']}"
    return f"{entry['subject']} {entry['predicate']} {entry['object']}".strip()


def _detail(entry: dict[str, Any]) -> str:
    """Return what there is to add to the statement."""
    return "" if entry["detail"] in _statement(entry) else entry["detail"].replace("_", " ")


def _source(entry: dict[str, Any]) -> str:
    parts = (entry["publisher"], entry["document"], str(entry["day"] or ""), entry["claim_ids"][0][:SHORT_ID])
    return ", ".join(filter(None, parts))


def _source_linked(entry: dict[str, Any]) -> str:
    if not entry["url"].startswith(("https://", "http://")):
        return _text(_source(entry))
    return f'<a href="{escape(entry["url"], quote=True)}" rel="noreferrer">{_text(_source(entry))}</a>'


def _plain(text: str) -> str:
    """Return ``text`` on one line, with what Markdown would read as marks escaped."""
    return _MARKS.sub(r"\\\1", " ".join(_UNSHOWN.sub("", text).split()))


def _text(text: str) -> str:
    return escape(_UNSHOWN.sub("", text))


def _child(of: Xml.Element, name: str, text: str) -> Xml.Element:
    child = Xml.SubElement(of, f"{{{ATOM}}}{name}")
    if text:
        child.text = _UNSHOWN.sub("", text)
    return child
