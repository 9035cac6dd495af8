"""Whom first person means. What belongs here: the filer, the speaker's firm of a turn, the publisher of its own page; else nobody.

An analyst on another firm's call speaks for nobody here.
"""

import re

from pipelines.nlp.candidates import words
from pipelines.nlp.mentions import directory_of, owner_of
from pipelines.nlp.reading import DocumentContext, Filled
from pipelines.nlp.topic import announcer_of, place
from pipelines.records import Block, Party

_OWN_SITE = re.compile(
    r"\b(?:newsroom|blog|press(?: room| center)?|investor relations|investors|engineering|news|media center|research)\b",
    re.I,
)
_OUTSIDER = re.compile(
    r"\b(?:analyst|operator|moderator|unidentified|securities|research|capital markets|asset management)\b", re.I
)


def first_person_of(context: DocumentContext, block: Block) -> Filled | None:
    """Return whom "we" means in ``block``."""
    if context.filer:
        return context.filer
    if block.speaker is not None:
        return _of_turn(context, context.document.blocks[block.speaker])
    return context.publisher


def _of_turn(context: DocumentContext, line: Block) -> Filled | None:
    """Return the speaker's firm: named in the speaker line, else the company of the call."""
    named: dict[str, Filled] = {}
    for mention in context.mentions.get(line.index, []):
        party = owner_of(mention.party, context.registry)
        if party.kind == "Organization":
            named.setdefault(party.identity, Filled(party, "speaker", mention.start, mention.end))
    topic, call = context.topic, context.document.kind == "transcript"
    if call and topic:
        outside = bool(named) and topic.party.identity not in named
        if outside or _OUTSIDER.search(context.document.text_of(line)):
            return None
        return named.get(topic.party.identity) or Filled(topic.party, "topic", topic.start, topic.end)
    return next(iter(named.values())) if len(named) == 1 else None


def publisher_of(context: DocumentContext) -> Filled | None:
    """Return the firm whose own page this is: a press release's, or a registered publisher that is no paper or magazine."""
    document = context.document
    if document.kind in ("filing", "transcript"):
        return None
    if announcer := announcer_of(context):
        return Filled(announcer.party, "speaker", announcer.start, announcer.end)
    for name in (document.publisher, _OWN_SITE.sub("", document.publisher).strip(" -|–:")):
        if name and name not in words("not_names") and (org := directory_of(context.registry).strong(name)):
            at = place(document.text, org[1], name)
            return Filled(Party(org[1], name, "Organization", org[0]), "speaker", *at)
    return None
