"""EXPOSED_TO and RELIEVES of items and rows: a risk table, a list of risks, a limit stated without a verb.

What belongs here: a scarcity in a block whose frame says who is limited. What does not: sentences that name or imply the
limited party themselves (``exposure``).
"""

import re
from collections.abc import Iterator
from functools import cache

from graph.model import load_ontology
from pipelines.nlp.cues import plain
from pipelines.nlp.limits import limits_in, scan
from pipelines.nlp.members import organizations, words
from pipelines.nlp.reading import BlockView, Filled, Reading
from pipelines.nlp.scarcity import Scarcity, named_in, off_list
from pipelines.nlp.slots import other_side
from pipelines.records import Party

_REACH = 90
# What speaks of the trade as a whole without a verb is short.
_LONGEST_FRAGMENT = 14
_ELSEWHERE = re.compile(r"\W*(?:see|read|related|next)\b[: ]", re.I)
# A title of risks is short, whatever it says of them: "Key supply-chain bottlenecks (2026)".
_LONGEST_TITLE = 4
_ASIDE = re.compile(r"\([^()]*\)|\b20\d\d\b|^\W*\d+[.)]?\s")
# The head of an item among risks names its scarcity in these many words: "Power", "Land and permits".
_LONGEST_HEAD = 4
_RELIEF_REACH = 50
_HEAD = re.compile(r"^[^:;.—–]{3,60}(?=:|;|\.|\s[—–-]\s|$)")
# Who is limited where no frame names a party and the text speaks of the trade as a whole.
_INDUSTRY = Party("industry", "industry", "Industry")


@cache
def _pattern(predicate: str, key: str) -> re.Pattern[str]:
    listed = sorted(load_ontology().predicates[predicate].reading[key], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, listed)) + r")(?!\w)", re.I)


def item(view: BlockView) -> Iterator[Reading]:
    """Yield the scarcities of one list item: under a heading of risks, or beside a word of limit."""
    block = view.block
    below_risks = any(is_risk_heading(view, i) for i in (block.lead_in, *block.headings[-1:]) if i is not None)
    yield from _run(view, block.start, block.end, None, "risk_heading" if below_risks else "")


def paragraph(view: BlockView) -> Iterator[Reading]:
    """Yield the relief of a paragraph that opens with its verb: it tells about whom the frame names."""
    first = view.text.split(" ", 1)[0].strip(":,.")
    if not _pattern("RELIEVES", "verbs").fullmatch(first) or organizations(view, view.block.start, view.block.end):
        return
    for scarcity in named_in(view.text):
        if _relief(view.text, scarcity):
            yield from _reading(view, "RELIEVES", scarcity, None, "relief")


def row(view: BlockView, titles: dict[int, str], own: Filled | None) -> Iterator[Reading]:
    """Yield the scarcities of one row; ``titles`` are the texts of the header by column, ``own`` the row's party."""
    risks = [c for c in view.block.cells if plain(titles.get(c.column, "")) in words("risk_columns")]
    risks += [c for c in view.block.cells if c.column == 0 and plain(titles.get(0, "")).endswith(" risk")]
    if own and any(cell.start <= own.start < cell.end for cell in risks):
        own = None
    for cell in view.block.cells:
        if plain(titles.get(cell.column, "")) in words("remedy_columns"):
            continue
        yield from _run(view, cell.start, cell.end, own, "risk_column" if cell in risks else "")


def is_risk_heading(view: BlockView, index: int) -> bool:
    """Return whether the block ``index`` is a title under which each item names a risk."""
    document = view.context.document
    title = plain(_ASIDE.sub("", document.text_of(document.blocks[index])))
    told = title.split()
    return title in words("risk_headings") or (0 < len(told) <= _LONGEST_TITLE and told[-1] in words("risk_nouns"))


