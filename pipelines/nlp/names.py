"""Names that no registry knows: which candidates of a document become mentions. What belongs here: that decision.

A name is established once in a document, by the sum of what speaks for it anywhere in it; then its other occurrences count as
well. A name made of dictionary words counts only where a cue stands beside it. The party's key stays empty.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from graph.model import Registry
from pipelines.nlp import name_cues, name_lists
from pipelines.nlp.candidates import Candidate, candidates, is_form, words
from pipelines.nlp.mentions import directory_of
from pipelines.nlp.reading import DocumentContext, Mention
from pipelines.records import Party

if TYPE_CHECKING:
    from spacy.language import Language

_ACRONYM = 4
_INFLECTED = (("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ies", "y"), ("ied", "y"), ("ly", ""),
              ("er", ""), ("er", "e"), ("est", ""), ("ic", ""))  # fmt: skip
_SMALL = re.compile(r"\b[a-z]{3,}\b")
_LEGAL_TAIL = re.compile(r"[,.]+$")


class Dictionary:
    """Lower-case words of English, from the pipeline's own lemmatizer, and those that the document writes small."""

    def __init__(self, nlp: "Language") -> None:
        tables = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
        self._words = frozenset(word for entries in tables.get_table("lemma_index").values() for word in entries)

    def has(self, word: str) -> bool:
        """Return whether ``word``, letter case ignored, is a word of the language (regular inflections included)."""
        lower = word.lower()
        stems = [lower, *(lower.removesuffix(end) + rest for end, rest in _INFLECTED if lower.endswith(end))]
        return any(stem in self._words for stem in stems)


_DICTIONARIES: dict[int, tuple["Language", Dictionary]] = {}


def dictionary_of(nlp: "Language") -> Dictionary:
    """Return the dictionary of this pipeline, built once."""
    if id(nlp) not in _DICTIONARIES:
        _DICTIONARIES[id(nlp)] = nlp, Dictionary(nlp)
    return _DICTIONARIES[id(nlp)][1]


def usual_name(name: str) -> str:
    """Return ``name`` without the form of company at its end: "Acme Holdings, Inc." gives "Acme"."""
    parts = _LEGAL_TAIL.sub("", name.strip()).replace(",", "").split()
    while len(parts) > 1 and (is_form(parts[-1]) or parts[-1].capitalize() in words("holding")):
        parts = parts[:-1]
    return " ".join(parts)


def with_names(context: DocumentContext, dictionary: Dictionary) -> dict[int, list[Mention]]:
    """Return the context's mentions with those of unregistered names added, in order and disjoint in each block."""
    text = context.document.text
    context.mentions = _with_bought_brands(context)
    found = list(candidates(context.document, context.mentions))
    small = frozenset(_SMALL.findall(text))
    _gather(context, found, lambda word: _is_word(word, dictionary, small))
    people = _people(found, text)
    hard = {name: _hard(name, dictionary, small) for name in sorted({c.name for c in found})}
    mentions = context.mentions
    # Twice: names that the first round establishes are known members of the lists that the second one reads.
    for _ in range(2):
        _join(context, found, mentions)
        mentions = _established(context, found, people, hard, dictionary)
    return mentions


