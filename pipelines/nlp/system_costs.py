"""HAS_METRIC of named AI systems: what a cluster, a supercomputer or a campus cost to build. What belongs here: that reader.

A system is a name before a word such as cluster ("the Colossus cluster"), wherever the document gives it that word once; or the cluster
on which a named model was trained. Words are data (``systems`` of ``graph/ontology/metrics.yml``). What does not belong here: prices per
unit and other costs (``metrics``), who runs a system (``sites``), what the numbers come to (``sql/mart/fct_unit_cost.sql``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.model import load_ontology
from pipelines.ids import slug
from pipelines.nlp import metric_frame
from pipelines.nlp.quantities import WORD_VALUES, Quantity, quantities
from pipelines.nlp.reading import BlockView, Mention, Reading
from pipelines.records import Party

METRIC = "capital cost"
_SURE = 0.8
_WORD = r"(?:x?[A-Z][\w-]*|\d{1,2})"
_NAME = rf"(?P<name>{_WORD}(?: {_WORD}){{0,3}})"
# "H100 cluster": a chip's code is no system's name; neither are words that any sentence may begin with.
_NO_NAME = re.compile(
    r"(?:[A-Z]{1,3}\d{2,4}\w?|[kMGT]Wh?|E?FLOPS|The|A|An|Its|Their|This|That|Our|Each|One|New|AI|GPU|TPU|\d+|Big|First|Tier|U|US)"
)
_VAGUE = re.compile(r"\b(?P<order>tens|hundreds) of (?P<scale>millions|billions) of (?:U\.S\. )?dollars\b", re.I)
_VAGUE_VALUES = {"tens": "10-100", "hundreds": "100-1,000"}
_WORDED = re.compile(
    rf"\b(?P<value>{'|'.join(WORD_VALUES)}) (?P<unit>(?:m|b)illion (?:U\.S\. )?dollars)\b",
    re.I,
)
_BEFORE_SUM = r"(?: (?:about|approximately|around|roughly|nearly|almost|some|over|more than|at least|up to|less than|under|an estimated|a reported|a total of|of|as much as|between))* ?[~≈><≥]?$"
_ARTICLE = re.compile(
    r"(?:\b(?:the|an?|its|their|this|new|first|planned|estimated|reported|roughly|over|more than|about)|[’']s|[~≈><]) ?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _System:
    """A named system in a sentence: its span, its name, and the words that name it; ``bare`` where nothing yet says that it is one."""

    start: int
    end: int
    name: str
    surface: str
    bare: bool = False


def read(view: BlockView, start: int, end: int, mentions: list[Mention]) -> Iterator[Reading]:
    """Yield what each named system of one sentence cost, or will cost, to build."""
    if view.context.document.kind == "filing":
        return
    text = view.context.document.text[start:end]
    sums = list(_sums(text))
    if not sums:
        return
    systems = list(_systems(view, text, start, mentions))
    for quantity in sums:
        if system := next((s for s in systems if _is_cost(text, s, quantity)), None):
            yield _reading(view, start, end, text, system, quantity)


def _sums(text: str) -> Iterator[Quantity]:
    if "llion" not in text and not any(sign in text for sign in "$€£¥"):
        return
    yield from (quantity for quantity in quantities(text) if quantity.family == "money")
    for found in _VAGUE.finditer(text):
        unit = f"{found['scale'].lower().removesuffix('s')} dollars"
        yield Quantity(found.start(), found.end(), _VAGUE_VALUES[found["order"].lower()], unit, "money", "~")
    for found in _WORDED.finditer(text):
        yield Quantity(found.start(), found.end(), WORD_VALUES[found["value"].lower()], found["unit"], "money", "=")


def _systems(view: BlockView, text: str, offset: int, mentions: list[Mention]) -> Iterator[_System]:
    """Yield the named systems of a sentence, in order; one that is only an owner's or a chip's has no name."""
    named, trained, called, located = _patterns()
    owners = [(m.start - offset, m.end - offset) for m in mentions if m.party.kind == "Organization"]
    products = {text[m.start - offset : m.end - offset] for m in mentions if m.party.kind == "Offering"}
    for found in trained.finditer(text):
        yield _System(found.start(), found.end(), f"{found['name']} cluster", found[0])
    for found in named.finditer(text):
        if name := _own_name(found, owners):
            # "The GPT-4 cluster" is no model.
            whole = f"{name} {found['noun']}" if name in products else name
            yield _System(found.end() - len(found[0]), found.end(), whole, found[0])
    for found in called.finditer(text):
        whole = f"{found['name']} {found['noun']}" if found["name"] in products else found["name"]
        yield _System(found.start(), found.end(), whole, found[0])
    known = _names(view.context.document.text)
    for found in re.finditer(rf"\b{_NAME}", text):
        if any(start < found.end() and found.start() < end for start, end in owners) or _NO_NAME.fullmatch(
            found["name"]
        ):
            continue
        noun = known.get(found["name"], "")
        name = f"{found['name']} {noun}".strip() if found["name"] in products else found["name"]
        yield _System(found.start(), found.end(), name, found["name"], bare=not noun)
    for found in located.finditer(text):
        yield _System(found.start(), found.end(), f"{found['name']} {found['noun']}", found[0])


def _own_name(found: re.Match[str], owners: list[tuple[int, int]]) -> str:
    """Return the name without the owner's and without what is no name; nothing where nothing is left."""
    begin, name = found.start("name"), found["name"]
    for start, end in owners:
        if start <= begin < end:
            name, begin = found.string[min(end, found.end("name")) : found.end("name")].strip(), end
    words = name.split()
    while words and _NO_NAME.fullmatch(words[0]):
        words.pop(0)
    return " ".join(words)


