"""Whom a number is of. What belongs here: the subject of one quantity in a sentence, an item or a label.

What does not: what the number measures (``metrics``), how a subject is named (``subject_names``). Nearest first: a party in the number's own clause, the words right beside the
number, the grammatical subject, the label of the item, first person, then heading, lead-in and topic.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from graph.model import load_ontology
from pipelines.nlp.focus import in_focus
from pipelines.nlp.mentions import directory_of, owner_of
from pipelines.nlp.pipeline import Parsed
from pipelines.nlp.reading import BlockView, Filled, Mention
from pipelines.nlp.subject_names import LONGEST, is_group, own_words, party_of
from pipelines.records import Block, FrameSource, Party

if TYPE_CHECKING:
    from spacy.tokens import Token

Parse = Callable[[], Parsed]

_FIRST_PERSON = re.compile(r"\b(?:we|our|us|the Company)\b", re.I)
_CLAUSE_START = re.compile(
    r"[;•→✅]\s|(?<!\bvs)[.!?]\s(?=[A-Z])|,? (?:and|but|while|whereas|as|because|though|although)(?: that)? (?=(?:\S+ ){1,6}?(?:is|are|was|were|has|have|had|will|expects?|plans?|\w+ed|\w+s) )"
    r"|\b(?:said|says|reported|reports|estimates|estimated|expects|noted|shows|showed|that|which means)(?: that)? (?=[A-Z])|\)\s[—–]\s|\s[—–]\s"
)
# A party behind one of these is not the one whose number the clause gives.
_OBLIQUE = re.compile(
    r"\b(?:by|with|from|to|for|in|on|at|against|via|like|than|vs\.?|versus|over|under|using|near|per|through|of|and|compared|improv\w+|increas\w+|reduc\w+|boost\w+|accelerat\w+)"
    r"(?: the| a| an| its| single| \d[\w-]*)* ?$",
    re.I,
)
_OBLIQUE_REACH = 32
# Who reports a number is not whose it is.
_REPORTS = re.compile(r" (?:estimates?|estimated|says|said|reckons?|pegs?|argues?|calculates?|calculated)\b")
_LABEL = re.compile(r"^\W{0,4}([^:|]{2,70}?)(?:\s?:\s|\s[—–]\s|\s=\s)")
_BEFORE_BRACKET = re.compile(r"((?:[\w&'’./→+-]+\s){0,5}[\w&'’./→+-]+)\s\($")
_AFTER = re.compile(r"^(?:/\w+)?[- ]((?:[A-Z][\w&'’.-]*\s){0,4}(?:[\w-]+\s)?[\w-]+)")
_FOR = re.compile(r"^(?:/\w+)? (?:for|per|in|at) (?:an? |the )?((?:[\w&'’/+-]+\s){0,4}[\w&'’/+-]+)")
_POSSESSIVE = re.compile(r"((?:[\w&-]+\s){0,2}[\w&-]+)['’]s?\s(?:\w+\s){0,3}$")
# Beyond so many characters nothing tells whose a number is.
_AROUND = 1500
# So many words before a number are a fragment's at most ("Capacity today: 55 GW").
_BEFORE_TOPIC = 4
_ALLOTTED = re.compile(r" of (?:\S+ ){0,3}?(?=\S)")
_RELATIVE = re.compile(r"(?:™|®)?(?: [\w-]+){0,5}?,? (?:that|which)\s[^,;.]{0,80}$")
_LISTED = re.compile(r"(?:[(,:;]|\band) ?([A-Z][\w&.-]*) [~≈]?$")
_START = re.compile(
    r"^\W{0,3}((?:[\w&'’/+.-]+\s){1,5}?)(?:costs?|adding|adds?|draws?|consumes?|uses?|using|requires?|needs?|averag\w+|hits?|reach\w*|deliver\w*|achiev\w*|now|typically|currently|is|are|was|were|has|have|had|can|will)\s"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is measured, the frame that says so where the sentence does not, and whether the choice is sure."""

    party: Party
    fill: Filled | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A quantity in its sentence: absolute spans, the mentions of the sentence, and its parse on demand."""

    view: BlockView
    start: int
    end: int
    number: int
    number_end: int
    mentions: list[Mention]
    parse: Parse | None
    big: bool = False
    part: bool = False
    framed: str = "any"

    @property
    def before(self) -> str:
        """Return the words of the sentence before the number."""
        return self.view.context.document.text[max(self.start, self.number - _AROUND) : self.number]

    @property
    def after(self) -> str:
        """Return the words of the sentence after the number."""
        return self.view.context.document.text[self.number_end : min(self.end, self.number_end + _AROUND)]


def subject_of(place: Place) -> Subject | None:
    """Return whom the number is of, or None where nobody can be meant, or the number is what one deploys of another's."""
    if (
        place.big
        and _ALLOTTED.match(place.after)
        and any(0 <= m.start - place.number_end <= 24 for m in place.mentions)
    ):
        return None
    # A filing's own capital expenditure is the filer's, whatever else its sentences name.
    filed = place.big and place.view.context.filer is not None
    steps = (_in_clause, _speaker, _by_frame) if filed else _STEPS
    for step in steps:
        if subject := step(place):
            return subject
    return None


