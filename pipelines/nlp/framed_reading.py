"""The reading of one framed member: sides, qualifiers, fills and trust. What belongs here: that record, no choice of members.

What each kind of frame may fill, and how sure that is, is data (``graph/ontology/frames.yml``, trust).
"""

import re
from collections import Counter
from functools import lru_cache

from graph.model import load_ontology
from pipelines.nlp import force
from pipelines.nlp.cues import Cue
from pipelines.nlp.members import words
from pipelines.nlp.prose import role_of
from pipelines.nlp.reading import BlockView, Filled, Reading
from pipelines.records import Modality, Party

# A range is one amount; a valuation, a market or a price a share is none of a deal.
_MONEY = re.compile(
    r"(?:up to |over |about |>|~)?(?<!at )(?<!now )(?>[$€£]\s?\d[\d,.]*(?:\s?[–-]\s?[$€£]?\d[\d,.]*)?"
    r"(?:\s?(?:[BMT]n?\b|[bmt]n\b|billion|million|trillion))?\+?)"
    r"(?![ -](?:(?:\w+ )?(?:valuation|market)\b|TAM\b|per share|a share))"
)
# A comma ends a part of a text, but for one within a number.
_PART = re.compile(r"[,;](?!\d)")
_YEAR = re.compile(r"\b(20[2-4]\d)(?:E\b|\b)")
# A day of the calendar: plans name years and quarters, what has happened has a day.
_DAY = re.compile(r"\b(?:[A-Z][a-z]{2,8}\.? \d{1,2}, |(?=\d{4}-\d\d-\d\d\b))(20[0-4]\d)\b")
_MARKS = " *_~()"
_SHARE = re.compile(r"[<>~]?\d{1,3}(?:\.\d+)?\s?%")


def reading(
    view: BlockView,
    cue: Cue,
    member: Party,
    other: Filled,
    span: tuple[int, int],
    frame: Filled | None,
    means: str,
    told: dict[str, str] | None = None,
) -> Reading:
    """Return the reading of one member under ``cue``; ``means`` names how the predicate was found (a key of trust)."""
    text = view.context.document.text[slice(*span)]
    member_is_subject = cue.member == "subject"
    inside = span[0] <= other.start and other.end <= span[1]
    fills = {} if inside else {"object" if member_is_subject else "subject": other}
    if frame:
        fills["predicate"] = frame
    return Reading(
        predicate=cue.predicate,
        subject=member if member_is_subject else other.party,
        object=other.party if member_is_subject else member,
        start=span[0],
        end=span[1],
        method=f"framed:{cue.predicate.lower()}.{means}",
        modality=_timed(view, text, modality(text)),
        qualifiers=qualifiers(view, cue, text, told or {}),
        fills=fills,
        quality=min(cue.quality, trust(means, other.source)),
    )


def trust(means: str, source: str) -> float:
    """Return how sure a claim is whose predicate was found by ``means`` and whose other side the frame ``source`` named."""
    return float(load_ontology().lexicons["frames"]["trust"].get(means, {}).get(source, 0.6))


def modality(text: str) -> Modality:
    """Return the modality of a fragment: a word of the past counts wherever it stands."""
    lower = text.lower()
    if any(re.search(rf"(?<![\w-]){re.escape(word)}", lower) for word in words("past")):
        return "historical"
    return force.modality_of(text)


def _timed(view: BlockView, text: str, told: Modality) -> Modality:
    """Return "planned" for a row whose status says so, or whose years all lie after the page's own; "hedged" for a part not played yet."""
    if told != "asserted" or view.block.kind != "table_row":
        return told
    cells = [cell.strip(_MARKS).lower() for cell in text.split("|")]
    if any(cell.split(" ")[0] in words("planned_status") or cell in words("planned_status") for cell in cells):
        return "planned"
    if any(cell.split(" ")[0] in words("unsure") for cell in cells):
        return "hedged"
    years = [int(year) for year in _YEAR.findall(text)]
    if not years:
        return told
    document = view.context.document
    written = document.published.year if document.published else _year_of(document.text)
    return "planned" if written and min(years) > written else told


@lru_cache(maxsize=4)
def _year_of(text: str) -> int:
    """Return the year in which a page without a date was written: that of most days which it names; 0 where it names none."""
    years = Counter(int(year) for year in _DAY.findall(text))
    return max(years, key=lambda year: (years[year], year), default=0)


def qualifiers(view: BlockView, cue: Cue, text: str, told: dict[str, str]) -> dict[str, str]:
    """Return role, kind, amount and percentage as far as cue and text tell them and the predicate knows them."""
    predicate = view.context.ontology.predicates[cue.predicate]
    found: dict[str, str] = {}
    if cue.predicate == "SUPPLIES":
        found["role"] = cue.role or role_of(predicate, text)
    elif cue.kind:
        found["kind"] = kind_of(cue, text)
    money, share = told.get("amount") or _first(_MONEY, text), told.get("share") or _first(_SHARE, text)
    found |= {"amount": money, "share": share, "percent": share}
    return {key: value for key, value in found.items() if value and key in predicate.qualifiers}


def nearest_amount(text: str, start: int, end: int) -> str:
    """Return the amount of ``text`` nearest to ``start``..``end``: in the same part between commas, if that has one."""
    found = list(_MONEY.finditer(text))
    opens = max((m.end() for m in _PART.finditer(text, 0, start)), default=0)
    closes = next((m.start() for m in _PART.finditer(text, end)), len(text))
    found = [m for m in found if opens <= m.start() and m.end() <= closes] or found
    near = min(found, key=lambda m: max(start - m.end(), m.start() - end, 0), default=None)
    return near[0].strip() if near else ""


def kind_of(cue: Cue, text: str) -> str:
    """Return the kind of ``cue``, or debt where a financing's words name a debt instrument."""
    lower = text.lower()
    if cue.predicate == "FINANCES" and cue.kind == "equity" and not any(f"{w}" in lower for w in words("equity")):
        return "debt" if any(re.search(rf"\b{w}\b", lower) for w in words("debt")) else cue.kind
    return cue.kind


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0].strip() if match else ""
