"""Lists of parties: places where layout says that names of organizations stand. What belongs here: finding those places.

A column "Investor", a row "Backers | …", an item under "Key customers", a run after "Customers:", and names joined by comma or
"and" to a known organization. What the entries are to each other is no question here (``framed``).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from graph.model import load_ontology
from pipelines.nlp.candidates import Candidate, legal_end, words
from pipelines.nlp.reading import Mention
from pipelines.records import Block, Document

_SPLIT = re.compile(r",? and |, | / |/| \+ |; | & ")
_BRACKET = re.compile(r"\s*\([^)]*\)?")
_QUALIFIED = re.compile(r" (?:of|for|in|by|from|on|to|with|and) |[:/]")
_HEAD = re.compile(r"\s[—–-]\s|:\s|\. |: ?$")
_JOIN = re.compile(r"(?: \([^)]{0,40}\))?(?:, and |, or |,? as well as |, | and | or | & | / |/)")
_RANGE = re.compile(r" to ")
_PAIR = 2
# The last words before a list that words open.
_LAST_WORDS = (
    "such as ",
    "including ",
    "like ",
    "include ",
    "includes ",
    "included ",
    "are ",
    "were ",
    ": ",
    "also ",
    "with ",
    "against ",
    "from ",
    "s ",
)
_ALL_DID = re.compile(
    r",? (?:have )?(?:all|both|each|also) (?:have )?(?:purchased|bought|adopted|deployed|signed|chose|chosen|switched|joined|invested|use|uses|used|ordered|license|licensed|compete|partnered|supply|offer|operate|own)\b"
)
_OF_PARTIES = ("COMPETES_WITH", "PARTNERS_WITH")
_TO_WHOM = ("for", "to", "dear", "attention")
# So far before a list its opening words may stand.
_BEFORE_LIST = 110
_PRODUCT = re.compile(r" [A-Z0-9]")
_BRACKETED = re.compile(r" \((?:e\.g\.,? |such as |including )?(?P<list>[A-Z][^()]+)\)")
_LABELLED = re.compile(r"(?:(?<=[.;] )|^)(?P<label>[A-Z][\w’'& -]{2,40}?): (?P<list>[^.;:|]+)")


@cache
def _openers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of words that open any list of parties, and a long one."""
    found = words("nouns") | words("labels") | words("groups")
    nouns = "|".join(map(re.escape, sorted(found, key=lambda w: (-len(w), w))))
    any_list = rf"\b(?:{nouns})s?,?(?: [\w-]+){{0,3}} (?:such as|including|like)(?: the)? $"
    long_list = (
        rf"\b(?:{nouns})s?\b[^.;:]{{0,70}}?(?:\b(?:such as|including|includes?|included|like|are|were)|:)(?: the| also)? $"
        rf"|\b(?:by|with|from|and|our|its|as) (?:[\w-]+ ){{0,2}}(?:{nouns})s $"
        r"|\bcompet(?:e|es|ing|ition) (?:with|against|from) $|\bcustomers from $"
    )
    return re.compile(any_list, re.I), re.compile(long_list, re.I)


def _opened(text: str, chain: list[tuple[int, int, Candidate | None]]) -> bool:
    """Return whether the words around a chain say that it names parties ("competitors such as A", "A, B and C all bought")."""
    before = text[max(0, chain[0][0] - _BEFORE_LIST) : chain[0][0]]
    if len(chain) > _PAIR and _ALL_DID.match(text, chain[-1][1]):
        return True
    if not before.removesuffix("the ").endswith(_LAST_WORDS):
        return False
    any_list, long_list = _openers()
    return bool((long_list if len(chain) > _PAIR else any_list).search(before))


@cache
def _cues() -> frozenset[str]:
    """Return the titles that give a predicate whose members are parties ("who competes"), as the ontology files list them."""
    found = load_ontology().predicates
    entries = [
        e for name in _OF_PARTIES for key in ("headings", "columns", "labels") for e in found[name].reading.get(key, ())
    ]
    # What else stands below a cue with a role or without a direction are things ("chips", "supply chain").
    kept = [e for e in entries if not any(e.get(key) for key in ("role", "registered", "direction", "unnamed", "kind"))]
    return frozenset(word.lower() for entry in kept for word in entry["words"])


@cache
def _label_words() -> frozenset[str]:
    return frozenset(word for label in words("labels") for word in label.lower().split())