def _measured(place: Place, start: int, end: int) -> list[Mention]:
    kinds = ("Organization", "Facility") if place.big else ("Organization", "Offering", "Facility")
    stops = load_ontology().lexicons["metrics"]["not_subjects"]
    return [
        m
        for m in place.mentions
        if m.party.kind in kinds
        and start <= m.start
        and m.end <= end
        and (m.party.key or m.party.name.lower() not in stops)
    ]


def _clauses(before: str) -> Iterator[int]:
    """Yield where clauses before the number start, nearest first."""
    starts = [m.end() for m in _CLAUSE_START.finditer(before)]
    yield from (*reversed(starts), 0)


def _beside(place: Place) -> Subject | None:
    """Return the group that the number is said to be of ("hyperscalers' $600B"), or the site that it is part of the name of."""
    if (owner := _POSSESSIVE.search(place.before)) and (party := own_words(owner[1])):
        return Subject(party, None, False)
    if not place.big or (place.after[:1] not in " -"):
        return None
    after = _AFTER.match(place.after)
    if (
        after
        and after[1][:1].isupper()
        and re.search(r"\b(?:campus|data ?cent(?:er|re)|cluster|plant|site|facility|park)\b", after[1])
    ):
        named = own_words(after[1])
        return Subject(named, None, False) if named else None
    return None


def _in_clause(place: Place) -> Subject | None:
    start = place.number - len(place.before) + next(_clauses(place.before))
    return _of_mentions(place, start, place.number)


def _of_mentions(place: Place, start: int, end: int) -> Subject | None:
    named = _measured(place, start, end)
    text = place.view.context.document.text
    if named and (taken_up := _before_relative(text, named, end)):
        return Subject(party_of(place.view, taken_up), None, True)
    free = [m for m in named if _is_free(text, start, m)]
    if not free:
        return None
    parties = {party_of(place.view, m).identity for m in named}
    chosen = next((m for m in free if not _qualifies_next(m, free, text)), free[0])
    sure = (len(parties) == 1 or len(free) == 1) and not _of_a_deal().match(text, chosen.end)
    return Subject(party_of(place.view, chosen), None, sure)


@cache
def _of_a_deal() -> re.Pattern[str]:
    """Return the pattern of the words that make a deal's name of the party before them ("Acme anchor contract")."""
    nouns = "|".join(map(re.escape, load_ontology().lexicons["metrics"]["deal_nouns"]))
    return re.compile(rf"[ -](?:[\w-]+ )?(?:{nouns})\b", re.I)


def _is_free(text: str, start: int, mention: Mention) -> bool:
    """Return whether a mention may be whose a number is: not behind a preposition, and not who only reports it."""
    before = text[max(start, mention.start - _OBLIQUE_REACH) : mention.start]
    return not _OBLIQUE.search(before) and not _REPORTS.match(text, mention.end)


def _before_relative(text: str, named: list[Mention], end: int) -> Mention | None:
    """Return the mention that a relative clause with the number takes up ("for the X platform, which cuts latency by")."""
    last = named[-1]
    return last if _RELATIVE.match(text[last.end : end]) else None


