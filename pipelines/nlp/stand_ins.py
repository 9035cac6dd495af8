"""Stand-ins: words that take up a party named elsewhere, as mentions of it. What belongs here: which words, and whom.

"It" and "the company" mean the party in focus (``focus``), "we" the filer or the speaker's firm, and an item that begins
with a verb tells of the page's topic. The frame that tells who is meant travels with the mention.
"""

import re
from functools import cache

from graph.model import load_ontology
from pipelines.nlp.focus import in_focus
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import BlockView, Filled, Mention
from pipelines.nlp.sentences import sentences
from pipelines.nlp.slots import other_side

# So far into its sentence a word still opens it: "Meanwhile, it".
_OPENING = 14


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = load_ontology().lexicons["clauses"]
    nouns, verbs = "|".join(words["firm_nouns"]), "|".join(words["heading_verbs"])
    return (
        re.compile(rf"(?<![\w’'])(?:[Ii]t|[Tt]he (?:{nouns}))(?![\w’'-])"),
        re.compile(r"(?<![\w’'])(?:[Ww]e|[Ww]e[’']re|[Ww]e[’']ve)(?![\w’'-])"),
        re.compile(rf"\W*(?=(?:{verbs})\b)"),
    )


def stand_ins(view: BlockView, start: int, end: int) -> list[Mention]:
    """Return the mentions that the words of one sentence leave to a frame; disjoint from the names in it."""
    text = view.context.document.text[start:end]
    taking, first_person, headless = _patterns()
    found = [
        Mention(start + m.start(), start + m.end(), fill.party, fill)
        for m in taking.finditer(text)
        if not _named_at(view, start + m.start()) and (fill := _meant(view, start, start + m.start()))
    ]
    if we := view.first_person:
        found += [Mention(start + m.start(), start + m.end(), we.party, we) for m in first_person.finditer(text)]
    opens = start == view.block.start or any(cell.start == start for cell in view.block.cells)
    if opens and (lead := headless.match(text)) and (topic := _about(view, start)):
        at = start + lead.end()
        found.append(Mention(at, at, topic.party, topic))
    return found


def _named_at(view: BlockView, at: int) -> bool:
    return any(m.start <= at < m.end for m in view.mentions)


def _meant(view: BlockView, start: int, at: int) -> Filled | None:
    """Return whom a word that opens a sentence takes up: the party in focus, the one that the sentence before begins with,
    or, where that names nobody, what the page is about.
    """
    if meant := in_focus(view, start, at):
        return meant
    before = [span for span in sentences(view.text, view.block.start) if span[1] <= start]
    if at - start > _OPENING:
        return None
    named = [m for m in view.mentions if before and before[-1][0] <= m.start and m.end <= before[-1][1]]
    firms = [(owner_of(m.party, view.context.registry), m) for m in named]
    firms = [(party, m) for party, m in firms if party.kind == "Organization"]
    if not firms:
        return view.context.topic
    party, first = firms[0]
    if first.start != before[-1][0] or _joined(view, [m for _, m in firms]):
        return None
    return Filled(party, "focus", first.start, first.end)


def _joined(view: BlockView, named: list[Mention]) -> bool:
    """Return whether the first of ``named`` begins a list: "Arista and Nokia" are not one party."""
    between = view.context.document.text[named[0].end : named[1].start] if len(named) > 1 else "."
    return bool(re.fullmatch(r"\s?(?:,|&|/|-|–|and|or|,? and|\s)*\s?", between))


def _about(view: BlockView, start: int) -> Filled | None:
    """Return whom a headless clause tells of: the row's own party for a cell, else the speaker or the page's party."""
    if view.block.cells and start > view.block.cells[0].end:
        first = view.block.cells[0]
        named = [m for m in view.mentions if first.start <= m.start and m.end <= first.end]
        firms = [(owner_of(m.party, view.context.registry), m) for m in named]
        firms = [(party, m) for party, m in firms if party.kind == "Organization"]
        if len({party.identity for party, _ in firms}) == 1:
            party, mention = firms[0]
            return Filled(party, "row", mention.start, mention.end)
    return view.first_person or other_side(view, [])
