"""EDGAR's own wrappings: full submissions (.txt) are taken apart, index pages are refused.

What belongs here: the SGML header and which of a submission's documents are read. What does not: reading them.
Read are the primary document and the exhibits whose numbers ``items.yml`` lists; the others (contracts, consents, XBRL
files, viewer pages, pictures) stay in the archived bytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from graph.errors import InputRefusedError
from pipelines.parse.items import exhibit_numbers
from pipelines.parse.metadata import Metadata

_SUBMISSION = re.compile(r"\s*(?:-----BEGIN PRIVACY-ENHANCED MESSAGE|<(?:SEC|IMS)-(?:DOCUMENT|HEADER)>|<SUBMISSION>)")
_DOCUMENT = re.compile(r"^<DOCUMENT>\s*^<TYPE>(?P<type>[^\n<]+)(?P<head>(?:\n<(?!TEXT>)[^\n]*)*)\n<TEXT>\n?", re.M)
_FILENAME = re.compile(r"^<FILENAME>(.+)$", re.M)
_WRAPPING = re.compile(r"\s*<(?:XBRL|XML|HTML-WRAP)>\s*")
_EXHIBIT = re.compile(r"EX-(\d{1,2})((?:\.\d+)?)")
_INDEX_TITLE = re.compile(r"<title>\s*EDGAR Filing (?:Documents|Index)", re.I)
_HEADER = {
    "form": re.compile(r"^CONFORMED SUBMISSION TYPE:\s*(\S+)", re.M),
    "period_end": re.compile(r"^CONFORMED PERIOD OF REPORT:\s*(\d{8})", re.M),
    "published": re.compile(r"^FILED AS OF DATE:\s*(\d{8})", re.M),
    "filer": re.compile(r"COMPANY CONFORMED NAME:\s*(\S[^\n]*)"),
    "filer_cik": re.compile(r"CENTRAL INDEX KEY:\s*0*(\d+)"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a submission: ``exhibit`` is "Exhibit 99.1", empty for the primary document."""

    exhibit: str
    suffix: str
    text: str


def refuse_index_page(text: str, name: str) -> None:
    """Raise InputRefusedError where ``text`` is EDGAR's index page of a filing: it lists documents and is none."""
    if re.search(r"-index(?:-headers)?\.html?$", name) or _INDEX_TITLE.search(text, 0, 3000):
        reason = "EDGAR's index page of a filing, not a document; give its primary document or full submission (.txt)"
        raise InputRefusedError(name, reason)


def is_submission(text: str) -> bool:
    """Return whether ``text`` is a full submission."""
    return bool(_SUBMISSION.match(text))


def header(text: str, meta: Metadata) -> None:
    """Offer what the submission's header says: form, period, date of filing, filer."""
    head = text[: text.find("<DOCUMENT>")] if "<DOCUMENT>" in text else text[:20_000]
    for name, pattern in _HEADER.items():
        if not (match := pattern.search(head)):
            continue
        value = match[1].strip()
        meta.offer(name, _day(value) if name in ("period_end", "published") else value, "submission header")


def parts(text: str, name: str) -> tuple[Part, ...]:
    """Return the primary document and the exhibits to read, in order.

    Raises InputRefusedError where the submission holds no document that can be read.
    """
    found = tuple(_parts(text))
    if not found:
        raise InputRefusedError(name, "a full submission without a primary document as HTML or text")
    return found


def _parts(text: str) -> Iterator[Part]:
    for number, match in enumerate(_DOCUMENT.finditer(text)):
        exhibit = _EXHIBIT.match(match["type"].strip())
        if number and not (exhibit and exhibit[1] in exhibit_numbers()):
            continue
        filename = _FILENAME.search(match["head"])
        suffix = PurePosixPath(filename[1].strip()).suffix.lower() if filename else ".txt"
        if suffix in (".htm", ".html", ".txt"):
            end = text.find("</TEXT>", match.end())
            body = text[match.end() : end if end >= 0 else len(text)]
            yield Part(f"Exhibit {exhibit[1]}{exhibit[2]}" if exhibit else "", suffix, _unwrapped(body))
        elif not number:
            return


def _unwrapped(body: str) -> str:
    wrapping = _WRAPPING.match(body)
    return body[wrapping.end() :] if wrapping else body


def _day(digits: str) -> object:
    try:
        return datetime.strptime(digits, "%Y%m%d").date()
    except ValueError:
        return None