def _beside_sum(place: Place) -> Subject | None:
    """Return who stands right before a sum in a list of sums ("Alphabet $185B, Meta $135B"); nobody for an unknown name."""
    found = _LISTED.search(place.before)
    if found is None:
        return None
    at = place.number - len(place.before) + found.start(1)
    mention = next((m for m in place.mentions if m.start <= at < m.end), None)
    if mention and mention.party.kind == "Organization":
        return Subject(party_of(place.view, mention), None, True)
    known = directory_of(place.view.context.registry).ticker(found[1])
    return Subject(Party(known[1], found[1], "Organization", known[0]), None, True) if known else None


def _qualifies_next(mention: Mention, mentions: list[Mention], text: str) -> bool:
    """Return whether the mention only says whose the next one is: "NVIDIA Blackwell", "NVIDIA's GB200"."""
    return any(
        0 < m.start - mention.end <= 3
        and text[mention.end : m.start] in (" ", "'s ", "’s ")
        and m.party.kind == "Offering"
        for m in mentions
    )


def _labelled(place: Place) -> Subject | None:
    """Return the label of an item ("GB200 rack: 120 kW") where it names a party or something measurable."""
    label = None if place.part else _LABEL.match(place.before)
    if not label:
        return None
    if named := _measured(place, place.start, place.number - len(place.before) + label.end()):
        return Subject(party_of(place.view, named[0]), None, len(named) == 1)
    party = own_words(label[1])
    return owned_part(place.view, Subject(party, None, False), place.big) if party else None


def owned_part(view: BlockView, subject: Subject, big: bool) -> Subject | None:
    """Return the party whose page or section it is where ``subject`` is but an unnamed part of what it has.

    "Nuclear fleet: 21 GW" on a company's page is its capacity; groups ("hyperscalers") stay themselves. In a filing a part's
    figure is nobody's: the filer's own stands beside it.
    """
    if big and view.context.filer and not subject.party.named:
        return None
    if not big or subject.party.named or is_group(subject.party.name):
        return subject
    framed = framed_subject(view, big, "any")
    return Subject(framed.party, framed.fill, False) if framed and framed.party.kind == "Organization" else subject


def _in_words(place: Place) -> Subject | None:
    """Return the words right beside the number, or its grammatical subject, where they name something measurable."""
    if (found := _BEFORE_BRACKET.search(place.before)) and (party := own_words(found[1])):
        return Subject(party, None, False)
    if grammatical := _grammatical(place):
        return grammatical
    if (found := _START.match(place.before)) and (party := own_words(found[1])):
        return Subject(party, None, False)
    found = _FOR.match(place.after)
    party = own_words(found[1]) if found else None
    return Subject(party, None, False) if party else None


def _grammatical(place: Place) -> Subject | None:
    if place.parse is None or not place.before.strip():
        return None
    parsed = place.parse()
    token = next((t for t in parsed.tokens if parsed.span(t, t)[1] > place.number), None)
    while token is not None:
        subjects = [
            c for c in token.children if c.dep_ in ("nsubj", "nsubjpass") and parsed.span(c, c)[1] <= place.number
        ]
        if subjects:
            return _of_token(place, parsed, subjects[-1])
        token = token.head if token.head.i != token.i else None
    return None


def _of_token(place: Place, parsed: Parsed, token: "Token") -> Subject | None:
    if mention := parsed.mention_of.get(token.i):
        kinds = ("Organization", "Facility") if place.big else ("Organization", "Offering", "Facility")
        if mention.party.kind in kinds and _is_free(place.view.context.document.text, place.start, mention):
            return Subject(party_of(place.view, mention), None, True)
        return None
    if token.lower_ in ("it", "they", "this", "that", "company", "which"):
        filled = in_focus(place.view, place.start, parsed.span(token, token)[0])
        return Subject(filled.party, filled, False) if filled else None
    parts = [t for t in token.lefts if t.dep_ in ("compound", "amod", "nmod", "nummod", "quantmod", "punct")] + [token]
    first = min((t for p in parts for t in p.subtree if t.i <= token.i), key=lambda t: t.i)
    text = place.view.context.document.text
    begin, end = parsed.span(first, token)
    # "lead times for transformers": whom the noun is of stands behind it.
    _, last = parsed.span(first, max(token.subtree, key=lambda t: t.i))
    party = own_words(text[begin:end]) or own_words(text[begin : min(last, place.number)])
    return Subject(party, None, False) if party else None


