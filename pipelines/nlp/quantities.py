"""Quantities: numbers with their unit in text. What belongs here: where a quantity stands, its value, unit and family.

What does not: what is measured, or of whom (``metrics``). A value stays as written; ranges are one quantity. Words count as
numbers where they stand for one alone ("seven gigawatts", "doubled", "cut in half"); their value is written in digits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_COMPARATORS = {
    "more than": "≥", "over": "≥", "at least": "≥", "above": "≥", "exceeding": "≥", "exceed": "≥", "exceeds": "≥", "exceeded": "≥", "in excess of": "≥", "north of": "≥", "upwards of": "≥", "greater than": "≥", ">": "≥", "≥": "≥", "up to": "≤", "less than": "≤",
    "under": "≤", "below": "≤", "<": "≤", "≤": "≤", "as much as": "≤", "hasta": "≤",
}  # fmt: skip
_COMPARATOR = (
    r"(?P<comparator>(?:more than|in excess of|north of|upwards of|greater than|over|at least|above|exceed(?:ing|s|ed)?|up to|less than|under|below|as much as|about|approximately|around|roughly"
    r"|nearly|almost|some|hasta)\b|[~≈><≥≤])"
)
# A comparator is looked for before a number that was found: patterns that begin with a digit are searched much faster.
_BEFORE = re.compile(rf"{_COMPARATOR}\s?\Z")
_LONGEST_COMPARATOR = 20
_NUM = r"\d[\d,]*(?:\.\d+)?"
_RANGE = rf"{_NUM}(?:(?:\s?[–—-]\s?|\sto\s)[$€£]?{_NUM})?\+?"
# Of money the ends may differ in scale: "$500K-1M/MW".
_MONEY_RANGE = rf"{_NUM}(?:(?:\s?[TBMK]n?\s?[–—-]\s?|\s?[–—-]\s?|\sto\s)[$€£]?{_NUM})?\+?"
_SCALE = r"(?:trillion|billion|million|thousand|[TBMK]n?(?![\w/])|(?:[tbm]n|[bm])(?![\w/]))"
_PER = r"(?:\s?/\s?|\s?per\s|\s?an?\s|\sper[- ])"
_WORK = r"(?:GPU[- ](?:months?|years?)|GPU[- ]?(?:hours?|hrs?|h)|chip[- ]hours?|hours?|hrs?|MWh|kWh|MW-day|(?:million |1?M )?(?:input |output )?tokens?|(?:mega|giga|kilo)?watts?|W|kW|MW|GW|GB|TB|[GTP]FLOPS?|(?:giga|tera|peta)flops?|chip|GPU|rack|unit|system|wafer|(?:audio )?minute|min|seat|month|yr|year)"
_OF_WORK = re.compile(rf"[$€£]\s?(?:/|per )\s?(?P<work>{_WORK})\b")
# Family → the pattern of its quantities; the first family that fits a place takes it.
_FAMILIES = {
    "unit_price": rf"(?P<value>[$€£]\s?{_MONEY_RANGE})\s?(?P<unit>(?:{_SCALE}|[BMK]n?(?=[/ ]))?{_PER}{_WORK}\b)",
    "money": rf"(?P<value>(?:US)?[$€£¥]\s?{_MONEY_RANGE})\s?(?P<unit>{_SCALE})",
    "amount": rf"(?P<value>[$€£]\s?{_RANGE})(?P<unit>)(?!\s?(?:{_SCALE}|[\d/]))",
    "money_words": rf"(?P<value>{_NUM})\s(?P<unit>(?:billion|million|trillion)\s(?:U\.S\. )?(?:dollars|euros?|yen|yuan|RMB))",
    "rack_power": rf"(?P<value>{_RANGE})\s?(?P<unit>[kM]W{_PER}(?:rack|cabinet)\b)",
    "rate": rf"(?P<value>{_RANGE}\s?[kKM]?)\s?(?P<unit>(?:(?:output|input|prefill|decode) )?(?:(?:tokens?|tok)(?:/|\sper\s)(?:s(?:ec(?:ond)?)?\b|GPU|user)(?:/\w+)?|TPGS|TPS)|requests?(?:/|\sper\s)s(?:ec(?:ond)?)?)",
    "energy": rf"(?P<value>{_RANGE})\s?(?P<unit>[kMGT]Wh|(?:mega|giga|tera|kilo)watt[- ]hours?)\b",
    "power": rf"(?P<value>{_RANGE})[\s-]?(?P<unit>[kMG]W|(?:giga|mega|kilo)watts?)(?![\w])",
    "watts": rf"(?P<value>{_RANGE})[\s-]?(?P<unit>W|watts?)(?![\w])",
    "multiple": rf"(?P<value>{_NUM}(?:\s?[x×]?(?:\s?[–—-]\s?|\sto\s){_NUM})?\+?)\s?(?P<unit>[x×](?![\w-]|\s[A-Z]\w*\d)|times(?=\s(?:more|less|faster|higher|lower|better|the|as|greater|larger|smaller))|-?fold\b)",
    "bandwidth": rf"(?P<value>{_RANGE})\s?(?P<unit>[GTMP]B/s|[GT]bps|[GT]b/s|[GT]bit/s|(?:tera|giga|peta)(?:bytes|bits) per second)(?!\w)",
    "memory": rf"(?P<value>{_RANGE})\s?(?P<unit>[GTP]B)(?![\w/])",
    "flops": rf"(?P<value>{_RANGE})\s?(?P<unit>(?:[Ee]xa|[Pp]eta|[Tt]era)(?:flops?|FLOPS?)|[EPT]FLOPS?|[EPT]FLOPs)",
    "percent": rf"(?P<value>[+-]?{_RANGE})\s?(?P<unit>%|percent\b|per cent\b|por ciento)",
    "time": rf"(?P<value>{_RANGE})[\s-]?(?P<unit>μs|µs|ms|ns|milliseconds?|microseconds?|seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b(?!\s(?:ago|old|earlier|later))",
    "pue": r"(?:PUE|[Pp]ower [Uu]sage [Ee]ffectiveness)(?:(?: \(?PUE\)?)?[\s:=]+(?:of|is|was|improvement|from|average|averages|averaging|around|below|under|as low as|to)?[\s:=]*)(?:[12]\.\d+\s?(?:→|->|to)\s?)?(?P<value>[12]\.\d+(?:\s?[–-]\s?[12]\.\d+)?)(?P<unit>)(?![\w%])",
    "pue_after": r"(?P<value>[12]\.\d+)(?P<unit>)(?= (?:PUE\b|[Pp]ower [Uu]sage))",
    "ratio": r"(?P<value>\d+:\d+)(?P<unit>)(?!\d)",
    "devices": rf"(?P<value>{_RANGE}\s?[kKM]?)\s(?P<unit>(?:\w+ )?(?:GPUs|accelerators|chips|TPUs|processors|servers|racks))\b",
}  # fmt: skip
_BETWEEN = re.compile(
    rf"\b(?:between|range of) (?P<low>[$€£]?\s?{_NUM})(?P<scale>\s(?:million|billion|trillion))?%? (?P<joint>and|to) \Z"
)
_LONGEST_RANGE = 40
# What joins the ends of a range that both have their unit; "from ... to" tells of two times.
_ENDS = re.compile(r" to |\s?[–—-]\s?")
_HISTORY = re.compile(r"(?<!range )(?<!ranges )(?<!ranged )(?<!ranging )\b(?:from|over|by) (?:\w+ )?\Z", re.I)
# Families whose ranges may write their unit at both ends ("70%-80%").
_RANGED = ("money", "power", "percent", "time", "energy", "rack_power", "unit_price")
# What a text holds in any case that has a quantity of the family: a family without any of these is not searched for.
_MONEY, _PUE = ("$", "€", "£", "¥"), ("PUE", "sage")
_MARKS = {
    "unit_price": _MONEY, "money": _MONEY, "amount": _MONEY, "money_words": ("illion",),
    "rack_power": ("kW", "MW"), "rate": ("tok", "TPGS", "TPS", "request"), "energy": ("Wh", "watt"), "power": ("W", "watt"),
    "watts": ("W", "watt"), "multiple": ("x", "×", "times", "fold"), "bandwidth": ("B/s", "bps", "b/s", "bit/s", "per second"),
    "memory": ("GB", "TB", "PB"), "flops": ("flop", "FLOP"), "percent": ("%", "percent", "per cent", "por ciento"),
    "time": ("μs", "µs", "ms", "ns", "second", "minute", "hour", "day", "week", "month", "year"), "pue": _PUE, "pue_after": _PUE,
    "ratio": (":",), "devices": ("GPUs", "accelerators", "chips", "TPUs", "processors", "servers", "racks"),
}  # fmt: skip
_PATTERNS = [(family, _MARKS[family], re.compile(pattern)) for family, pattern in _FAMILIES.items()]
_DIGIT = re.compile(r"\d")
# Most cells of a filing: no letter, no sign, so no unit.
_NO_UNIT = re.compile(r"[\d\s,.()—–-]*")
WORD_VALUES = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "eleven": "11", "twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50",
}  # fmt: skip
_WORDED = re.compile(
    rf"{_COMPARATOR}?\s?" + r"\b(?P<value>" + "|".join(WORD_VALUES) + r")[\s-](?P<unit>gigawatts?|megawatts?|months?|years?|weeks?|times(?=\s(?:more|less|faster|higher|lower|better|as|greater))|-?fold|percent)\b(?!\s(?:ago|old|earlier|later))",
    re.I,
)  # fmt: skip
_UNITS_OF_WORDED = {"g": "power", "mega": "power", "mo": "time", "y": "time", "w": "time", "t": "multiple", "f": "multiple", "-": "multiple", "p": "percent"}  # fmt: skip
# Words that are a change by themselves: their value and unit.
_CHANGES = {
    r"(?:cut|cuts|cutting|reduced?|reduces|reducing|drop(?:ped|s)?|fell|falls)(?: \S+){0,3} (?:in|by) half|halv(?:ed|es|ing)|halve": ("50", "%", "percent"),
    r"doubl(?:ed|es|ing)(?! down)|double (?=(?:the |\w+ )?(?:performance|throughput|capacity|density|speeds?|efficiency|bandwidth)\b)|twice (?=the|as)": ("2", "x", "multiple"),
    r"tripl(?:ed|es|ing)": ("3", "x", "multiple"),
    r"quadrupl(?:ed|es|ing)": ("4", "x", "multiple"),
}  # fmt: skip
_CHANGE = [(re.compile(rf"\b(?:{words})\b", re.I), *value) for words, value in _CHANGES.items()]
_ANY_WORD = (
    "half", "halv", "doubl", "tripl", "quadrupl", "twice", "gigawatt", "megawatt", "month", "year", "week", "times", "fold", "percent",
)  # fmt: skip
_BARE = re.compile(rf"(?P<comparator>[~≈><≥≤])?\s?\(?(?P<value>[$€£]?\s?{_RANGE})\)?(?P<tail>\s[^\d]{{1,24}})?")


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
    if _NO_UNIT.fullmatch(text):
        return []
    small = text.lower()
    found = list(_worded(text)) if any(word in small for word in _ANY_WORD) else []
    if not _DIGIT.search(text):
        return sorted(found, key=lambda q: q.start)
    taken = bytearray(len(text))
    for quantity in found:
        taken[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
    for family, marks, pattern in _PATTERNS:
        if not any(mark in text for mark in marks):
            continue
        last = 0
        for match in pattern.finditer(text):
            at = match.start("value")
            if not (_inside_word(text, at) or any(taken[at : match.end()])):
                before = _BEFORE.search(text, max(last, match.start() - _LONGEST_COMPARATOR), match.start())
                quantity = _quantity(family.removesuffix("_words").removesuffix("_after"), match, before)
                taken[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
                found.append(quantity)
            last = match.end()
    return _joined(text, sorted(found, key=lambda q: q.start))


def _joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """Return ``found`` with each "between 20 and 30 weeks" as one quantity."""
    joined: list[Quantity] = []
    for quantity in found:
        low = _BETWEEN.search(text, max(0, quantity.start - _LONGEST_RANGE), quantity.start)
        if low is None:
            joined[-1:] = _with_low_end(text, joined[-1], quantity) if joined else [quantity]
            continue
        scale = low["scale"] if low["scale"] and low["scale"].strip() != quantity.unit else ""
        value = f"{low['low']}{scale} {low['joint']} {quantity.value}"
        joined = [q for q in joined if q.end <= low.start("low")]
        joined.append(replace(quantity, start=low.start("low"), value=value, comparator="="))
    return joined


def _with_low_end(text: str, low: Quantity, quantity: Quantity) -> list[Quantity]:
    """Return ``low`` and ``quantity`` as one where they are the ends of one range ("$12 billion to $14 billion"), else both."""
    joint, high = _joint(text, low, quantity)
    same = low.family == quantity.family in _RANGED and low.unit == quantity.unit
    if not (joint and same) or _HISTORY.search(text, max(0, low.start - _LONGEST_COMPARATOR), low.start):
        return [low, quantity]
    if _lowest(low.value) > _lowest(high):
        return [low, quantity]
    return [replace(low, end=quantity.end, value=f"{low.value}{joint}{high}")]


def _lowest(value: str) -> float:
    """Return the first number of ``value``."""
    found = re.search(_NUM, value)
    return float(found[0].replace(",", "")) if found else 0.0


def _joint(text: str, low: Quantity, quantity: Quantity) -> tuple[str, str]:
    """Return what joins the ends of a range, and the upper end; nothing where they are none. "70%-80%" has no negative end."""
    if low.end == quantity.start and quantity.value.startswith("-"):
        return "-", quantity.value[1:]
    joint = _ENDS.fullmatch(text, low.end, quantity.start)
    return (joint[0], quantity.value) if joint else ("", "")


def _worded(text: str) -> Iterator[Quantity]:
    for match in _WORDED.finditer(text):
        unit = match["unit"].lower()
        family = next(f for start, f in _UNITS_OF_WORDED.items() if unit.startswith(start))
        quantity = _quantity(family, match, match if match["comparator"] else None)
        yield replace(quantity, value=WORD_VALUES[match["value"].lower()])
    for pattern, value, unit, family in _CHANGE:
        for match in pattern.finditer(text):
            yield Quantity(match.start(), match.end(), value, unit, family, "=")


def work_of(header: str) -> str:
    """Return the unit of work that a column's header writes for the sums below it ("$/GPU-hr": "/GPU-hr"); empty where it writes none."""
    found = _OF_WORK.search(header)
    return f"/{found['work']}" if found else ""


