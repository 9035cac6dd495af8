"""Candidates: runs of capitals that could name an organization which no registry knows. What belongs here: cutting them out.

What does not: what speaks for or against a candidate (``name_cues``), or which of them become mentions (``names``). The
words are data (``graph/ontology/names.yml``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from graph.model import load_ontology
from pipelines.nlp.reading import Mention
from pipelines.records import Block, Document

# A capitalised word, "eStruxture", "d-Matrix", "AI21", "01.AI"; a possessive ends the run.
_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_WORD = rf"(?:{_CAPITAL}(?:[\w&]|-(?=\w))*(?:[’'](?![sS]\b){_CAPITAL}\w+)?(?:\.(?:ai|io|com|net|AI)\b)?|[a-z]{{1,2}}-?[A-Z]\w+)"
_MAX_WORDS = 6
_SLASHED = re.compile(rf"(?<![\w/.:@-])(?:{_CAPITAL}[\w&.-]*(?: {_CAPITAL}[\w&.-]*)*/)+$")
# "RSUs", "GPs": a term in the plural, never a name.
_PLURAL = re.compile(r"[A-Z]{2,5}s")


@cache
def words(key: str) -> frozenset[str]:
    """Return one list of the lexicon of names as a set."""
    return frozenset(load_ontology().lexicons["names"][key])


def is_form(word: str) -> bool:
    """Return whether ``word`` is a form of company such as Inc., letter case of "INC." included."""
    plain = word.rstrip(".,")
    return plain in words("legal") or (plain.isupper() and plain.capitalize() in words("legal"))


def about_a_company(title: str) -> bool:
    """Return whether the words of a title behind a name are those of pages about one company ("— Market Analysis")."""
    return not words("page_words").isdisjoint(re.findall(r"[a-z]+", title.lower()))


@cache
def _runs() -> re.Pattern[str]:
    openers = "|".join(sorted(words("openers")))
    of = rf"(?:(?:{_WORD} )*(?:{openers}) of (?:the )?{_WORD})"
    return re.compile(rf"(?<![\w$#@.-])(?<!//)(?:{of}|{_WORD})(?:(?: & | ){_WORD})*")


@cache
def _legal() -> re.Pattern[str]:
    known = words("legal") | {form.upper() for form in words("legal")}
    forms = "|".join(map(re.escape, sorted(known, key=lambda w: (-len(w), w))))
    return re.compile(rf",? (?:{forms})\b\.?(?!\w| by\b)")


def legal_end(text: str, end: int) -> int:
    """Return where the forms of company behind a name that ends at ``end`` end: "Acme" in "Acme Co., Ltd."."""
    while tail := _legal().match(text, end, end + 20):
        end = tail.end()
    return end


@dataclass(slots=True)
class Candidate:
    """One occurrence: its span (company form included), the words without company form, and its block.

    ``cues`` maps what speaks for it here to a weight; ``modifier`` marks a name before a common noun in capitals
    ("Acme GPUs"), and ``run_end`` is where the whole run of capitals ends.
    """

    start: int
    end: int
    name: str
    block: Block
    legal: bool
    modifier: bool = False
    run_end: int = 0
    cues: dict[str, int] = field(default_factory=dict)


def candidates(document: Document, mentions: dict[int, list[Mention]]) -> Iterator[Candidate]:
    """Yield the candidates of ``document`` in text order, none of them overlapping a mention."""
    for block in document.blocks:
        if block.kind == "code":
            continue
        taken = iter(mentions.get(block.index, ()))
        mention = next(taken, None)
        for run in _runs().finditer(document.text, block.start, block.end):
            while mention is not None and mention.end <= run.start():
                mention = next(taken, None)
            if mention is not None and mention.start < run.end():
                continue
            if document.text[run.start() - 1 : run.start()] == "/" and not _in_a_row(document.text, run.start(), block):
                continue
            if found := _trimmed(document.text, run.start(), run.end(), block):
                yield found


def _in_a_row(text: str, start: int, block: Block) -> bool:
    """Return whether the slash before ``start`` joins names ("Acme/Beta"), and is no part of a path."""
    return bool(_SLASHED.search(text, max(block.start, start - 60), start))


def _trimmed(text: str, start: int, end: int, block: Block) -> Candidate | None:
    """Return the run without words of sentence, calendar and common nouns at its edges, or None where nothing is left."""
    # "Acme@Edge" is a product of somebody else.
    if text[end : end + 1] == "@":
        return None
    parts = text[start:end].split(" ")
    never, heads = words("never"), words("heads")
    cut = _opening(parts)
    start += sum(len(part) + 1 for part in parts[:cut])
    parts = parts[cut:]
    legal = modifier = False
    run_end = end
    if len(parts) > 1 and len(parts[-1]) == 1 and _legal().match(text, end - 2, end + 6):
        # "Acme S.A.": the dot ended the run.
        parts, end = parts[:-1], end - 2
    tail = _legal().match(text, end, min(block.end, end + 20)) if parts else None
    if tail:
        end, legal = tail.end(), True
    while len(parts) > 1 and is_form(parts[-1]):
        parts, legal = parts[:-1], True
    if legal:
        # "Acme Co., Ltd.,": the dot of a form that a list goes on after is no end of a sentence.
        end = min(block.end, legal_end(text, end + (text[end : end + 2] == ".,")))
    while parts and not legal and parts[-1] in never and not _belongs(parts, heads):
        end -= len(parts[-1]) + 1
        parts, modifier = parts[:-1], True
    name = " ".join(parts)
    if not 0 < len(parts) <= _MAX_WORDS or len(name) < 2 or name in words("not_names") or is_form(name):
        return None
    if _PLURAL.fullmatch(name):
        return None
    return Candidate(start, end, name, block, legal, modifier, run_end)


def _belongs(parts: list[str], heads: frozenset[str]) -> bool:
    """Return whether the last word is part of the name though it is none alone: "University of Utah", "Acme Medical Center"."""
    before = parts[-2:-1]
    return len(parts) > 1 and (parts[-1] in heads or before == ["of"] or before == ["Medical"])


def _opening(parts: list[str]) -> int:
    """Return how many words stand before the name: up to the last word of sentence or heading, and a country's name."""
    cut = max(
        (at + 1 for at, part in enumerate(parts) if part in words("edges") or (part == "&" and at == 0)), default=0
    )
    # "COMBINATIONS Acme Widgets": a heading in capitals glued to the name.
    capitals = [len(part) > 5 and part.isupper() for part in parts]
    if any(capitals) and not all(capitals):
        cut = max(cut, max(at + 1 for at, loud in enumerate(capitals) if loud) if capitals[cut:][:1] == [True] else cut)
    if " ".join(parts[cut : cut + 2]) in words("not_names") and len(parts) > cut + 2:
        cut += 2
    return cut
