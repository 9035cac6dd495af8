"""Surface patterns: constructions read off the words of a masked sentence. What belongs here: one engine, no trigger word.

A pattern of the ontology files (``surface``) has cues (cheap words that gate it), a text with slots, and for a side that the
words leave open what stands there: the filer, or the party that the construction implies ("lessors" of a lease).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import ahocorasick

from graph.model import load_ontology
from pipelines.ids import slug
from pipelines.nlp import force
from pipelines.nlp.masking import OFFERING, ORG, Masked, mask, slot_pattern
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.prose import role_beside
from pipelines.nlp.reading import BlockView, Filled, Mention, Reading
from pipelines.nlp.slots import acquires, buys_from, other_side
from pipelines.nlp.stand_ins import stand_ins
from pipelines.records import Modality, Party, Polarity

_SLOT = re.compile(r"<(\w+):([A-Z]+)>")
_GAP = "[^.;]{0,60}?"
# Between two parties: words that name no other organization, then what may stand before a verb.
_NEAR = "[^.;\ue000-\ue0ff]{0,60}?"
_ITEM = re.compile(
    rf"{ORG}|(?-i:[A-Z])[^,/()]*?(?=$|,|/| \(| and | or | to | in \w+,? (?:of )?(?:19|20)\d\d| in (?:19|20)\d\d)"
)
_AREA = re.compile(slot_pattern("AREA"), re.I)
_ANY = re.compile(ORG)
_ANY_NAME = re.compile(f"{ORG}|{OFFERING}")
# What tells how many names a pattern takes at least: those that stand in no bracket and are not optional.
_PIECE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[()|]|<\w+:(?:ORGS?|MAKER)>(?![?*{])")
# Weaker grounds than a filer or a speaker: what rests on one stays a candidate.
_WEAK = ("topic", "title", "heading", "lead_in", "focus")
# How far before a match its clause may reach: words of hedging and denial stand there.
_REACH = 45


@dataclass(frozen=True, slots=True)
class Pattern:
    """One surface pattern: its predicate, gate, expression, what the ontology file says of it, and how many names it needs,
    of organizations and of any kind.
    """

    predicate: str
    id: str
    cues: tuple[str, ...]
    regex: re.Pattern[str]
    unless: re.Pattern[str] | None
    slots: dict[str, str]
    spec: dict[str, Any]
    organizations: int
    names: int


@dataclass(frozen=True, slots=True)
class Side:
    """One party that fills a side of a match, with the frame that supplied it when the words do not."""

    party: Party
    fill: Filled | None = None


@cache
def _words_of_clauses() -> dict[str, str]:
    """Return the parts of clauses that many patterns share, by the name that a pattern writes (``<aux>``)."""
    return {f"<{name}>": text for name, text in load_ontology().lexicons["clauses"]["parts"].items()}


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the surface patterns of all predicates, in the order of the ontology files."""
    found = []
    for predicate in load_ontology().predicates.values():
        for spec in predicate.reading.get("surface", ()):
            slots = dict(_SLOT.findall(spec["text"]))
            text = _SLOT.sub(lambda m: f"(?P<{m[1]}>{slot_pattern(m[2])})", spec["text"])
            unless = re.compile(_expanded(spec["unless"]), re.I) if "unless" in spec else None
            regex, needed = re.compile(_expanded(text), re.I), _needed(spec["text"])
            found.append(Pattern(predicate.name, spec["id"], tuple(spec["cue"]), regex, unless, slots, spec, *needed))
    return tuple(found)


def _expanded(text: str) -> str:
    """Return ``text`` with the expressions that its shared parts stand for."""
    for name, words in (("<gap>", _GAP), ("<near>", _NEAR), *_words_of_clauses().items()):
        text = text.replace(name, words)
    return text


def _needed(text: str) -> tuple[int, int]:
    """Return how many organizations, and how many names of any kind, the text of a pattern cannot do without."""
    depth = organizations = names = 0
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece == "|" and not depth:
            return 0, 0
        depth += (piece == "(") - (piece == ")")
        names += piece[0] == "<" and not depth
        organizations += piece[0] == "<" and not depth and "MAKER" not in piece
    return organizations, names