def _run(view: BlockView, start: int, end: int, own: Filled | None, frame: str) -> Iterator[Reading]:
    text = view.context.document.text[start:end]
    if _ELSEWHERE.match(text):
        return
    named = organizations(view, start, end)
    another = frame and named and other_side(view, [], None) and _modifies(text, named[0][1].end - start)
    if named and own is None and not another:
        if not frame or len({party.identity for party, _ in named}) > 1:
            return
        own, frame = Filled(named[0][0], "row", named[0][1].start, named[0][1].end), ""
    for scarcity in _named(text) if frame else named_in(text):
        if _relief(text, scarcity):
            yield from _reading(view, "RELIEVES", scarcity, own, "relief")
        elif frame or _limited(view, text, scarcity, own):
            yield from _reading(view, "EXPOSED_TO", scarcity, own, frame or "limit")


def _modifies(text: str, at: int) -> bool:
    """Return whether the name that ends at ``at`` only says whose supply is short ("Acme chip shortage"): the risk is another's."""
    parted = re.split(r"[:;.,(—–]", text[at : at + _REACH])[0]
    return any(limit.start < len(parted) for limit in limits_in(parted)) or bool(off_list(parted))


def _named(text: str) -> list[Scarcity]:
    """Return the scarcities of a run among risks: by their terms, else by the resource or the shortage that heads it."""
    if found := named_in(text) or _stated(text):
        return found
    head = _HEAD.match(text)
    if head is None:
        return []
    short = scan(head[0]) if len(head[0].split()) <= _LONGEST_HEAD else {}
    hits = [hit for role in ("limits", "resources") for hit in short.get(role, ())]
    rest = "".join(" " if any(h.start <= at < h.end for h in hits) else c for at, c in enumerate(head[0]))
    beside = set(re.findall(r"[\w-]+", rest.lower()))
    codes = {hit.code: hit for hit in hits} if beside <= set(words("risk_head_words")) else {}
    listed = [Scarcity(code, hit.start, hit.end) for code, hit in sorted(codes.items())]
    extra = off_list(head[0])
    return [s for s in listed if not s.code.startswith("other:")] or ([extra] if extra else listed)


def _stated(text: str) -> list[Scarcity]:
    """Return the scarcities that a run among risks states as a sentence does ("the bottleneck is power")."""
    return [Scarcity(s.code, s.start, s.end) for s in limits_in(text) if s.how != "named" and s.code[:6] != "other:"]


def _limited(view: BlockView, text: str, scarcity: Scarcity, own: Filled | None) -> bool:
    """Return whether a word of limit stands near; where no frame names a party, it must be bound to what is scarce."""
    if other_side(view, [], own) is None:
        return len(text.split()) <= _LONGEST_FRAGMENT and any(
            limit.code == scarcity.code and limit.how != "named" for limit in limits_in(text)
        )
    near = text[max(0, scarcity.start - _REACH) : scarcity.end + _REACH]
    return bool(_pattern("EXPOSED_TO", "frame_limits").search(near))


def _relief(text: str, scarcity: Scarcity) -> bool:
    """Return whether the run opens with a verb of relief before ``scarcity``: its subject is the frame's."""
    match = _pattern("RELIEVES", "verbs").match(text)
    return bool(match) and scarcity.start - match.end() < _RELIEF_REACH  # type: ignore[union-attr]


def _reading(view: BlockView, predicate: str, scarcity: Scarcity, own: Filled | None, means: str) -> Iterator[Reading]:
    filled = other_side(view, [], own)
    if filled is None and predicate == "RELIEVES":
        return
    party = filled.party if filled else _INDUSTRY
    source = filled.source if filled else "industry"
    trusted = load_ontology().lexicons["frames"]["trust"]["limit"].get(means, {})
    yield Reading(
        predicate=predicate,
        subject=party,
        object=Party(scarcity.code, scarcity.code, "Bottleneck", scarcity.code),
        start=view.block.start,
        end=view.block.end,
        method=f"framed:{predicate.lower()}.{means}",
        qualifiers={"severity": "is"} if predicate == "EXPOSED_TO" else {},
        fills={"subject": filled} if filled and filled is not own else {},
        quality=trusted.get(source, 0.6),
    )