def _established(
    context: DocumentContext,
    found: list[Candidate],
    people: frozenset[str],
    hard: dict[str, str],
    dictionary: Dictionary,
) -> dict[int, list[Mention]]:
    """Return the context's mentions and those candidates whose names the document establishes."""
    text, known = context.document.text, directory_of(context.registry)
    scores = _scores(found)
    short = _short_names(found, text, scores, dictionary)
    verdicts = {name: _verdict(name, cues, people, hard[name], known.strength(name)) for name, cues in scores.items()}
    mentions = defaultdict(list, {index: list(held) for index, held in context.mentions.items()})
    filer = context.filer.party if context.filer else None
    for candidate in found:
        surface = text[candidate.start : candidate.end]
        if filer and usual_name(candidate.name).casefold() == filer.name.casefold():
            own = Mention(candidate.start, candidate.end, Party(filer.name, surface, filer.kind, filer.key))
            mentions[candidate.block.index].append(own)
            continue
        name = short.get(candidate.name, candidate.name)
        verdict = "always" if candidate.name in short else verdicts.get(candidate.name, "")
        needed = 2 if " " in candidate.name or known.weak(candidate.name) else 3
        if verdict == "always" or (verdict == "beside a cue" and sum(candidate.cues.values()) >= needed):
            party = _party(name, surface, context.registry)
            mentions[candidate.block.index].append(Mention(candidate.start, candidate.end, party))
    return {index: sorted(held, key=lambda m: m.start) for index, held in sorted(mentions.items())}


def _scores(found: Iterable[Candidate]) -> dict[str, dict[str, int]]:
    """Return for each name what speaks for it anywhere in the document, each kind of cue once."""
    scores: dict[str, dict[str, int]] = defaultdict(dict)
    for candidate in found:
        for cue, weight in candidate.cues.items():
            scores[candidate.name][cue] = max(weight, scores[candidate.name].get(cue, weight))
    return scores


def _with_bought_brands(context: DocumentContext) -> dict[int, list[Mention]]:
    """Return the mentions; a brand beside words of acquisition is the company that was bought, not its owner."""
    text, organizations = context.document.text, context.registry.organizations

    def meant(mention: Mention) -> Mention:
        org = organizations.get(mention.party.key)
        if org is None or mention.party.surface not in org.brands:
            return mention
        if not name_cues.bought(text, mention.start, mention.end):
            return mention
        return Mention(mention.start, mention.end, Party(mention.party.surface, mention.party.surface, "Organization"))

    return {index: [meant(mention) for mention in mentions] for index, mentions in context.mentions.items()}


def _gather(context: DocumentContext, found: list[Candidate], is_word: Callable[[str], bool]) -> None:
    """Weigh every candidate by what stands beside it and by the lists of parties that it stands in."""
    text = context.document.text
    held = (m for mentions in context.mentions.values() for m in mentions)
    known = frozenset(m.start for m in held if m.party.kind == "Organization")
    title = context.document.title or text.split("\n", 1)[0]
    places = {(start, end): kind for start, end, kind in name_lists.listed(context.document)}
    _widen(found, text, frozenset(places), is_word)
    for candidate in found:
        name_cues.weigh(candidate, text, known)
        if name_cues.heads_the_page(candidate, text, title):
            candidate.cues["title"] = 3
        kind = places.get((candidate.start, candidate.end))
        # "Hyperscalers: A, B" lists parties of a kind.
        if kind and not name_lists.is_label(candidate.name):
            # "Timeline: 2026" below "Partnership" is a label of its own.
            label = kind == "item" and text[candidate.end : candidate.end + 1] == ":" and is_word(candidate.name)
            candidate.cues["listed"] = 2 if label else 3


def _widen(
    found: list[Candidate], text: str, places: frozenset[tuple[int, int]], is_word: Callable[[str], bool]
) -> None:
    """Give back the common noun at its end to a name that is a whole entry of a list of parties, wherever it stands."""
    whole = {
        text[c.start : c.run_end]
        for c in found
        if c.modifier and (c.start, c.run_end) in places and (c.name.isupper() or not is_word(c.name.split()[0]))
    }
    for candidate in found:
        if candidate.modifier and text[candidate.start : candidate.run_end] in whole:
            candidate.end, candidate.modifier = candidate.run_end, False
            candidate.name = text[candidate.start : candidate.end]


