"""Metadata of a document and where each came from. What belongs here: choosing among what bytes and callers say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipelines.parse.dates import date_of_address, parse_date
from pipelines.parse.language import language_of
from pipelines.records import DocumentKind, Given

_REGISTRANT = re.compile(r"^(.{3,90}?)\s*(?:\([^)]*exact name of registrant)", re.I | re.M)
_DEFINED = re.compile(r"([A-Z][\w&.,’' -]{2,70}?),?\s*\((?:together with[^)]*?)?[“\"](?:we|the Company|us)\b", re.S)
_PERIOD = re.compile(
    r"(?:fiscal year|quarterly period|period|year)\s+ended:?\s+([A-Z][a-z]+\s+\d{1,2},?\s+\d{4})", re.I
)
_FORM = re.compile(r"\bform\s+(10-K|10-Q|8-K|20-F)\b", re.I)
# A line that says the date ("Date: May 7, 2026", "Oct. 29, 2025 at 5:30 p.m. ET"), or the place and date that open a release.
_DATELINE = re.compile(
    r"(?:(?i:date|published|posted|updated|as of|published on|fecha|datum)\s*:\s*(?P<key>.{6,60})|"
    r"(?:(?:[A-Z][\w.’'-]*,?\s+){1,6}(?:[–—-]\s*|\()?)?"
    r"(?P<date>(?:[A-Z][a-z]{2,8}day,?\s+)?(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\.?\s+[A-Za-zé]{3,9}\s+\d{4}|\d{4}-\d{2}-\d{2}))"
    r"\s*(?:$|(?:at\b|,|[|·•(/–—-]).{0,40}$|[)(/]?.{0,30}(?:–|—|--|-)\s))",
)
# A site's name at a title's end stands behind one of these.
_SUFFIX = re.compile(r"^(.{8,})\s+([|–—·•»:-]|::)\s+([^|–—·•»]{2,60})$", re.S)
_TITLE_KEYS = ("json-ld:title", "meta:og:title", "meta:citation_title", "meta:dc.title", "meta:twitter:title", "title")
_AUTHOR_KEYS = (
    "json-ld:author", "meta:citation_author", "meta:author", "meta:dc.creator", "meta:parsely-author", "meta:sailthru.author",
    "meta:article:author", "byline",
)  # fmt: skip
_PUBLISHER_KEYS = (
    "json-ld:publisher", "meta:og:site_name", "meta:citation_publisher", "meta:dc.publisher", "meta:publisher",
    "meta:application-name",
)  # fmt: skip
_PUBLISHED_KEYS = (
    "json-ld:published", "meta:article:published_time", "meta:og:article:published_time", "meta:datepublished",
    "meta:citation_publication_date", "meta:citation_date", "meta:dc.date", "meta:dc.date.issued", "meta:dcterms.created",
    "meta:pubdate", "meta:publishdate", "meta:publish_date", "meta:publication_date", "meta:parsely-pub-date",
    "meta:sailthru.date", "meta:date", "time", "dated",
)  # fmt: skip
_ORIGINS = {
    "time": "time",
    "dated": "dateline",
    "byline": "byline",
    "title": "head",
    "canonical": "link",
    "lang": "html",
}


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
        meta.offer(
            "published",
            parse_date(front.get(key), str(front.get("lang") or front.get("language") or "")),
            "front matter",
        )


def from_html(meta: Metadata, found: Mapping[str, str]) -> None:
    """Offer what a page says about itself (``head.metadata``, ``head.cover_facts``)."""
    meta.offer("filer", found.get("dei:EntityRegistrantName"), "dei")
    meta.offer("filer_cik", (found.get("dei:EntityCentralIndexKey") or "").lstrip("0"), "dei")
    meta.offer("form", (found.get("dei:DocumentType") or "").upper(), "dei")
    meta.offer("period_end", parse_date(found.get("dei:DocumentPeriodEndDate")), "dei")
    for key in _PUBLISHER_KEYS:
        meta.offer("publisher", found.get(key), _origin(key))
    for key in _AUTHOR_KEYS:
        if not (value := found.get(key, "")).startswith(("http://", "https://")):
            meta.offer("author", value.removeprefix("By ").strip(), _origin(key))
    address = found.get("canonical") or found.get("meta:og:url") or found.get("json-ld:url") or ""
    if address.startswith(("http://", "https://")):
        key = next(key for key in ("canonical", "meta:og:url", "json-ld:url") if found.get(key) == address)
        meta.offer("canonical_url", address, _origin(key))
    for key in _TITLE_KEYS:
        meta.offer(
            "title", _without_site(found.get(key, ""), str(meta.values.get("publisher", "")), address), _origin(key)
        )
    language = _declared_language(found)
    for key in _PUBLISHED_KEYS:
        meta.offer("published", parse_date(found.get(key), language), _origin(key))


def from_pdf(meta: Metadata, found: Mapping[str, str]) -> None:
    """Offer what a PDF's information dictionary says (``pdf.metadata``)."""
    meta.offer("title", found.get("title"), "pdf")
    meta.offer("author", found.get("author"), "pdf")
    meta.offer("published", parse_date(found.get("published")), "pdf")


