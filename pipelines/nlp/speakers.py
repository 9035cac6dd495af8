"""Whom first person means in each block. What belongs here: filer, speaker's firm of a turn, publisher of its own page; else nobody.

On a call the executives speak for the company of the call; an analyst or operator speaks for nobody here.
"""

import re

from pipelines.nlp.candidates import words
from pipelines.nlp.mentions import directory_of
from pipelines.nlp.reading import DocumentContext, Filled
from pipelines.nlp.topic import announcer_of, organizations, place
from pipelines.records import Block, Party

_OWN_SITE = re.compile(
    r"\b(?:newsroom|blog|press(?: room| center)?|investor relations|investors|engineering|news|media center|team|staff)\b",
    re.I,
)
_CALL = re.compile(r"\b(?:earnings|results|conference|investor) call\b|\bcall transcript\b", re.I)
_OUTSIDER = re.compile(
    r"\b(?:analyst|operator|moderator|unidentified|securities|capital markets|asset management)\b", re.I
)
_POST = re.compile(
    r"\b(?:C[EFTOI]O|chief|president|founder|chair(?:man|woman)?|treasurer|VP|SVP|EVP|investor relations|head of|general counsel)\b",
    re.I,
)
# A line with a speaker's name, post or firm, perhaps with a time: short, and no sentence.
_LINE = re.compile(r"[A-Z][^.?!:;]{2,90}:?(?:\s\d{1,2}:\d\d(?::\d\d)?)?")
_LISTED = 110
_DASH = re.compile(r"\s(?:[—–-]|--)\s")
_NAME = re.compile(r"[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){1,3}")


def first_persons(context: DocumentContext) -> dict[int, Filled]:
    """Return whom "we" means, by block index; a block where it means nobody known is left out."""
    document = context.document
    if context.filer:
        return dict.fromkeys(range(len(document.blocks)), context.filer)
    if _is_call(context):
        return _of_call(context)
    publisher = _publisher_of(context)
    found = {}
    for block in document.blocks:
        filled = _of_line(context, document.blocks[block.speaker]) if block.speaker is not None else publisher
        if filled:
            found[block.index] = filled
    return found


def _is_call(context: DocumentContext) -> bool:
    document = context.document
    opening = " ".join([document.title, *(document.text_of(b)[:200] for b in document.blocks[:3])])
    return context.topic is not None and (document.kind == "transcript" or bool(_CALL.search(opening)))


def _of_call(context: DocumentContext) -> dict[int, Filled]:
    """Return the company for the blocks of its executives' turns, by the lines that name them and their posts."""
    document, topic = context.document, context.topic
    posts = _participants(context)
    inside, name, found = False, "", {}
    for block in document.blocks:
        text = document.text_of(block).strip()
        if block.kind == "speaker" or (
            block.kind in ("paragraph", "heading") and len(text) < _LISTED and _LINE.fullmatch(text)
        ):
            if match := _NAME.match(text):
                name = _short(match[0])
            outside = _outside(context, block, text)
            if outside or _POST.search(text):
                posts[name] = not outside
            inside = posts.get(name, False)
        elif topic is not None and inside:
            found[block.index] = Filled(topic.party, "speaker", topic.start, topic.end)
    return found


def _participants(context: DocumentContext) -> dict[str, bool]:
    """Return the executives that the page lists before the first turn ("Chief Executive Officer — Ann Lee"), by name."""
    document = context.document
    found: dict[str, bool] = {}
    for block in document.blocks:
        if block.kind == "speaker":
            break
        text = document.text_of(block).strip()
        parts = _DASH.split(text) if len(text) < _LISTED else []
        if len(parts) != 2 or _OUTSIDER.search(text):
            continue
        for post, name in (parts, parts[::-1]):
            if _POST.search(post) and _NAME.fullmatch(name):
                found[_short(name)] = True
    return found


def _short(name: str) -> str:
    """Return the first and the last word of a person's name: initials come and go."""
    parts = name.split()
    return f"{parts[0]} {parts[-1]}"


def _outside(context: DocumentContext, line: Block, text: str) -> bool:
    """Return whether a speaker line names another firm than the call's, or says analyst or operator."""
    named = {party.identity for party, _ in organizations(context, line.index)}
    topic = context.topic.party.identity if context.topic else ""
    return bool(_OUTSIDER.search(text)) or (bool(named) and topic not in named)


def _of_line(context: DocumentContext, line: Block) -> Filled | None:
    """Return the one firm that a speaker line names."""
    named: dict[str, Filled] = {}
    for party, mention in organizations(context, line.index):
        named.setdefault(party.identity, Filled(party, "speaker", mention.start, mention.end))
    return next(iter(named.values())) if len(named) == 1 else None


def _publisher_of(context: DocumentContext) -> Filled | None:
    """Return the firm whose own page this is: a press release's, or a registered publisher."""
    document = context.document
    if announcer := announcer_of(context):
        return Filled(announcer.party, "speaker", announcer.start, announcer.end)
    for name in (
        document.publisher,
        *(_OWN_SITE.sub("", name).strip(" -|–:") for name in (document.publisher, document.author)),
    ):
        if name and name not in words("not_names") and (org := directory_of(context.registry).strong(name)):
            at = place(document.text, org[1], name)
            return Filled(Party(org[1], name, "Organization", org[0]), "speaker", *at)
    return None
