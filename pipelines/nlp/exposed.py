"""Whom a sentence says is limited. What belongs here: the parties of EXPOSED_TO, from the words or from the frame.

In this order: groups without a name ("our customers"), products under export control, first person, the organizations that
the sentence is about, a group that heads it, the trade as a whole, else whom the frame is about. What does not belong here:
which scarcity it is (``limits``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graph.model import load_ontology
from pipelines.nlp.limits import Limit
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import BlockView, Filled, Mention
from pipelines.records import Party

_FIRST_PERSON = re.compile(r"\b(?:we|us|our|ours)\b", re.I)
_MODEL = r"(?:[A-Z]{2,5} )?[A-Z]{1,4}\d{2,4}[A-Z]{0,2}(?: [A-Z]{2,4} ?\d{1,3}| Ada| Ti| Super)?|[A-Z]{2,4} \d{4}(?: Ada| Ti| Super)?"
# Designations of products, alone or in a list of such; a single digit only in the company of longer ones.
_DESIGNATION = re.compile(rf"(?<![\w-])(?:{_MODEL})(?![\w-])")
_NO_DESIGNATION = re.compile(
    r"\b(?:(?:FY|CY)\s?\d{2,4}|(?:Form|Item|Rule|Section|Tier|ASC|ASU|ECCN|Groups?) [\w-]+|[\w ]*\b(?:19|20)\d\d)$"
)
# A family before its members ("Acme systems, such as X1") stands for them.
_INTRODUCES = re.compile(r" ?[\w ]{0,20},? (?:such as|including)\b")
# What takes the place of the limited product is not limited: "pushing buyers onto domestic chips (X)".
_REPLACES = re.compile(r"\b(?:onto|towards?|in favou?r of|alternatives?|substitutes?|domestic)\b[^.;,]{0,50}$", re.I)
_INDUSTRY = Party("industry", "industry", "Industry")
_WHOLE = re.compile(
    r"\b(?:industry|sector|buildout|build-out|market[- ]wide|worldwide shortage|global shortage|AI boom)\b",
    re.I,
)
# "HBM supply remains tight" speaks of no one in particular.
_STATE = re.compile(
    r"\b(?:is|are|remains?|stays?|was|were)(?:n['’]t)?(?: \w+){0,2}? (?:constrained|tight|limited|scarce|sold out|short|in short supply|the bottleneck)\b",
    re.I,
)
_BINDING = re.compile(
    r"\b(?:is|are|remains?|becom\w+|became|emerg\w+|as|was) (?:as )?(?:the|an?)(?: [\w-]+){0,2}? (?:bottleneck|constraint|limiting factor|limit|chokepoint|problem)\b"
    r"|\bthe(?: [\w-]+){0,2}? (?:bottleneck|constraint|limiting factor) (?:is|are|remains?|was|(?:has )?(?:shift|mov)\w+ to)\b",
    re.I,
)
_WORLDWIDE = re.compile(r"\b(?:global|worldwide|world-wide|industry-wide|industrywide|market-wide)\b", re.I)
_TO_PARTY = re.compile(
    r"(?:\b(?:to|by|including|such as|against|on|of|forc\w+|limit\w*|restrict\w*|leav\w+|prevent\w*|expos\w+|push\w*|hit\w*|hurt\w*|constrain\w*|add\w*|for)(?: the| other| customers of ours)?,? |, |, and | and )$"
)
# From a name to the limit that it suffers: "is", "faces", "has been hit by", "can't get".
_SUFFERS = re.compile(
    r"(?:['’]s [\w ]{0,20})?(?: \w+ly| also| still)? (?:is|are|was|were|remains?|faces?|faced|lacks?|struggl\w+|suffer\w*|has been|have been|had|has|can't|cannot|could not|runs?|ran|experienc\w+|hit|cited|may|could|might)"
    r"\b(?: [\w%-]+){0,4} ?"
)
_LISTED = re.compile(
    r"\b(?:add(?:ed|ing)|addition of|plac(?:ed|ing)|sanctions on|restricted access by|listing of|banned)(?: [\w-]+){0,4} $"
)
_HOLDS_BACK = re.compile(
    r"\b(?:bottleneck|constraint|limit|chokepoint|brake|cap|drag) (?:on|for|to|facing|in|across) (?:the )?", re.I
)
# "A shortage of GPUs at", "capital access tightens for"; delays at suppliers are suffered by others.
_BEHIND = re.compile(
    r"(?: (?:supply|access|capacity|availability|shortages?|crunch|constraints?|queues?|delays?|is|are|tightens?|tightening|remains?|tight|short|scarce)){0,3}"
    r" (?:for|at|among|across|facing|hitting|hurting) (?:the |most |many |some |all )?(?!third-party |suppliers?\b|vendors?\b)"
)
# Who is named for a person that speaks ("said the CEO of Acme", "Acme's chief executive") is not told of.
_OFFICE = r"(?:CEO|CFO|COO|CTO|chief|co-founder|founder|president|chairman|executive|analysts?|boss)\b"
_OF_PERSON = re.compile(rf"(?:['’]s?)? {_OFFICE}", re.I)
_PERSON_OF = re.compile(
    rf"\b(?:{_OFFICE}[\w ]{{0,25}} (?:of|at)|(?:said|says|told|according to)[^.;]{{0,60}}) (?:the )?$", re.I
)
_HEAD_REACH = 45
# A scarcity that opens its sentence and is said to be tight is nobody's in particular.
_OPENS = 12


@dataclass(frozen=True, slots=True)
class Exposed:
    """A limited party, what supplied it where the words do not, and how it was found (the second half of the method's id)."""

    party: Party
    how: str
    fill: Filled | None = None


@cache
def _words(key: str) -> str:
    listed = sorted(load_ontology().predicates["EXPOSED_TO"].reading[key], key=len, reverse=True)
    return "|".join(map(re.escape, listed))


@cache
def _group_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a group's ability, of one that is unable, of one that is forced, and of one that heads the sentence."""
    groups = _words("groups")
    word = r"(?!(?:of|among|for|with|in|to|there|are|number|by|on|at|and|or|from|that|are|is|may|as)\b)[A-Za-z][\w-]* "
    label = rf"(?:our |its |their )?(?:{word}){{0,3}}?(?:{groups})(?:,? and (?:{groups}))?"
    ability = re.compile(
        rf"\b(?:in)?ability (?:of|for) (?:our |the )?((?:[\w-]+ ){{0,2}}(?:{groups})(?:,? and (?:{groups}))?)\b", re.I
    )
    unable = re.compile(
        rf"\b((?:our|certain of our|some of our) (?:[\w-]+ ){{0,2}}(?:{groups})(?:,? and (?:{groups}))?)(?:['’]s?)?(?: \w+)? (?:(?:in)?ability|are unable|is unable|may be unable|may not be able|could be unable|are limited|experience|business(?:es)? have|have (?:also )?(?:been|experienced))\b",
        re.I,
    )
    heads = re.compile(
        rf"^(?:\W|For |If (?:any|one or more) |Many |Some |Most |Several |The |Even )*({label})\b(?= (?:\w+ly )?(?:is|are|was|were|may|might|could|can|cannot|can't|will|have|has|face|faces|lack|struggle|wait|report|remain|must|need|run|runs|continue|cite|still|now|already)\b)",
        re.I,
    )
    forced = re.compile(
        rf"\b(?:forc\w+|push\w*|leav\w+|prevent\w*|subject(?:ed|s)?|constrain\w*|restrict\w*|squeez\w+|stop\w*|block\w*) ((?!on |for |in |to |of |by )(?:[A-Za-z][\w-]* ){{0,2}}(?:{groups}))\b(?! (?:ability|supply|access))",
        re.I,
    )
    return ability, unable, forced, heads


@cache
def _group_at() -> re.Pattern[str]:
    return re.compile(
        rf"((?:[A-Za-z][\w-]* ){{0,2}}?(?:{_words('groups')}))(?!['’\w-]| [a-z]*(?:ment|ing|tion|out)\b)", re.I
    )


def exposed_by(view: BlockView, start: int, text: str, mentions: list[Mention], limit: Limit) -> Iterator[Exposed]:
    """Yield who the sentence ``text``, which begins at ``start``, says is limited by ``limit``."""
    if limit.code == "export_control" and (products := list(_products(text, start, mentions))):
        yield from products
        return
    if not view.context.filer and (held := list(_held_back(view, start, text, mentions, limit))):
        yield from held
        return
    groups = list(_groups(view, text))
    yield from groups
    if view.first_person and _speaks(text, bool(groups)):
        yield Exposed(view.first_person.party, "first_person", view.first_person)
        return
    if not groups and _WORLDWIDE.search(text, max(0, limit.begin - _OPENS), limit.end):
        yield Exposed(_INDUSTRY, "industry")
        return
    if not groups and limit.begin < _OPENS and _STATE.search(text, limit.begin, limit.end + _HEAD_REACH):
        yield Exposed(_INDUSTRY, "industry")
        return
    named = list(_named(view, start, text, mentions, limit))
    yield from named
    if not named and not groups:
        yield from _around(view, text, limit)


def _speaks(text: str, groups: bool) -> bool:
    """Return whether first person is limited: beside a group, only where what is ours is hurt as well."""
    if not groups:
        return bool(_FIRST_PERSON.search(text))
    return bool(re.search(rf"\b(?:we|us)\b|\bour (?:[\w-]+ )?(?:{_words('belongings')})\b", text, re.I))


@cache
def _harm_of_others() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of harm to others ("affect the industries to which we sell") and of harm to what is ours."""
    others = _words("others")
    theirs = re.compile(
        rf"\b(?:affect|impact|harm|disrupt|hurt)(?:s|ed|ing)? (?:the )?(?:operations of )?(?:our |these |many )?(?:[\w-]+ )?(?:{others})\b"
        rf"|\b(?:{others})(?: \([^()]*\))? (?:have|has) (?:also )?(?:been )?(?:impacted|affected|harmed|disrupted|experienced)\b"
        rf"|\b(?:{others})(?: \([^()]*\))? (?:(?:are|is|may be|were) unable|suffer|experience|cannot|lack)\b",
        re.I,
    )
    ours = re.compile(
        rf"\bour (?:own )?(?:[\w-]+ )?(?!suppl)(?:{_words('belongings')})\b|\b(?:impact|affect|harm|hurt)\w* us\b", re.I
    )
    return theirs, ours


def others_suffer(text: str) -> bool:
    """Return whether ``text`` tells of harm to customers, suppliers or a trade, and of none to what is the filer's own."""
    theirs, ours = _harm_of_others()
    return bool(theirs.search(text)) and not ours.search(text)


def _groups(view: BlockView, text: str) -> Iterator[Exposed]:
    for pattern in _group_patterns()[:3]:
        for match in pattern.finditer(text):
            label = re.sub(r"^(?:certain of |some of )?(?:our|the) ", "", match[1], flags=re.I)
            if view.first_person and re.search(r"\bour\b", match[0], re.I):
                label = f"{view.first_person.party.name} {label}"
            yield Exposed(Party(label, match[1], "AnonymousParty", named=False), "group")
            return


def _products(text: str, start: int, mentions: list[Mention]) -> Iterator[Exposed]:
    seen: set[str] = set()
    for mention in mentions:
        stands_in = _REPLACES.search(text[: mention.start - start])
        if mention.party.kind == "Offering" and not stands_in and not _INTRODUCES.match(text, mention.end - start):
            seen.add(mention.party.name)
            yield Exposed(mention.party, "product")
    taken = [(m.start - start, m.end - start) for m in mentions]
    for match in _DESIGNATION.finditer(text):
        free = all(match.end() <= a or b <= match.start() for a, b in taken)
        name = match[0]
        if free and name not in seen and not _NO_DESIGNATION.search(text[max(0, match.start() - 8) : match.end()]):
            seen.add(name)
            yield Exposed(Party(name, name, "Offering"), "product")


def _held_back(view: BlockView, start: int, text: str, mentions: list[Mention], limit: Limit) -> Iterator[Exposed]:
    """Yield whom "a bottleneck for", "a shortage at" names right behind it, a party or a group."""
    match = _BEHIND.match(text, limit.end) or _HOLDS_BACK.search(text, limit.begin)
    if not match or match.start() - limit.end > _HEAD_REACH:
        return
    for mention in mentions:
        party = owner_of(mention.party, view.context.registry)
        if 0 <= mention.start - start - match.end() <= len("the ") and party.kind == "Organization":
            yield Exposed(party, "held_back")
            return
    group = _group_at().match(text, match.end())
    if group:
        yield Exposed(Party(group[1], group[1], "AnonymousParty", named=False), "held_back")


def _named(view: BlockView, start: int, text: str, mentions: list[Mention], limit: Limit) -> Iterator[Exposed]:
    registry = view.context.registry
    seen: set[str] = set()
    for number, mention in enumerate(mentions):
        party = owner_of(mention.party, registry)
        if party.kind != "Organization" or _is_government(party, view) or party.identity in seen:
            continue
        at = mention.start - start
        if _OF_PERSON.match(text, mention.end - start) or _PERSON_OF.search(text[:at]):
            continue
        # "CoWoS" is what is scarce, not its maker.
        if limit.begin <= at < limit.end or ";" in text[mention.end - start : limit.start]:
            continue
        heads = number == 0 and at < _HEAD_REACH
        target = limit.code == "export_control" and (
            (at > limit.start and _TO_PARTY.search(text[:at])) or _LISTED.search(text[max(0, at - 40) : at])
        )
        if heads or target or (not seen and len(mentions) == 1):
            seen.add(party.identity)
            yield Exposed(party, _manner(text, mention.end - start, limit, heads, bool(target)))


def _manner(text: str, end: int, limit: Limit, heads: bool, target: bool) -> str:
    if heads and any(end <= at and _SUFFERS.fullmatch(text[end:at]) for at in (limit.begin, limit.start)):
        return "subject_of"
    return "target" if target else "subject" if heads else "only"


def _is_government(party: Party, view: BlockView) -> bool:
    known = view.context.registry.organizations.get(party.key)
    return known is not None and known.kind == "government"


def _around(view: BlockView, text: str, limit: Limit) -> Iterator[Exposed]:
    """Yield the group that heads the sentence, the trade as a whole, or whom the frame is about."""
    head = _group_patterns()[3].match(text)
    if head:
        label = re.sub(r"^(?:our|the|its|their) ", "", head[1], flags=re.I)
        yield Exposed(Party(label, head[1], "AnonymousParty", named=False), "head")
    elif _WHOLE.search(text) or _BINDING.search(text) or (limit.start < _HEAD_REACH and _STATE.search(text)):
        yield Exposed(_INDUSTRY, "industry")
    elif view.context.filer:
        yield Exposed(view.context.filer.party, "filer", view.context.filer)
    else:
        filled = view.heading_parties[0] if view.heading_parties else view.context.topic
        # A heading's party is not meant by every shortage below it.
        if filled and (limit.how == "stated" or filled.source != "heading"):
            yield Exposed(filled.party, "frame", filled)
