"""Slots of surface patterns: what ``<subject:ORGS>`` matches in a masked sentence. What belongs here: the masking and the slots.

A masked sentence has one private character for each mention, no corporate suffixes after it and no definitions in
brackets, so that a list of companies reads as a list. Which pattern means what is data (``surface`` in the ontology files).
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain

from graph.model import load_ontology
from pipelines.nlp.reading import Mention

# One block of private characters for each kind: the low byte is the index of the mention in the sentence.
_BLOCKS = {"Organization": 0xE000, "Place": 0xE100, "Offering": 0xE200}
_MOST = 256
ORG, PLACE, OFFERING = "[\ue000-\ue0ff]", "[\ue100-\ue1ff]", "[\ue200-\ue2ff]"
_SUFFIX = r"(?:,? (?:Inc|Corp|Corporation|Co|Company|Ltd|Limited|LLC|plc|PLC|L\.P|LP|N\.V|S\.A|AG|SE|GmbH|Group|Holdings)\b\.?(?!’|'))+"
_DROP = re.compile(
    rf"(?<=[\ue000-\ue2ff]){_SUFFIX}"
    r"|(?<=[\ue000-\ue2ff])\.(?=,)"
    r"|\s?\((?:[^()]{0,30}\s)?[“\"][^”\"]{1,60}[”\"](?:[^()]{0,60})?\)"
    r"|\[\[|\]\]|\*\*"
)
_ALIAS = re.compile(rf"({ORG}|[A-Z][\w’-]*\w),? or ({ORG}|[A-Z]\w+)(?=[,.;)]|$| and\b)")
_CAPITAL = r"(?:\d[A-Z]|[A-Z])[\w&’'.-]*\w"
_NAME = (
    rf"(?-i:{ORG}|{_CAPITAL}(?: (?:of (?:the )?{_CAPITAL}|{_CAPITAL}|&|{ORG}|\d\b))"
    + r"{0,3}"
    + rf"(?:{_SUFFIX})?(?![\w’']))"
)
_ASIDE = r"(?: \([^()]{0,80}\))?"
_JOIN = r"(?:, and |, or |,? as well as |, | and | or |/)"
# A name that no registry knows may stand among those of a list; others may close it.
_UNKNOWN = rf"(?-i:{_CAPITAL}(?: {_CAPITAL}){{0,2}})"
_OTHERS = r"(?:,? and (?:many |several )?others)?"
# One maker of a list with what it makes: "the chips of A and B", "A's chips/B's".
_MADE = rf"(?:{ORG}(?:[’']s)?|{OFFERING})(?: (?!and\b|or\b)[\w{OFFERING[1:-1]}-]+){{0,2}}?"
_YEAR = r"(?: in (?:(?-i:[A-Z]\w+),? )?(?:of )?(?:19|20)\d\d)?"
# The noun for a site is no part of the place's name: "the Oregon Fab".
_SITE = r"(?:Fab|Facility|Facilities|Campus|Plant|Center|Site)\b"
_AREA = (
    rf"(?-i:(?:{PLACE}|[A-Z][a-z]+|U\.S\.|PRC|UK)(?:[ -](?:{PLACE}|(?!{_SITE})[A-Z][a-z]+))" + r"{0,2})(?: region\b)?"
)


_THING = (
    r"(?!it\b|them\b|(?:may|might|could|can|will|would|must|should|have|has|had|is|are|was|were)\b|this|that|which|how|what|whether|when|who|a lot|being|having|him|us\b|you\b|one another|each other)(?:[\w’'&/-]+ ){0,6}?(?!the\b|a\b|an\b|and\b|of\b|such\b)[\w’'-]{3,}"
    r"(?=[,.;:()—–]|$| for | to | in | which | that | and | as | by | from | with | at | while | until | so | but | rather | than | because | when | — )"
)


@cache
def _unnamed() -> str:
    lexicon = load_ontology().lexicons["parties"]
    nouns = "|".join(
        sorted((re.escape(n) for n in (*lexicon["nouns"], *lexicon["plain_nouns"])), key=len, reverse=True)
    )
    head = rf"(?:{nouns})(?:s|es)?"
    phrase = (
        r"(?:(?!and |or |that |which |who |we |our own |could |may |might |will |would |can |is |are |was |were )[\w’'/-]+ ){0,6}?"
        + head
        + r"\b"
    )
    return (
        phrase
        + r"(?:(?:, and |, or |, | and | or )(?:(?!our |the |we |to |from |for |by )[\w’'/-]+ ){0,4}?"
        + head
        + r"\b)*"
    )


@cache
def slot_pattern(slot: str) -> str:
    """Return the regular expression of ``slot``; raise KeyError for a slot that does not exist."""
    return {
        "WE": r"\b(?:we|us|our|the company)\b",
        "ITS": r"\b(?:its|their)\b",
        "ORG": ORG,
        "ORGS": rf"(?:{ORG}(?: {_UNKNOWN})?{_ASIDE}{_JOIN}(?:the )?(?:{_UNKNOWN}{_JOIN}){{0,2}})*{ORG}{_ASIDE}{_OTHERS}",
        "RANGE": rf"{_NAME}(?: to (?:the )?{_NAME})+",
        "MAKER": rf"(?:{ORG}(?=[^’'])|{OFFERING})",
        "ANY": rf"(?:{ORG}|{OFFERING})",
        "MAKERS": rf"(?:{_MADE}{_JOIN})*(?:{ORG}(?=[^’']|$)|{OFFERING})",
        "THING": _THING,
        "PARTY": rf"(?:\b(?:we|us|our|the company)\b|{ORG})",
        "PARTIES": rf"(?:\b(?:we|us|our|the company)\b|(?:{ORG}{_ASIDE}{_JOIN})*{ORG})",
        "NAME": _NAME,
        "NAMES": rf"{_NAME}{_YEAR}{_ASIDE}(?:{_JOIN}{_NAME}{_YEAR}{_ASIDE})*",
        "SOME": _unnamed(),
        "AREA": rf"(?:the )?{_AREA}",
        "PLACE": rf"(?:the )?{_AREA}(?:, {_AREA})?",
        "PLACES": rf"(?:the )?{_AREA}(?:(?:{_JOIN}|; (?:and )?)(?:in )?(?:the )?{_AREA})*",
        "MONEY": r"(?>(?:US|C|A)?[$€£¥]\s?\d(?:[\d.,]*\d)?(?:\s?(?:thousand|million|billion|trillion|[bmt]n|[BMKT]n?)\b\+?)?"
        r"|\d(?:[\d.,]*\d)?\s(?:thousand|million|billion|trillion)\s(?:U\.?S\.?\s)?(?:dollars|euros)\b)",
        "PERCENT": r"\d{1,3}(?:\.\d+)?\s?%",
        "WORDS": r"[\w’' -]{1,60}?",
    }[slot]


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence with its mentions as single characters; ``offsets`` gives each character's place in the document."""

    text: str
    offsets: tuple[int, ...]
    mentions: tuple[Mention, ...]

    def mention(self, character: str) -> Mention | None:
        """Return the mention that ``character`` stands for, or None."""
        code = ord(character) - 0xE000
        return self.mentions[code % _MOST] if 0 <= code < len(_BLOCKS) * _MOST else None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the document's span of the masked characters from ``start`` to ``end``."""
        last = self.mention(self.text[end - 1])
        return self.offsets[start], last.end if last else self.offsets[end - 1] + 1