def _bracketed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lists in brackets behind a party noun: "acquisitions (Acme, Beta)"."""
    for bracket in _BRACKETED.finditer(text, start, end):
        before = text[max(start, bracket.start() - 20) : bracket.start()].rsplit(None, 1)
        if before and before[-1].lower() in words("labels"):
            yield bracket.span("list")


def is_label(text: str) -> bool:
    """Return whether ``text`` (a heading, column header or row label) says that parties are listed under it."""
    if text.lower().strip(" .:*") in _cues():
        return True
    plain = re.findall(r"[a-z][a-z-]*", _BRACKET.sub("", _QUALIFIED.split(text.lower(), maxsplit=1)[0]))
    # "For investors: hold" tells them something.
    return 0 < len(plain) <= 4 and plain[-1] in _label_words() and plain[0] not in _TO_WHOM


def listed(document: Document) -> Iterator[tuple[int, int, str]]:
    """Yield the span of every entry of a list of parties, with "item" for the head of an item that may
    be a label of its own, and "list" for any other.
    """
    text = document.text
    for block in document.blocks:
        kind = "list"
        if block.kind == "table_row":
            spans = _cells(document, block)
        elif block.kind == "list_item" and _under_label(document, block):
            head = _HEAD.search(text, block.start, block.end)
            kind = "item" if _tells_of_a_deal(document, block) else "list"
            spans = [(block.start, head.start() if head else block.end)]
        elif block.kind in ("list_item", "paragraph"):
            spans = [m.span("list") for m in _LABELLED.finditer(text[block.start : block.end]) if is_label(m["label"])]
            spans = [(block.start + a, block.start + b) for a, b in spans]
        else:
            continue
        spans += _bracketed(text, block.start, block.end)
        for start, end in spans:
            yield from ((*entry, kind) for entry in _entries(text, start, end))


def _cells(document: Document, block: Block) -> list[tuple[int, int]]:
    text = document.text
    header = (
        {c.column: text[c.start : c.end] for c in document.blocks[block.header].cells}
        if block.header is not None
        else {}
    )
    spans = [(c.start, c.end) for c in block.cells if is_label(header.get(c.column, ""))]
    if len(block.cells) == 2 and is_label(text[block.cells[0].start : block.cells[0].end]):
        spans.append((block.cells[1].start, block.cells[1].end))
    return spans


def _under_label(document: Document, block: Block) -> bool:
    frames = [block.lead_in] if block.lead_in is not None else list(block.headings[-1:])
    return any(is_label(document.text_of(document.blocks[index])) for index in frames)


def _tells_of_a_deal(document: Document, block: Block) -> bool:
    """Return whether the frame of an item is about one deal ("Partnership"): its items are attributes as often as parties."""
    frame = block.lead_in if block.lead_in is not None else block.headings[-1]
    return not words("deal_labels").isdisjoint(re.findall(r"[a-z]+", document.text_of(document.blocks[frame]).lower()))


def _entries(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for split in [*_SPLIT.finditer(text, start, end), None]:
        stop = split.start() if split else end
        piece = _BRACKET.sub("", text[at:stop]).rstrip(" .*:") if "(" in text[at:stop] else text[at:stop].rstrip(" .*:")
        lead = len(piece) - len(piece.lstrip(" *"))
        if piece.strip(" *"):
            yield at + lead, at + len(piece)
        at = split.end() if split else end


def joined(text: str, found: Sequence[Candidate], mentions: Sequence[Mention]) -> Iterator[tuple[Candidate, int]]:
    """Yield the candidates of one block that stand in a list with a known organization, or in one that words open, with what that says.

    That is 1 for a pair, 2 for a list, and 3 for a list that a party noun opens ("competitors such as A, B and C").
    """
    known = [(m.start, legal_end(text, m.end), None) for m in mentions if m.party.kind == "Organization"]
    items: list[tuple[int, int, Candidate | None]] = [
        # "Acme Boards" names a product: a known name before another capital is no member of a list of parties.
        *((start, end, None) for start, end, _ in known if not _PRODUCT.match(text, end)),
        *((c.start, c.end, c) for c in found if not c.modifier),
    ]
    chain: list[tuple[int, int, Candidate | None]] = []
    for item in [*sorted(items, key=lambda i: i[0]), (-1, -1, None)]:
        if chain and item[0] >= 0 and (gap := _gap(text, chain)) and gap.end() == item[0]:
            chain.append(item)
            continue
        if says := _says(text, chain):
            yield from ((c, says) for _, _, c in chain if c is not None)
        chain = [item]


def _gap(text: str, chain: list[tuple[int, int, Candidate | None]]) -> "re.Match[str] | None":
    """Return what joins a chain to its next member: a comma, "and", or "to" in "from A to B to C"."""
    joined = _JOIN.match(text, chain[-1][1])
    return joined or (_RANGE.match(text, chain[-1][1]) if text.endswith("from ", 0, chain[0][0]) else None)


def _says(text: str, chain: list[tuple[int, int, Candidate | None]]) -> int:
    """Return what a chain says of its unknown members: 3 where words open it or several of its many members are known."""
    known = sum(c is None for _, _, c in chain)
    if len(chain) == known:
        return 0
    if _opened(text, chain) or (len(chain) > _PAIR + 1 and known >= _PAIR):
        return 3
    return 0 if not known else 1 if len(chain) <= _PAIR else 2
