"""Slots: which frame may name the party that an item, a row or a fragment leaves open. What belongs here: that order.

Measured on the annotated texts (docs/adr/0008): the item's or row's own party first, then the parent item, then the
heading that is no more than a name, then the page's topic, then a heading that names one party among other words, then
the filer. A frame that holds one of the members is never the other side.
"""

import re
from collections.abc import Iterator
from functools import cache

from graph.model import load_ontology
from pipelines.nlp.cues import is_title_word, plain
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import BlockView, Filled, Mention
from pipelines.records import Block, Party

# A heading with more further words than this is about something else than the party it names.
_FURTHER_WORDS = 1


def other_side(view: BlockView, members: list[Party], nearest: Filled | None = None) -> Filled | None:
    """Return who stands on the other side of ``members``, or None where no frame says."""
    taken = {party.identity for party in members}
    for filled in _frames(view, nearest):
        if (filled.party.identity) not in taken:
            return filled
    return None


def sides(view: BlockView, members: list[Party], nearest: Filled | None = None) -> tuple[list[Party], Filled | None]:
    """Return the members and who stands on the other side of them.

    A list that holds the first frame's own party among others ("A, B and C compete" on A's page) tells of that party and
    the rest.
    """
    first = next(_frames(view, nearest), None)
    if first and len(members) > 1 and any(party.identity == first.party.identity for party in members):
        return [party for party in members if party.identity != first.party.identity], first
    return members, other_side(view, members, nearest)


def heading_party(view: BlockView) -> Filled | None:
    """Return the innermost party that a heading above names and that is not what the page is about."""
    topic = view.context.topic
    strong, weak = _headings(view)
    return next((f for f in (*strong, *weak) if topic and f.party.identity != topic.party.identity), None)


def _frames(view: BlockView, nearest: Filled | None) -> Iterator[Filled]:
    if nearest:
        yield nearest
    strong, weak = _headings(view)
    yield from strong
    if view.context.topic:
        yield view.context.topic
    yield from weak
    if view.context.filer:
        yield view.context.filer


def _headings(view: BlockView) -> tuple[list[Filled], list[Filled]]:
    """Return the parties of the lead-in, the caption and the headings, innermost first: sure ones, then others."""
    strong: list[Filled] = []
    weak: list[Filled] = []
    block, document = view.block, view.context.document
    above = [i for i in (block.lead_in, block.caption) if i is not None] + list(reversed(block.headings))
    for index in dict.fromkeys(above):
        frame = document.blocks[index]
        named = _named(view, frame)
        if len({party.identity for party, _ in named}) != 1:
            continue
        party, mention = named[0]
        source = "heading" if frame.kind in ("heading", "title") else "lead_in"
        filled = Filled(party, source, mention.start, mention.end)  # type: ignore[arg-type]
        (strong if _is_own(document.text_of(frame), [m for _, m in named], frame) else weak).append(filled)
    return strong, weak


def _named(view: BlockView, frame: Block) -> list[tuple[Party, Mention]]:
    mentions = view.context.mentions.get(frame.index, [])
    found = [(owner_of(m.party, view.context.registry), m) for m in mentions]
    return [(party, mention) for party, mention in found if party.kind == "Organization"]


def _is_own(text: str, mentions: list[Mention], frame: Block) -> bool:
    rest = text
    for mention in reversed(mentions):
        rest = rest[: mention.start - frame.start] + " " + rest[mention.end - frame.start :]
    further = [w for w in plain(rest).replace("’s", "").replace("'s", "").split() if w.strip(".,:;&/|()–—-")]
    return sum(not is_title_word(w.strip(".,:;&/|()")) for w in further) <= _FURTHER_WORDS


def buys_from(view: BlockView, one: Party, other: Party, words: str = "") -> bool | None:
    """Return whether ``one`` is the buyer of the two by their places in the chain of supply; None where that is open.

    Where ``words`` tell of hosting ("a cloud contract"), the one that hosts is the seller, to a maker of chips, too.
    """
    lexicon = view.context.ontology.lexicons["frames"]
    chain, hosts = lexicon["chain"], lexicon["hosts"]
    places = [_segment(view, party) for party in (one, other)]
    if _hosting().search(words) and (places[0] in hosts) != (places[1] in hosts):
        return places[1] in hosts
    if any(place not in chain for place in places) or places[0] == places[1]:
        return None
    return bool(chain.index(places[0]) < chain.index(places[1]))


def holds(view: BlockView, one: Party, other: Party) -> bool | None:
    """Return whether ``one`` is the owner of the two by what they do; None where that is open."""
    lexicon = view.context.ontology.lexicons["frames"]
    places = [_segment(view, party) for party in (one, other)]
    rank = [0 if place in lexicon["holders"] else 2 if place in lexicon["held"] else 1 for place in places]
    return None if rank[0] == rank[1] else rank[0] < rank[1]


@cache
def _hosting() -> re.Pattern[str]:
    wares = load_ontology().lexicons["frames"]["hosting"]
    return re.compile(rf"\b(?:{'|'.join(wares)})\b", re.I)


def _segment(view: BlockView, party: Party) -> str:
    org = view.context.registry.organizations.get(party.key)
    return org.segment if org else ""
