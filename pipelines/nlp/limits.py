"""Limits: which scarcities a sentence states, by words of the ontology. What belongs here: one scan, and what binds to what.

A resource ("power") counts where a word of scarcity stands beside it ("shortage of", "is constrained"); some words are limits
by themselves ("export controls"). What does not belong here: whom the sentence says is limited (``exposed``).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import ahocorasick

from graph.model import load_ontology

# How many characters may stand between a word of scarcity and what is scarce: before it a list of qualities, behind it less.
_BEFORE, _AFTER = 48, 30
# Beyond one of these the words speak of something else.
_STOP = re.compile(r"[.;:!?]|\b(?:but|while|which|because|whereas|although|though|if)\b")
_ASCII = str.maketrans({chr(c): chr(c + 32) for c in range(65, 91)})
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of the lexicon in a sentence: what they do, for which code, and where."""

    role: str
    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Limit:
    """A scarcity that a sentence states: its code, the span of what is scarce, and how it is stated.

    ``how`` is "stated" (a limit in its own words), "bound" (scarcity and resource side by side) or "named" (a supply whose
    lack is only implied by the harm beside it). ``begin`` is where its words begin, those of scarcity included.
    """

    code: str
    start: int
    end: int
    how: str
    begin: int


@cache
def _entries() -> tuple[tuple[str, str, str], ...]:
    """Return (words, role, code) of the whole lexicon."""
    ontology = load_ontology()
    found: list[tuple[str, str, str]] = []
    for bottleneck in ontology.bottlenecks.values():
        for role in ("resources", "limits", "weak", "relieved", "provided", "apart"):
            found += [(words, role, bottleneck.code) for words in bottleneck.reading.get(role, ())]
    exposed = ontology.predicates["EXPOSED_TO"].reading
    for role, key in (("resources", "off_list"), ("limits", "off_list_limits")):
        found += [(words, role, f"other:{code}") for code, listed in exposed[key].items() for words in listed]
    found += [(words, "apart", "other") for words in exposed["off_list_apart"]]
    found += [(words, "words_apart", "") for words in exposed["words_apart"]]
    for key in ("scarce_before", "scarce_after", "neutral_before", "effects"):
        found += [(words, key, "") for words in exposed[key]]
    relieves = ontology.predicates["RELIEVES"].reading
    found += [(words, "relieved", f"other:{code}") for code, listed in relieves["off_list"].items() for words in listed]
    found += [
        (words, role, "") for role, key in (("relief", "verbs"), ("provides", "provides")) for words in relieves[key]
    ]
    return tuple(found)


@cache
def _automaton() -> ahocorasick.Automaton:
    labels: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for words, role, code in _entries():
        labels[_small(words)].append((role, code, words))
    automaton = ahocorasick.Automaton()
    for words, listed in labels.items():
        automaton.add_word(words, (len(words), tuple(listed)))
    automaton.make_automaton()
    return automaton


# The readers of exposure and of relief ask for the same sentence one after the other.
@lru_cache(maxsize=8)
def scan(text: str) -> dict[str, list[Hit]]:
    """Return all words of the lexicon in ``text`` by role, in order, without those inside of a phrase that sets them apart."""
    found: dict[str, list[Hit]] = defaultdict(list)
    for last, (length, labels) in _automaton().iter(_small(text)):
        start, end = last - length + 1, last + 1
        if _WORD.match(text[end : end + 1]) or _WORD.match(text[start - 1 : start]):
            continue
        for role, code, words in labels:
            if not _capitals(words) or text[start:end] == words:
                found[role].append(Hit(role, code, start, end))
    apart = found.pop("apart", [])
    for role in ("resources", "limits", "relieved"):
        found[role] = [h for h in found[role] if not any(_set_apart(h, a) for a in apart)]
    others = found.pop("words_apart", [])
    for role in ("scarce_before", "effects"):
        found[role] = [h for h in found[role] if not any(a.start <= h.start and h.start < a.end for a in others)]
    for hits in found.values():
        hits.sort(key=lambda h: (h.start, -h.end, h.code))
    return found


def _small(text: str) -> str:
    """Return ``text`` in small ASCII letters with straight apostrophes, each character in its place."""
    straight = text.replace("’", "'")
    return straight.lower() if straight.isascii() else straight.translate(_ASCII)


def _capitals(words: str) -> bool:
    return words.isupper()


def _set_apart(hit: Hit, apart: Hit) -> bool:
    """Return whether ``hit`` lies in a phrase of another sense: of its own code, or of any supply off the list."""
    own = apart.code == hit.code or (apart.code == "other" and hit.code.startswith("other:"))
    inside = apart.start <= hit.start and hit.end <= apart.end
    overlap = apart.start < hit.end and hit.start < apart.end and apart.end - apart.start > hit.end - hit.start
    return own and (inside or overlap)


def limits_in(text: str) -> list[Limit]:
    """Return the scarcities that ``text`` states, at most one a code: the plainest, then the first."""
    hits = scan(text)
    order = {"stated": 0, "bound": 1, "named": 2}
    best: dict[str, Limit] = {}
    for limit in sorted(_found(text, hits), key=lambda limit: (order[limit.how], limit.start, -limit.end)):
        best.setdefault(limit.code, limit)
    return sorted(_undoubled(text, list(best.values())), key=lambda limit: (limit.start, limit.code))


def _found(text: str, hits: dict[str, list[Hit]]) -> Iterator[Limit]:
    harmed = bool(hits.get("effects"))
    for hit in hits["limits"]:
        if harmed or hits.get("scarce_after"):
            yield Limit(hit.code, hit.start, hit.end, "stated", hit.start)
    for hit in hits.get("weak", ()):
        yield Limit(hit.code, hit.start, hit.end, "named", hit.start)
    for hit in hits["resources"]:
        if any(hit.start < w.end and w.start < hit.end for w in hits.get("weak", ())):
            continue
        if scarce := _beside(text, hit, hits):
            yield Limit(hit.code, hit.start, hit.end, "bound", min(hit.start, scarce.start))
        elif harmed and _before(text, hit, hits.get("neutral_before", [])):
            yield Limit(hit.code, hit.start, hit.end, "named", hit.start)


def _beside(text: str, hit: Hit, hits: dict[str, list[Hit]]) -> Hit | None:
    return _before(text, hit, hits.get("scarce_before", [])) or _behind(text, hit, hits.get("scarce_after", []))


def _before(text: str, hit: Hit, words: list[Hit]) -> Hit | None:
    near = [w for w in words if 0 <= hit.start - w.end <= _BEFORE and not _STOP.search(text[w.end : hit.start])]
    return near[-1] if near else None


def _behind(text: str, hit: Hit, words: list[Hit]) -> Hit | None:
    near = [w for w in words if 0 <= w.start - hit.end <= _AFTER and not _STOP.search(text[hit.end : w.start])]
    return near[0] if near else None


def _undoubled(text: str, limits: list[Limit]) -> list[Limit]:
    """Drop supplies off the list within the words of another ("supply" in "wafer supply"), and general ones beside one of the list."""
    listed = [limit for limit in limits if not limit.code.startswith("other:")]
    general = load_ontology().predicates["EXPOSED_TO"].reading["off_list_general"]
    kept = []
    for limit in limits:
        within = any(o.start <= limit.start and limit.end <= o.end for o in limits if o is not limit)
        vague = bool(listed) and text[limit.start : limit.end].lower() in general
        if limit in listed or not (within or vague):
            kept.append(limit)
    return kept