def mask(text: str, start: int, end: int, mentions: list[Mention]) -> Masked:
    """Return ``text[start:end]`` masked; mentions beyond the first 256 stay as written."""
    pieces: list[str] = []
    offsets: list[int] = []
    at = start
    for number, mention in enumerate(mentions[:_MOST]):
        pieces.append(text[at : mention.start])
        offsets.extend(range(at, mention.start))
        # What is left out takes a place of its own before the word that follows.
        written = chr(_BLOCKS.get(mention.party.kind, 0xE200) + number) + " " * (mention.start == mention.end)
        pieces.append(written)
        offsets.extend([mention.start] * len(written))
        at = mention.end
    pieces.append(text[at:end])
    offsets.extend(range(at, end))
    masked = Masked("".join(pieces), tuple(offsets), tuple(mentions[:_MOST]))
    masked = _without(masked, [m.span() for m in _DROP.finditer(masked.text)])
    return _without(masked, [(m.end(1), m.end()) for m in _ALIAS.finditer(masked.text) if _same(masked, m)])


def _same(masked: Masked, match: "re.Match[str]") -> bool:
    """Return whether ", or X" after a company is another name of it: a short form, never the last of a list."""
    first, second = masked.mention(match[1][0]), masked.mention(match[2][0])
    if first and second:
        return first.party.key == second.party.key
    if second or not first:
        return second is None and match[2] in masked.text[max(0, match.start() - 40) : match.end(1)].split()
    return match[2] in first.party.surface


def _without(masked: Masked, spans: list[tuple[int, int]]) -> Masked:
    """Return ``masked`` without the characters of ``spans``, which are disjoint and in order."""
    if not spans:
        return masked
    cuts = [0, *(place for span in spans for place in span), len(masked.text)]
    kept = [slice(cuts[i], cuts[i + 1]) for i in range(0, len(cuts), 2)]
    offsets = tuple(chain.from_iterable(masked.offsets[part] for part in kept))
    return Masked("".join(masked.text[part] for part in kept), offsets, masked.mentions)
