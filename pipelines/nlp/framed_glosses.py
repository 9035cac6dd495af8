"""Glosses: a name and the part it plays ("Acme — HBM supplier (since 2024)"), in list items and rows. What belongs here: those.

The words of the parts are data (``glosses`` of the predicate files). The other side is the page's own party; a part that
names a third party ("Acme — supplier of B") tells of that one and is left alone.
"""

import re
from collections.abc import Iterator
from functools import cache

from graph.model import load_ontology
from pipelines.nlp import force
from pipelines.nlp.cues import Cue
from pipelines.nlp.framed_items import frame_cue
from pipelines.nlp.framed_reading import reading, trust
from pipelines.nlp.members import members_in, organizations, unnamed, words
from pipelines.nlp.prose import role_of
from pipelines.nlp.reading import BlockView, Reading
from pipelines.nlp.slots import sides
from pipelines.records import Modality, Party

_HEAD_END = re.compile(r"\s[—–-]\s|:\s")
_LONGEST_HEAD = 60
_BRACKETED = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]")
# One part ends where the next begins; what stands behind a stop or semicolon tells more of it.
_PARTS = re.compile(r"\s*(?:,|\s\+\s|\s&\s|/|\band\b)\s*")
_STOP = re.compile(r";|\.\s|\s[—–]\s|:\s")
# What may follow the word of a part and still belong to it.
_AFTER = re.compile(r"(?:since|from|as of|via|through|in|until|for|on)\s", re.I)
# More words before the word of a part make a sentence of it; one of these makes it a part of something else.
_MOST_BEFORE = 4
_GOVERNING = re.compile(r"\b(?:of|for|to|from|by|with|vs|against|among|like|than|not|no|non|the)\b", re.I)


def read(view: BlockView) -> Iterator[Reading]:
    """Yield the parts that a list item's gloss gives to the name that opens it."""
    head = _HEAD_END.search(view.text[: _LONGEST_HEAD + 3])
    if view.block.kind != "list_item" or not head or not _parts_pattern().search(view.text.lower(), head.end()):
        return
    start = view.block.start
    members, other = sides(view, _opening(view, start, start + head.start()))
    if other is None or len(members) != 1 or _names_third(view, start + head.end(), (members[0], other.party)):
        return
    if ":" in head[0] and not members[0].key:
        # "Structure: equity and partnership": a label, unless a registry knows the name.
        return
    framed = frame_cue(view, view.block.lead_in, "lead_in")
    for cue, own, modality in _parts(view.text[head.end() :]):
        # Among competitors "chip supplier" says what a company is, not whose.
        if framed and framed[0].predicate != cue.predicate:
            continue
        made = reading(view, cue, members[0], other, (start, view.block.end), None, "gloss")
        made.modality = modality
        if cue.predicate == "SUPPLIES":
            # What else the gloss tells ("customer (AI cloud)") is of the name, not of the wares.
            made.qualifiers["role"] = cue.role or role_of(view.context.ontology.predicates["SUPPLIES"], own)
        yield made


def read_row(view: BlockView) -> Iterator[Reading]:
    """Yield the parts that the cells of a table row give to the name in its first cell, of the words that are parts anywhere."""
    cells = view.block.cells
    if (
        len(cells) < 2
        or cells[0].column != 0
        or not _parts_pattern().search(view.text.lower(), cells[0].end - cells[0].start)
    ):
        return
    members, other = sides(view, _opening(view, cells[0].start, cells[0].end))
    if other is None or len(members) != 1 or not members[0].named:
        return
    for cell in cells[1:]:
        if _names_third(view, cell.start, (members[0], other.party), cell.end):
            continue
        for cue, own, modality in _parts(view.context.document.text[cell.start : cell.end], words("row_glosses")):
            made = reading(view, cue, members[0], other, (view.block.start, view.block.end), None, "gloss")
            made.modality = modality
            made.quality = min(made.quality, trust("row_gloss", other.source))
            if cue.predicate == "SUPPLIES":
                made.qualifiers["role"] = cue.role or role_of(view.context.ontology.predicates["SUPPLIES"], own)
            yield made


def _opening(view: BlockView, start: int, end: int) -> list[Party]:
    """Return whom the head names, where it is no more than a name or the words of a group."""
    named = organizations(view, start, end)
    outside = sum(m.end - m.start for _, m in named)
    if named and (end - start) - outside > _MOST_BEFORE:
        return []
    found = members_in(view, start, end)
    return found if any(p.named for p in found) else [p for p in [unnamed(view.text[: end - start])] if p]


def _names_third(view: BlockView, start: int, known: tuple[Party, Party], last: int | None = None) -> bool:
    """Return whether the gloss, up to its first stop and outside of brackets, names another party than the two."""
    text = view.context.document.text[start : last or view.block.end]
    stop = _STOP.search(text)
    end = start + (stop.start() if stop else len(text))
    bracketed = [(start + m.start(), start + m.end()) for m in _BRACKETED.finditer(text)]
    identities = {party.identity for party in known}
    return any(
        party.identity not in identities and not any(a <= m.start < b for a, b in bracketed)
        for party, m in organizations(view, start, end)
    )


def _parts(gloss: str, only: frozenset[str] = frozenset()) -> Iterator[tuple[Cue, str, Modality]]:
    """Yield each part that ``gloss`` tells, with the words before it and its modality; with ``only``, those of these words."""
    told = _BRACKETED.sub(" ", gloss)
    stop = _STOP.search(told)
    seen = set()
    for part in _PARTS.split(told[: stop.start()] if stop else told):
        found = list(_parts_pattern().finditer(part.lower()))
        if not found:
            continue
        before, after = part[: found[-1].start()], part[found[-1].end() :].strip(" .")
        if only and found[-1][1] not in only:
            continue
        if len(before.split()) > _MOST_BEFORE or _GOVERNING.search(before) or (after and not _AFTER.match(after)):
            continue
        cue = _cues()[found[-1][1]]
        if cue.predicate not in seen:
            seen.add(cue.predicate)
            yield cue, before, _modality(before)


def _modality(before: str) -> Modality:
    lower = before.lower()
    if any(re.search(rf"(?<![\w-]){re.escape(word)}", lower) for word in words("past")):
        return "historical"
    if any(word in words("unsure") for word in re.findall(r"[\w-]+", lower)):
        return "hedged"
    return force.modality_of(before)


@cache
def _cues() -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for predicate in load_ontology().predicates.values():
        for entry in predicate.reading.get("glosses", ()):
            cue = Cue(
                predicate.name,
                entry["member"],
                kind=entry.get("kind", ""),
                role=entry.get("role", ""),
                quality=entry.get("quality", 1.0),
            )
            found |= dict.fromkeys(entry["words"], cue)
    return found


@cache
def _parts_pattern() -> re.Pattern[str]:
    ordered = sorted(_cues(), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, ordered)) + r")(?![\w-])")