def language(meta: Metadata, text: str, found: Mapping[str, str]) -> None:
    """Set the language: what the text itself tells, else what its page or its front matter declares, else none.

    Templates declare "en" over text of any language, so the declaration only fills in where the text is too short.
    """
    code, how = language_of(text)
    meta.offer("language", code, how)
    meta.offer("language", _declared_language(found).split("-")[0], "declared")
    if "language" not in meta.values:
        meta.values["language"] = ""
        meta.sources["language"] = "unknown"


def from_opening(meta: Metadata, opening: Sequence[tuple[str, int, str]], plain: bool) -> None:
    """Offer the title and the date that the first blocks (kind, level, text) give, where nothing before did.

    Only in ``plain`` text is a first line that stands alone a title; elsewhere titles are marked.
    """
    kind, level, text = opening[0]
    if kind == "heading" and (level == 1 or " " in text):
        meta.offer("title", text, "first heading")
    elif plain and kind == "paragraph" and 10 < len(text) < 140 and not re.search(r"[.:;!?,]$", text):
        meta.offer("title", text, "first line")
    if "form" in meta.values:
        return
    for kind, _, text in opening:
        if kind in ("paragraph", "list_item") and (match := _DATELINE.match(text)):
            meta.offer("published", parse_date(match["date"] or match["key"]), "dateline")


def from_address(meta: Metadata, *addresses: str) -> None:
    """Offer the date that an address or a file's name carries, the last resort."""
    for address in addresses:
        meta.offer("published", date_of_address(address), "url" if "://" in address else "file name")


def _declared_language(found: Mapping[str, str]) -> str:
    keys = ("lang", "json-ld:language", "meta:content-language", "meta:og:locale", "meta:dc.language", "language")
    for key in keys:
        if re.fullmatch(r"[a-z]{2}(?:[-_]\w{2,8})*", value := found.get(key, "").strip().lower()):
            return value.replace("_", "-")
    return ""


def _origin(key: str) -> str:
    return _ORIGINS.get(key) or key.split(":")[0]


def _without_site(title: str, publisher: str, address: str) -> str:
    """Return ``title`` without the site's name at its end: the publisher's, or that of the page's host."""
    if not (match := _SUFFIX.match(title)):
        return title
    site = _letters(match[3])
    host = re.sub(r"^https?://(?:www\.)?|/.*$|\.[a-z]+(?=/|$)", "", address.lower())
    known = [_letters(publisher), _letters(host)]
    named = any(name and len(name) > 2 and (name in site or site in name) for name in known)
    # Behind a bar stands the site's name, even where the page does not tell it.
    barred = match[2] == "|" and len(match[3].split()) <= 4 and not any(known)
    return _without_site(match[1], publisher, address) if named or barred else title


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


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


def kind_of(filing: bool, speakers: int, front: Mapping[str, Any]) -> DocumentKind:
    """Return what kind of document this is."""
    if filing:
        return "filing"
    if speakers >= 3:
        return "transcript"
    return "note" if front.get("topic") or (front.get("author") and front.get("published")) else "article"