def _speaker(place: Place) -> Subject | None:
    speaker = place.view.first_person
    if speaker and _FIRST_PERSON.search(place.before + " " + place.after):
        return Subject(speaker.party, speaker, True)
    return None


def _earlier(place: Place) -> Subject | None:
    """Return a party of another clause of the sentence, nearest first; such a choice is never sure."""
    for start in _clauses(place.before):
        if found := _of_mentions(place, place.number - len(place.before) + start, place.number):
            return Subject(found.party, None, False)
    text = place.view.context.document.text
    named = [m for m in _measured(place, place.start, place.number) if not _REPORTS.match(text, m.end)] or [
        m for m in _measured(place, place.number, place.end) if _is_free(text, place.number, m)
    ]
    if not named:
        return None
    chosen = named[-1] if named[-1].end <= place.number else named[0]
    return Subject(party_of(place.view, chosen), None, False)


def _by_frame(place: Place) -> Subject | None:
    # What stands before the number names a subject of its own, if an unknown one: the page's topic is not meant.
    if place.framed == "any" and len(place.before.split()) > _BEFORE_TOPIC and place.view.context.filer is None:
        return framed_subject(place.view, place.big, "headings")
    return framed_subject(place.view, place.big, place.framed)


_STEPS = (_beside_sum, _beside, _in_clause, _labelled, _in_words, _speaker, _earlier, _by_frame)


def framed_subject(view: BlockView, big: bool, framed: str) -> Subject | None:
    """Return whom lead-in, headings, topic or filer give to a text that names none.

    ``big`` says that the number is of a size (capital, megawatts) that no product has: products are passed over.
    ``framed`` says which frames may: "any", "headings" (those and the lead-in), "section" (the same, where they are little
    more than a name) or "none".
    """
    if framed == "none":
        return None
    context = view.context
    frames = ([] if view.block.lead_in is None else [view.block.lead_in]) + list(reversed(view.block.headings))
    for index in frames:
        if found := _of_frame(view, context.document.blocks[index], big, framed):
            return found
    if framed != "any":
        return None
    if not big and (product := _titled_product(view)):
        return product
    filled = context.topic or context.filer
    return Subject(filled.party, filled, filled.source not in ("topic", "title")) if filled else None


def _titled_product(view: BlockView) -> Subject | None:
    """Return the one product that the document's title names, or None."""
    context = view.context
    title = next(
        (b for b in context.document.blocks if b.kind == "title" or (b.kind == "heading" and b.level == 1)), None
    )
    mentions = context.mentions.get(title.index, []) if title else []
    products = {p.identity: (p, m) for m in mentions if (p := party_of(view, m)).kind == "Offering"}
    if len(products) != 1:
        return None
    ((party, mention),) = products.values()
    return Subject(party, Filled(party, "title", mention.start, mention.end), False)


def _of_frame(view: BlockView, frame: Block, big: bool, framed: str) -> Subject | None:
    context = view.context
    source: FrameSource = "heading" if frame.kind in ("heading", "title") else "lead_in"
    mentions = [m for m in context.mentions.get(frame.index, []) if m.party.kind in ("Organization", "Offering")]
    if big:
        mentions = [Mention(m.start, m.end, owner_of(m.party, context.registry)) for m in mentions]
    text = context.document.text
    mentions = [m for m in mentions if not _qualifies_next(m, mentions, text)]
    if len({party_of(view, m).identity for m in mentions}) == 1:
        party = party_of(view, mentions[0])
        if framed == "section" and not _opens(frame, mentions):
            return None
        return Subject(party, Filled(party, source, mentions[0].start, mentions[0].end), party.kind == "Organization")
    near = frame.index in (view.block.lead_in, *view.block.headings[-1:])
    if mentions or context.topic or view.block.kind == "paragraph" or not near:
        return None
    words = context.document.text_of(frame).strip()
    party_in_words = own_words(words.rstrip(":")) if len(words) <= LONGEST + 20 else None
    if not party_in_words:
        return None
    return Subject(party_in_words, Filled(party_in_words, source, frame.start, frame.end), False)


def _opens(frame: Block, mentions: list[Mention]) -> bool:
    """Return whether a heading is little more than the name, so that its section is that name's own."""
    named = sum(m.end - m.start for m in mentions)
    return frame.end - frame.start <= 2 * named + 12
