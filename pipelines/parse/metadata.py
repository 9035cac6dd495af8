"""Metadata of a document and where each came from. What belongs here: choosing among what bytes and callers say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pipelines.records import DocumentKind, Given, Interest

_DATE_FORMS = ("%Y-%m-%d", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%Y/%m/%d", "%m/%d/%Y", "%b. %d, %Y")
_STOP_WORDS = {
    "en": {"the", "and", "of", "to", "in", "that", "is", "for", "with", "as"},
    "es": {"el", "la", "de", "que", "y", "los", "las", "para", "una", "con"},
    "fr": {"le", "les", "des", "et", "une", "pour", "dans", "est", "du", "que"},
    "de": {"der", "die", "und", "das", "den", "mit", "für", "ist", "von", "nicht"},
}
_CJK = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_REGISTRANT = re.compile(r"^(.{3,90}?)\s*(?:\([^)]*exact name of registrant)", re.I | re.M)
_DEFINED = re.compile(r"([A-Z][\w&.,’' -]{2,70}?),?\s*\((?:together with[^)]*?)?[“\"](?:we|the Company|us)\b", re.S)
_PERIOD = re.compile(
    r"(?:fiscal year|quarterly period|period|year)\s+ended:?\s+([A-Z][a-z]+\s+\d{1,2},?\s+\d{4})", re.I
)
_FORM = re.compile(r"\bform\s+(10-K|10-Q|8-K|20-F)\b", re.I)
_PORTFOLIO = re.compile(
    r"^[ \t]*\(?(\*+|†|‡)\)?\s*(?:denotes|indicates|marks|is|=|:)?\s*.{0,60}?"
    r"(?:portfolio compan(?:y|ies)|investor in|invested in|holds a position)(?:\s+of\s+(?:the\s+)?([A-Z][\w&.’' ]{2,50}))?",
    re.I | re.M,
)


@dataclass(slots=True)
class Metadata:
    """Chosen values with where each came from; the first source that has a value wins."""

    values: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def offer(self, name: str, value: Any, source: str) -> None:
        """Take ``value`` for ``name`` unless an earlier source gave one."""
        if value and name not in self.values:
            self.values[name] = value
            self.sources[name] = source


def parse_date(value: object) -> date | None:
    """Return the date that ``value`` writes in one of the usual forms, else None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip()
    if match := re.match(r"\d{4}-\d{2}-\d{2}", text):
        text = match[0]
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def from_given(meta: Metadata, given: Given) -> None:
    """Offer what the caller knows."""
    for name in ("url", "publisher", "published", "title"):
        meta.offer(name, getattr(given, name), "given")


def from_front_matter(meta: Metadata, front: Mapping[str, Any]) -> None:
    """Offer what Markdown front matter says."""
    for name, keys in {
        "title": ("title",),
        "author": ("author", "authors"),
        "topic": ("topic",),
        "publisher": ("publisher", "site"),
        "url": ("url", "source", "link", "canonical"),
    }.items():
        for key in keys:
            value = front.get(key)
            meta.offer(
                name, ", ".join(map(str, value)) if isinstance(value, list) else str(value or ""), "front matter"
            )
    for key in ("published", "date", "created", "publish_date"):
        meta.offer("published", parse_date(front.get(key)), "front matter")


def from_html(meta: Metadata, found: Mapping[str, str]) -> None:
    """Offer what the head of a page and iXBRL cover facts say."""
    meta.offer("filer", found.get("dei:EntityRegistrantName"), "dei")
    meta.offer("filer_cik", (found.get("dei:EntityCentralIndexKey") or "").lstrip("0"), "dei")
    meta.offer("form", (found.get("dei:DocumentType") or "").upper(), "dei")
    meta.offer("period_end", parse_date(found.get("dei:DocumentPeriodEndDate")), "dei")
    meta.offer("title", found.get("meta:og:title") or found.get("title"), "head")
    meta.offer("publisher", found.get("meta:og:site_name"), "meta")
    meta.offer("author", found.get("meta:author"), "meta")
    for key in ("meta:article:published_time", "meta:date", "meta:pubdate", "meta:dc.date"):
        meta.offer("published", parse_date(found.get(key)), "meta")


def from_filing_text(meta: Metadata, text: str, name: str) -> None:
    """Offer what a filing's cover and address say."""
    cover = text[:20_000]
    if match := _REGISTRANT.search(cover):
        meta.offer("filer", match[1].strip(), "cover")
    if match := _DEFINED.search(text[:400_000]):
        meta.offer("filer", match[1].strip().lstrip("–—- "), "definition")
    if match := re.search(r"edgar/data/(\d+)/", name):
        meta.offer("filer_cik", match[1], "address")
    if match := re.search(r"(?:^|/)([A-Z]{1,5})_(?:10-K|10-Q|8-K|20-F)_", name):
        meta.offer("filer", match[1], "file name")
    if match := _FORM.search(cover) or re.search(r"[_-](10-K|10-Q|8-K|20-F)[_-]", name, re.I):
        meta.offer("form", match[1].upper(), "cover")
    if match := _PERIOD.search(cover):
        meta.offer("period_end", parse_date(re.sub(r"\s+", " ", match[1]).replace(" ,", ",")), "cover")


def title_of_name(name: str) -> str:
    """Return the title that a file's name gives: its last part after ``__``, words parted by spaces."""
    stem = re.split(r"[/\\\\]", name)[-1].rsplit(".", 1)[0].split("__")[-1]
    return re.sub(r"[_\s]+", " ", re.sub(r"^\d{4}-\d{2}-\d{2}[-_ ]*", "", stem)).strip()


def language_of(text: str) -> str:
    """Return the language code by script and by a vote of stop words; "en" where nothing tells."""
    sample = text[:20_000]
    if len(_CJK.findall(sample)) > 20:
        return "ja"
    if len(_HAN.findall(sample)) > 50:
        return "zh"
    words = re.findall(r"[a-zà-ÿ]+", sample.lower())
    votes = {code: sum(word in stops for word in words) for code, stops in _STOP_WORDS.items()}
    best = max(votes, key=lambda code: (votes[code], code == "en"))
    return best if votes[best] else "en"


def interests_of(text: str, publisher: str) -> tuple[Interest, ...]:
    """Return the marks of interest that a legend explains ("* denotes a portfolio company of …")."""
    return tuple(
        Interest(match[1], (match[2] or publisher).strip(" ."), match.start(), match.end())
        for match in _PORTFOLIO.finditer(text)
        if match[2] or publisher
    )


def kind_of(filing: bool, speakers: int, front: Mapping[str, Any]) -> DocumentKind:
    """Return what kind of document this is."""
    if filing:
        return "filing"
    if speakers >= 3:
        return "transcript"
    return "note" if front.get("topic") or (front.get("author") and front.get("published")) else "article"
