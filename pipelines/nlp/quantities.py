"""Quantities: numbers with their unit in text. What belongs here: where a quantity stands, its value, unit and family.

What does not: what is measured, or of whom (``metrics``). A value stays as written; ranges are one quantity.
"""

import re
from dataclasses import dataclass

_COMPARATORS = {
    "more than": "≥", "over": "≥", "at least": "≥", "above": "≥", "exceeding": "≥", ">": "≥", "≥": "≥", "up to": "≤", "less than": "≤",
    "under": "≤", "below": "≤", "<": "≤", "≤": "≤", "as much as": "≤", "hasta": "≤",
}  # fmt: skip
_BEFORE = (
    r"(?P<comparator>(?:more than|over|at least|above|exceeding|up to|less than|under|below|as much as|about|approximately|around|roughly"
    r"|nearly|almost|some|hasta)\b|[~≈><≥≤])?\s?"
)
_NUM = r"\d[\d,]*(?:\.\d+)?"
_RANGE = rf"{_NUM}(?:\s?[–—-]\s?[$€£]?{_NUM})?\+?"
_SCALE = r"(?:trillion|billion|million|thousand|[TBMK]n?(?![\w/]))"
_PER = r"(?:\s?/\s?|\s?per\s|\s?an?\s|\sper[- ])"
_WORK = r"(?:GPU[- ]?(?:hours?|hrs?|h)|hours?|hrs?|MWh|kWh|MW-day|(?:million |1?M )?(?:input |output )?tokens?|watts?|W|kW|MW|GW|GB|TB|chip|GPU|rack|unit|system|wafer|minute|seat|month)"
# Family → the pattern of its quantities; the first family that fits a place takes it.
_FAMILIES = {
    "unit_price": rf"(?P<value>[$€£]\s?{_RANGE})\s?(?P<unit>{_SCALE}?{_PER}{_WORK}\b)",
    "money": rf"(?P<value>(?:US)?[$€£¥]\s?{_RANGE})\s?(?P<unit>{_SCALE})",
    "amount": rf"(?P<value>[$€£]\s?{_RANGE})(?P<unit>)(?!\s?(?:{_SCALE}|[\d/]))",
    "money_words": rf"(?P<value>{_NUM})\s(?P<unit>(?:billion|million|trillion)\s(?:U\.S\. )?(?:dollars|euros?|yen|yuan|RMB))",
    "rack_power": rf"(?P<value>{_RANGE})\s?(?P<unit>[kM]W{_PER}(?:rack|cabinet)\b)",
    "rate": rf"(?P<value>{_RANGE}\s?[kKM]?)\s?(?P<unit>(?:(?:output|input|prefill|decode) )?(?:tokens?|tok)(?:/|\sper\s)(?:s(?:ec(?:ond)?)?\b|GPU|user)(?:/\w+)?|TPGS|TPS|requests?(?:/|\sper\s)s(?:ec(?:ond)?)?)",
    "energy": rf"(?P<value>{_RANGE})\s?(?P<unit>[kMGT]Wh|(?:mega|giga|tera|kilo)watt[- ]hours?)\b",
    "power": rf"(?P<value>{_RANGE})[\s-]?(?P<unit>[kMG]W|(?:giga|mega|kilo)watts?)(?![\w])",
    "multiple": rf"(?P<value>{_RANGE})\s?(?P<unit>[x×](?![\w-])|times(?=\s(?:more|less|faster|higher|lower|better|the|as|greater|larger|smaller))|-?fold\b)",
    "bandwidth": rf"(?P<value>{_RANGE})\s?(?P<unit>[GTM]B/s|[GT]bps|[GT]b/s|[GT]bit/s)(?!\w)",
    "memory": rf"(?P<value>{_RANGE})\s?(?P<unit>[GTP]B)(?![\w/])",
    "flops": rf"(?P<value>{_RANGE})\s?(?P<unit>(?:exa|peta|tera)(?:flops?|FLOPS?)|[EPT]FLOPS?)",
    "percent": rf"(?P<value>[+-]?{_RANGE})\s?(?P<unit>%|percent\b|per cent\b|por ciento)",
    "time": rf"(?P<value>{_RANGE})[\s-]?(?P<unit>μs|µs|ms|ns|milliseconds?|microseconds?|seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b",
    "ratio": r"(?P<value>\d+:\d+)(?P<unit>)(?!\d)",
    "devices": rf"(?P<value>{_RANGE}\s?[kKM]?)\s(?P<unit>(?:\w+ )?(?:GPUs|accelerators|chips|TPUs|processors|servers|racks))\b",
}  # fmt: skip
_PATTERNS = [(family, re.compile(_BEFORE + pattern)) for family, pattern in _FAMILIES.items()]
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: span in the text that was read, value and unit as written, comparator (=, ≥, ≤, ~)."""

    start: int
    end: int
    value: str
    unit: str
    family: str
    comparator: str


def quantities(text: str) -> list[Quantity]:
    """Return the quantities of ``text`` in order, disjoint."""
    if not _DIGIT.search(text):
        return []
    found: list[Quantity] = []
    for family, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            at = match.start("value")
            if _inside_word(text, at) or any(q.start < match.end() and at < q.end for q in found):
                continue
            found.append(_quantity(family.removesuffix("_words"), match))
    return sorted(found, key=lambda q: q.start)


def _inside_word(text: str, at: int) -> bool:
    return at > 0 and (text[at - 1].isalnum() or text[at - 1] in ".,") and not text[at - 1] == ","


def _quantity(family: str, match: re.Match[str]) -> Quantity:
    words = (match["comparator"] or "").lower()
    comparator = _COMPARATORS.get(words, "~" if words else "≥" if match["value"].endswith("+") else "=")
    start = match.start("value") if not words else match.start("comparator")
    return Quantity(start, match.end(), match["value"].strip(), match["unit"].strip(), family, comparator)
