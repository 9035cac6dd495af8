"""Labels that name a party and what binds it ("Acme stake | 11 %", "Acme stake: sold in full"). What belongs here: those.

What does not: labels of a predicate alone, whose value names the members (``framed_tables``, ``framed_items``).
"""

import re
from collections.abc import Iterator
from functools import cache

from graph.model import load_ontology
from pipelines.nlp.cues import Cue, plain
from pipelines.nlp.framed_fragments import directed
from pipelines.nlp.framed_reading import reading
from pipelines.nlp.members import organizations
from pipelines.nlp.reading import BlockView, Filled, Reading
from pipelines.nlp.slots import holds, other_side
from pipelines.records import Party

_LABEL_END = re.compile(r":\s")
# Where the name and word of a heading end ("Acme acquisition (May 2026)"), and what may number it.
_HEADING_END = re.compile(r"\s*(?:[(:,→]|\s[—–-]\s|$)")
_NUMBER = re.compile(r"(?:\d+[.)]\s*)?$")
_LONGEST = 60
# Without a figure behind it the label of a row or item of this kind is a topic.
_FIGURE = re.compile(r"\d\s?%|[$€£¥]\s?\d|\d\s?[MG]W\b")


@cache
def _cues() -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for predicate in load_ontology().predicates.values():
        for entry in predicate.reading.get("named_labels", ()):
            told = {key: entry[key] for key in ("kind", "direction", "quality") if key in entry}
            found |= dict.fromkeys(entry["words"], Cue(predicate.name, entry["member"], **told))
    return found


def read(view: BlockView) -> Iterator[Reading]:
    """Yield the claim of one row, list item or heading whose label is a name and a word that binds it to the frame's party."""
    block = view.block
    if block.kind == "heading":
        end = block.start + _HEADING_END.search(view.text).start()  # type: ignore[union-attr]
    elif block.kind == "table_row":
        if len(block.cells) < 2 or block.cells[0].column != 0:
            return
        end = block.cells[0].end
    else:
        label = _LABEL_END.search(view.text[: _LONGEST + 2])
        if not label:
            return
        end = block.start + label.start()
    yield from _labelled(view, end)


def _labelled(view: BlockView, end: int) -> Iterator[Reading]:
    start, text = view.block.start, view.context.document.text
    named = organizations(view, start, end)
    if len(named) != 1 or end - start > _LONGEST:
        return
    figured = bool(_FIGURE.search(text, end, view.block.end))
    if view.block.kind != "heading" and not figured:
        return
    member, mention = named[0]
    if not _NUMBER.match(text[start : mention.start].strip(" *~•")):
        return
    cue = _cues().get(plain(re.sub(r"^['’]s ", "", text[mention.end : end].lstrip())))
    other = other_side(view, [member]) if cue else None
    # A heading of a deal without a figure may be about any kind of deal.
    if cue is None or other is None or (cue.direction == "chain" and not figured):
        return
    if cue.predicate == "OWNS" and _undirected(cue, holds(view, member, other.party)):
        return
    frame = Filled(Party(cue.predicate, text[mention.end : end].strip(), "Value"), "lead_in", mention.end, end)
    made = directed(view, cue, member, other)
    yield reading(view, made, member, other, (start, view.block.end), frame, "label")


def _undirected(cue: Cue, owner: bool | None) -> bool:
    """Return whether an ownership is no claim: an investor is not what another acquires, and of equals "stake" tells no direction."""
    return owner is None if cue.direction == "holder" else bool(owner)