def _join(context: DocumentContext, found: list[Candidate], mentions: dict[int, list[Mention]]) -> None:
    """Weigh every candidate that a comma or "and" joins to one of ``mentions``, or that a list of parties holds."""
    document = context.document
    by_block: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in found:
        by_block[candidate.block.index].append(candidate)
    for index, group in by_block.items():
        held = mentions.get(index, ())
        if document.blocks[index].kind in ("heading", "title", "table_header"):
            continue
        starts = {mention.start for mention in held}
        apart = [candidate for candidate in group if candidate.start not in starts]
        for candidate, says in name_lists.joined(document.text, apart, held):
            candidate.cues["joined"] = says


def _people(found: Iterable[Candidate], text: str) -> frozenset[str]:
    """Return the names of people, whole and by last word."""
    names = {c.name for c in found if name_cues.person(c, text)}
    return frozenset(names | {name.rsplit(None, 1)[-1] for name in names if " " in name})


def _short_names(
    found: Iterable[Candidate], text: str, scores: dict[str, dict[str, int]], dictionary: Dictionary
) -> dict[str, str]:
    """Return short names by definition ('Acme Widgets, Inc. ("Acme")') or by their unusual first words, to the long one."""
    short: dict[str, str] = {}
    for candidate in found:
        cues = scores[candidate.name]
        if not candidate.legal and candidate.name.rsplit(None, 1)[-1] not in words("heads"):
            continue
        if term := name_cues.defined_term(candidate, text):
            shares = term.split()[0] in candidate.name or not dictionary.has(term.split()[0])
            if candidate.legal and shares and len(term.split()) <= 3 and not words("never") & set(term.split()[-1:]):
                cues["defined"] = 3
                if term != candidate.name:
                    short.setdefault(term, candidate.name)
        first = candidate.name.rsplit(None, 1)[0]
        if cues.get("legal") and first != candidate.name and not any(map(dictionary.has, first.split())):
            short.setdefault(first, candidate.name)
    return short


def _verdict(name: str, cues: dict[str, int], people: frozenset[str], hard: str, known: str) -> str:
    """Return "always", "beside a cue" or nothing for a name with what speaks for it in the document.

    ``known`` is "strong" for a registered name in other letters, "weak" for one that is too weak to count alone.
    """
    parts = name.split()
    certain = 3 in (cues.get("legal"), cues.get("defined"))
    if known == "strong" and name.isupper() and len(name) > 2:
        # A registered name in capitals ("ARM") is no word of the language.
        hard = ""
    if not certain and (name in people or (parts[0] in words("first_names") and len(parts) == 2)):
        return ""
    score = sum(cues.values())
    if parts[-1] in words("heads") and len(parts) > 1:
        score += (hard != "usual") + (parts[-1] not in words("common_heads"))
    if len(parts) == 1 and re.search(r"[a-z][A-Z]", name):
        score += 1
    needed = 3 if hard and known == "" else 1 if known == "strong" else 2
    if score < needed:
        return ""
    return "beside a cue" if hard in ("usual", "acronym") and not certain else "always"


def _hard(name: str, dictionary: Dictionary, small: frozenset[str]) -> str:
    """Return why a name needs more evidence: words of the language, an acronym, digits; or nothing."""
    if all(_is_word(part, dictionary, small) for part in re.split(r"[ -]", name) if part != "&"):
        return "usual"
    if all(part.isupper() and len(part) <= _ACRONYM for part in name.split()):
        return "acronym"
    return "digits" if any(c.isdigit() for c in name) else ""


def _is_word(part: str, dictionary: Dictionary, small: frozenset[str]) -> bool:
    return (
        len(part) < 3
        or part.lower() in small
        or dictionary.has(part)
        or part in words("never")
        or part in words("heads")
    )


def _party(name: str, surface: str, registry: Registry) -> Party:
    """Return the party of a name: a registered one where only letter case, company form or ticker differ from its name."""
    directory, usual = directory_of(registry), usual_name(name)
    if (
        known := directory.strong(surface)
        or directory.strong(usual)
        or directory.ticker(surface)
        or directory.weak(usual)
    ):
        return Party(known[1], surface, "Organization", known[0])
    return Party(usual, surface, "Organization")