def _is_cost(text: str, system: _System, quantity: Quantity) -> bool:
    """Return whether the words say that ``quantity`` is what ``system`` costs to build."""
    around = text[min(system.end, quantity.start) : quantity.start] + " | " + text[quantity.end : quantity.end + 40]
    if _not_costs().search(around):
        return False
    if quantity.start >= system.end:
        return _told_behind(text, system, quantity)
    between, before = text[quantity.end : system.start], text[: quantity.start]
    if system.bare:
        return False
    if between in (" ", " AI ", "-") and _ARTICLE.search(before):
        return True
    spent, on = _spending()
    return bool(spent.search(before) and on.fullmatch(between))


def _told_behind(text: str, system: _System, quantity: Quantity) -> bool:
    costs, costs_of, is_, apposed = _telling()
    between = text[system.end : quantity.start]
    project, site = _kinds()
    if apposed.fullmatch(between) and (site if system.bare else project).match(text, quantity.end):
        return True
    if system.bare:
        return False
    return bool(costs.fullmatch(between) or (costs_of.search(text[: system.start]) and is_.fullmatch(between)))


def _reading(view: BlockView, start: int, end: int, text: str, system: _System, quantity: Quantity) -> Reading:
    clause = metric_frame.clause_around(text, quantity.start, quantity.end)
    period = metric_frame.period_of("", clause)
    written = f"{quantity.value} {quantity.unit}".strip()
    return Reading(
        predicate="HAS_METRIC",
        subject=Party(system.name, system.surface, "Facility", f"facility:{slug(system.name)}"),
        object=Party(written, written, "Value"),
        start=start,
        end=end,
        method="metric:capital_cost",
        modality=metric_frame.modality_of(
            view.context.document,
            text[max(0, quantity.start - 30) : quantity.start],
            text[quantity.end : quantity.end + 8],
            clause,
        ),
        qualifiers={
            "metric": METRIC,
            "value": quantity.value,
            "unit": quantity.unit,
            "comparator": quantity.comparator,
        },
        valid_from=period[0] if period else None,
        valid_to=period[1] if period else None,
        valid_precision=period[2] if period else "",
        quality=_SURE,
    )


@lru_cache(maxsize=4)
def _names(text: str) -> dict[str, str]:
    """Return the names that a document anywhere gives the word of a system, each with that word."""
    named, _, called, _ = _patterns()
    found = [(match["name"], match["noun"]) for pattern in (named, called) for match in pattern.finditer(text)]
    return {name: noun for name, noun in found if not _NO_NAME.fullmatch(name.split()[0])}


def _any(key: str) -> str:
    return "(?:" + "|".join(load_ontology().lexicons["metrics"]["systems"][key]) + ")"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a system: by its name before it, by the model trained on it, by the name it is given, by its place."""
    noun = f"(?P<noun>{_any('nouns')})"
    trained = r"(?:,? (?:on which|that|which|used|was|were|to|behind|for|trained|train|training|it))+"
    return (
        re.compile(rf"\b{_NAME}(?: {_any('kinds')}){{0,2}} {noun}\b"),
        re.compile(rf"\b{noun}{trained} {_NAME}(?: (?:was|were) trained)?"),
        re.compile(rf"\b{noun},? (?:called|named|dubbed|known as) {_NAME}"),
        re.compile(rf"\b{noun} in {_NAME}"),
    )


@cache
def _telling() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return how a cost follows a system, what stands before and behind one whose cost is named first, and how it is apposed."""
    aside = r"(?: (?:in|at|near|outside) [^,;.$]{1,40}?|, [^,;.$]{1,40},| \([^)]*\))?"
    return (
        re.compile(rf"(?:[’']s)?{aside}(?: {_any('between')})* {_any('cost_verbs')}{_BEFORE_SUM}"),
        re.compile(rf"\b{_any('costs_of')} (?:of|for) (?:the |its |their )?(?:[\w.]+[’']s )?$", re.I),
        re.compile(rf"{aside} {_any('is')}{_BEFORE_SUM}"),
        re.compile(rf"(?:{aside}(?:,| is| was| will be) (?:an?|the|its)(?: [\w.-]+,?){{0,3}}|{aside} \()[ ~≈><]*"),
    )


@cache
def _kinds() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what follows the sum that a system is apposed to: any project of a known one, the word of a system for any other name."""
    site = rf"{_any('nouns')}|DC|AI infrastructure"
    # "$4 trillion in data centers" is of no one.
    words = r"\+? (?:(?!(?:in|of|on|for|to|with|by|from)\b)[\w-]+ ){0,3}"
    return (
        re.compile(rf"{words}(?:{site}|investment|project|build-?out|build|complex)\b"),
        re.compile(rf"{words}(?:{site})\b"),
    )


@cache
def _spending() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the words of spending before a sum, and those between it and the system."""
    return (
        re.compile(rf"\b{_any('spends')}{_BEFORE_SUM}"),
        re.compile(rf" {_any('spent_on')} (?:the |its |their |an? )?(?:[\w.]+[’']s )?(?:(?!\S*\d)[\w-]+ ){{0,3}}"),
    )


@cache
def _not_costs() -> re.Pattern[str]:
    return re.compile(rf"\b{_any('not_costs')}\b", re.I)