@cache
def _cues() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    of_cue: dict[str, list[int]] = {}
    for number, pattern in enumerate(patterns()):
        for cue in pattern.cues:
            of_cue.setdefault(cue, []).append(number)
    for cue, numbers in sorted(of_cue.items()):
        automaton.add_word(cue, numbers)
    automaton.make_automaton()
    return automaton


def _gated(sentence: str) -> list[Pattern]:
    """Return the patterns of which ``sentence`` holds a cue, in their order."""
    numbers: set[int] = set()
    for _, found in _cues().iter(sentence.lower()):
        numbers.update(found)
    return [patterns()[number] for number in sorted(numbers)]


def read(view: BlockView, start: int, end: int, mentions: list[Mention]) -> Iterator[Reading]:
    """Yield what the surface patterns find in one sentence."""
    gated = _gated(view.context.document.text[start:end])
    if not gated:
        return
    yield from _matched(view, gated, mask(view.context.document.text, start, end, mentions), start, end)
    # The same sentence once more with a party in place of each word that takes one up.
    if meant := stand_ins(view, start, end):
        masked = mask(view.context.document.text, start, end, sorted([*mentions, *meant], key=lambda m: m.start))
        yield from (r for r in _matched(view, gated, masked, start, end) if r.fills)


def _matched(view: BlockView, gated: list[Pattern], masked: Masked, start: int, end: int) -> Iterator[Reading]:
    organizations, names = len(_ANY.findall(masked.text)), len(_ANY_NAME.findall(masked.text))
    for pattern in gated:
        if pattern.organizations > organizations or pattern.names > names:
            continue
        for match in pattern.regex.finditer(masked.text):
            if pattern.unless and pattern.unless.search(masked.text):
                break
            yield from _readings(view, masked, pattern, match, start, end)


def _readings(
    view: BlockView, masked: Masked, pattern: Pattern, match: "re.Match[str]", start: int, end: int
) -> Iterator[Reading]:
    subjects = _side("subject", view, masked, pattern, match)
    objects = _side("object", view, masked, pattern, match)
    for subject, object_ in product(subjects, objects):
        if pattern.predicate in ("OWNS", "FINANCES"):
            object_ = _former(subject, object_)
        if subject.party.identity == object_.party.identity:
            continue
        turned = _turned(view, pattern, subject, object_, match[0])
        if turned is None:
            continue
        subject, object_, most = turned
        clause = _clause(masked.text, match)
        fills = {side: s.fill for side, s in (("subject", subject), ("object", object_)) if s.fill}
        yield Reading(
            predicate=pattern.predicate,
            subject=subject.party,
            object=object_.party,
            start=start,
            end=end,
            method=f"rule:{pattern.predicate.lower()}.{pattern.id}",
            polarity=_polarity(pattern, clause),
            modality=_modality(pattern, clause),
            qualifiers=_qualifiers(view, pattern, match, masked, object_),
            fills=fills,
            quality=min(most, _quality(pattern, fills)),
        )


def _turned(
    view: BlockView, pattern: Pattern, subject: Side, object_: Side, words: str
) -> tuple[Side, Side, float] | None:
    """Return the sides as the chain of supply has them where words have no direction, and how sure that is at most.

    Direction "chain" keeps the order of the words where the chain is open, "must" then gives None, and "only" gives None
    wherever the chain does not bear the words out. With "owner" the listed company of the two is who acquires.
    """
    rule = pattern.spec.get("direction")
    if rule is None:
        return subject, object_, 1.0
    if rule == "owner":
        turned = acquires(view, object_.party, subject.party)
        return (object_, subject, 0.65) if turned else (subject, object_, 1.0)
    buys = buys_from(view, subject.party, object_.party, words)
    if buys is None:
        return (subject, object_, 0.65) if rule == "chain" else None
    # Who commits is the buyer; who supplies is not.
    as_written = buys == (pattern.predicate == "COMMITS_TO")
    if as_written:
        return subject, object_, 1.0
    return None if rule == "only" else (object_, subject, 1.0)


def _former(owner: Side, owned: Side) -> Side:
    """Return what was bought under the name of that time where the registry files it under its owner of today."""
    party = owned.party
    if party.identity != owner.party.identity or party.surface in (party.name, owner.party.surface):
        return owned
    return Side(Party(party.surface, party.surface, "Organization"))