def bare_quantity(text: str, unit_from: str) -> Quantity | None:
    """Return the number of a cell that writes no unit, with the unit that a label, header or caption writes, or None.

    ``unit_from`` names it in brackets or as its last words: "Capacity (MW)", "$/GPU-hr", "in millions".
    """
    number = _BARE.fullmatch(text.strip())
    if not number or not _DIGIT.search(text):
        return None
    if re.search(r"\bPUE\b", unit_from) and re.fullmatch(r"[12]\.\d+(?:\s?[–-]\s?[12]\.\d+)?", number["value"]):
        return Quantity(0, len(text), number["value"], "", "pue", "=")
    currency = number["value"][0] if number["value"][0] in "$€£" else ""
    for unit in _written_units(unit_from):
        money = unit[0] in "$€£"
        digits = number["value"].lstrip("$€£ ")
        sign = unit[0] if money else currency
        tried = quantities(f"{number['comparator'] or ''}{sign}{digits}{'' if money else ' '}{unit.lstrip('$€£')}")
        if (
            len(tried) == 1
            and tried[0].unit
            and tried[0].end >= len(unit)
            and (not currency or tried[0].value[0] in "$€£")
        ):
            return replace(tried[0], start=0, end=len(text))
    return None


def _written_units(text: str) -> Iterator[str]:
    """Yield what may be a unit in a label: words in brackets, the words after a comma, "in" or slash, the last word."""
    if scale := re.search(r"\bin (thousand|million|billion)s\b", text, re.I):
        yield "$" + scale[1].lower()
    yield from (m[1].strip() for m in re.finditer(r"[(\[]([^()\[\]]{1,24})[)\]]", text))
    if per := re.search(r"\bper \w+$", text.strip()):
        yield per[0]
    if tail := re.search(r"(?:,\s|\bin\s|\s|^)([$€£]?/?\s?[\w%/.-]+(?:\sper\s\w+)?)$", text.strip()):
        yield tail[1]


def _inside_word(text: str, at: int) -> bool:
    return at > 0 and (text[at - 1].isalnum() or text[at - 1] in ".,") and text[at - 1] != ","


def _quantity(family: str, match: re.Match[str], before: re.Match[str] | None) -> Quantity:
    """Return the quantity of ``match``; ``before`` holds the comparator, if there is one."""
    value = match["value"].strip()
    words = before["comparator"].lower() if before else ""
    comparator = _COMPARATORS.get(
        words,
        "~" if words else "≥" if value.endswith("+") or match.string[match.end() : match.end() + 1] == "+" else "=",
    )
    start = before.start("comparator") if before else match.start("value")
    return Quantity(start, match.end(), value, match["unit"].strip(), family, comparator)