def _side(name: str, view: BlockView, masked: Masked, pattern: Pattern, match: "re.Match[str]") -> list[Side]:
    groups = match.groupdict()
    if groups.get(name):
        return list(_filled(pattern.slots.get(name, "SOME"), name, view, masked, pattern, match))
    if name == "object" and groups.get("other"):
        return list(_filled("SOME", "other", view, masked, pattern, match))
    given = pattern.spec.get(name)
    if given == "filer":
        return [Side(view.first_person.party, view.first_person)] if view.first_person else []
    if given == "about":
        about = view.first_person or other_side(view, [])
        return [Side(about.party, about)] if about else []
    if given == "before":
        return list(_meant_before(view, masked))
    if not given:
        return []
    party = Party(given["implied"], given["implied"], "AnonymousParty", named=False)
    return [Side(party, Filled(party, "construction", *masked.span(*match.span())))]


def _filled(
    slot: str, name: str, view: BlockView, masked: Masked, pattern: Pattern, match: "re.Match[str]"
) -> Iterator[Side]:
    first, last = match.span(name)
    if slot in ("PLACE", "PLACES"):
        yield from _places(name, view, masked, pattern, match)
    elif slot == "SOME":
        label = re.sub(r"^(?:our|the|its|their) ", "", _words(view, masked, first, last), flags=re.I)
        if not _no_label(label):
            yield Side(Party(label, label, "AnonymousParty", named=False))
    elif slot == "THING":
        label = re.sub(r"^(?:the|a|an|its|their) ", "", _words(view, masked, first, last), flags=re.I)
        yield Side(Party(label, label, "Offering", named=False))
    elif slot == "ITS":
        yield from _meant_before(view, masked)
    elif not any(masked.mention(c) for c in match[name]) and slot in ("WE", "PARTY", "PARTIES"):
        if view.first_person:
            yield Side(view.first_person.party, view.first_person)
    else:
        yield from _named(view, masked, slot, first, last)


def _meant_before(view: BlockView, masked: Masked) -> Iterator[Side]:
    """Yield whom "its" means, or a side that the words leave out.

    It is the company named last before the sentence in the block, else the party in focus.
    """
    before = [m for m in view.mentions if m.end <= masked.offsets[0] and m.party.kind == "Organization"]
    if before:
        yield Side(before[-1].party, Filled(before[-1].party, "focus", before[-1].start, before[-1].end))
    elif view.focus:
        yield Side(view.focus.party, view.focus)


def _named(view: BlockView, masked: Masked, slot: str, first: int, last: int) -> Iterator[Side]:
    """Yield the organizations named between ``first`` and ``last``: registered ones, and where a name is due any name."""
    # What stands in brackets behind a name tells of it and is no member of the list.
    plain = re.sub(r"\([^()]*\)?", lambda m: " " * len(m[0]), masked.text[first:last])
    for item in _ITEM.finditer(plain):
        mentions = [m for c in item[0] if (m := masked.mention(c))]
        owners = [
            (owner_of(m.party, view.context.registry), m)
            for m in mentions
            if slot in ("MAKER", "MAKERS", "ANY") or m.party.kind == "Organization"
        ]
        if owners:
            if owners[0][0].kind == "Organization":
                yield Side(owners[0][0], owners[0][1].fill)
        elif slot in ("NAME", "NAMES", "RANGE") and not mentions and _is_name(item[0]):
            yield Side(Party(_bare(item[0]), item[0].strip(), "Organization"))


def _bare(name: str) -> str:
    return re.sub(
        r"(?:[’']s|(?:,? (?:Inc|Corp|Corporation|Co|Company|Ltd|Limited|LLC|plc|GmbH)\b\.?)+)$", "", name.strip()
    )


def _is_name(name: str) -> bool:
    words = {w.lower().strip(".,") for w in name.split()}
    return not words & set(load_ontology().lexicons["parties"]["not_names"])


def _no_label(label: str) -> bool:
    words = load_ontology().lexicons["parties"]["no_label"]
    return any(re.search(rf"\b{re.escape(word)}\b", label, re.I) for word in words)


def _places(name: str, view: BlockView, masked: Masked, pattern: Pattern, match: "re.Match[str]") -> Iterator[Side]:
    first, last = match.span(name)
    single = pattern.slots[name] == "PLACE"
    spans = [(first, last)] if single else _areas(view, masked, first, last)
    for start, end in spans:
        words = re.sub(r"^the ", "", _words(view, masked, start, end), flags=re.I)
        if set(words.lower().split()) & set(load_ontology().lexicons["parties"]["not_places"]):
            continue
        if template := pattern.spec.get("facility"):
            if words in view.context.ontology.lexicons["places"]["regions"]:
                continue
            if words in view.context.ontology.lexicons["places"]["wider"]:
                # A town names its site; a state or country only says where one lies.
                template = pattern.spec.get("region", template)
            yield Side(_facility(template, match, words, _words(view, masked, start, end), len(spans) == 1))
        else:
            mention = masked.mention(masked.text[start:end][-1]) if end - start == 1 else None
            yield Side(mention.party if mention else Party(words, words, "Place", f"place:{slug(words)}"))


def _areas(view: BlockView, masked: Masked, first: int, last: int) -> list[tuple[int, int]]:
    """Return the spans of a list of places; a state or country behind a town belongs to the town."""
    lexicon = view.context.ontology.lexicons["places"]
    wider, regions = lexicon["wider"], lexicon["regions"]
    found: list[tuple[int, int]] = []
    town = False
    for match in _AREA.finditer(masked.text, first, last):
        words = _words(view, masked, *match.span()).removeprefix("the ")
        if town and words in wider and masked.text[found[-1][1] : match.start()] == ", ":
            found[-1] = (found[-1][0], match.end())
            continue
        found.append(match.span())
        town = words not in wider and words not in regions
    return found


def _facility(template: str, match: "re.Match[str]", place: str, written: str, alone: bool) -> Party:
    """Return the site that a match names; "facilities in A and B" may be one each, those of a place named alone are several."""
    groups = match.groupdict()
    kind = (groups.get("kind") or "").strip()
    kind = kind if alone else _singular(kind)
    name = template.format(kind=kind, place=written if "in {place}" in template else place, city=place.split(",")[0])
    return Party(name, name, "Facility", f"facility:{slug(f'{place} {_singular(kind)}' if kind else name)}")


def _singular(words: str) -> str:
    if words.endswith(("campus", "ss")):
        return words
    if words.endswith("ies"):
        return words[:-3] + "y"
    return words[:-2] if words.endswith("campuses") else words.removesuffix("s")


def _words(view: BlockView, masked: Masked, first: int, last: int) -> str:
    start, end = masked.span(first, last)
    return view.context.document.text[start:end].strip()[:120]


def _clause(text: str, match: "re.Match[str]") -> str:
    before = text[max(0, match.start() - _REACH) : match.start()]
    return re.split(r"[,;:.]", before)[-1] + match[0]


def _polarity(pattern: Pattern, clause: str) -> Polarity:
    if "polarity" in pattern.spec:
        return "negative" if pattern.spec["polarity"] == "negative" else "positive"
    return force.polarity_of_words(clause)


def _modality(pattern: Pattern, clause: str) -> Modality:
    given: Modality | None = pattern.spec.get("modality")
    told = given or force.modality_of(clause)
    # "Adopts", "is building": what a construction means where no word of the clause says more.
    return pattern.spec.get("plain", told) if told == "asserted" else told


def _qualifiers(
    view: BlockView, pattern: Pattern, match: "re.Match[str]", masked: Masked, object_: Side
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if kind := pattern.spec.get("kind"):
        found["kind"] = kind
    for name in ("amount", "percent", "capacity_mw"):
        if pattern.slots.get(name) and match[name]:
            found[name] = _words(view, masked, *match.span(name))
    if pattern.predicate == "SUPPLIES":
        found["role"] = role_beside(view.context.ontology.predicates["SUPPLIES"], masked.text, object_.party)
    if pattern.predicate == "DEPENDS_ON" and object_.party.kind == "Place":
        found["kind"] = "geographic"
    return found


def _quality(pattern: Pattern, fills: dict[str, Filled]) -> float:
    quality: float = pattern.spec.get("quality", 0.85)
    return min(quality, 0.65) if any(f.source in _WEAK for f in fills.values()) else quality
