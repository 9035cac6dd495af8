"""Scarcities: which bottleneck a text names. What belongs here: terms to codes, and scarcities off the closed list.

What does not: whether a text says that it limits somebody, and whom (``exposure``, ``framed_risks``).
"""

import re
from dataclasses import dataclass
from functools import cache

from graph.model import load_ontology


@dataclass(frozen=True, slots=True)
class Scarcity:
    """A scarcity named in a text: its code, or ``other:<words>``, and where its words stand in that text."""

    code: str
    start: int
    end: int


@cache
def terms() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """Return each bottleneck's code with its terms in small letters and their pattern; terms all in capitals keep their case."""
    found = []
    for b in load_ontology().bottlenecks.values():
        words = sorted(b.reading.get("terms", ()), key=len, reverse=True)
        flags = re.NOFLAG if all(w.isupper() for w in words) else re.I
        small = tuple(word.lower() for word in words)
        found.append(
            (b.code, small, re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", flags))
        )
    return tuple(found)


def named_in(text: str) -> list[Scarcity]:
    """Return the scarcities of the closed list that ``text`` names, one a code, in the order of the list."""
    small = text.lower()
    return [
        Scarcity(code, m.start(), m.end())
        for code, words, pattern in terms()
        if any(word in small for word in words) and (m := pattern.search(text))
    ]


@cache
def _off_list() -> re.Pattern[str]:
    nouns = "|".join(load_ontology().predicates["EXPOSED_TO"].reading["scarcity_nouns"])
    return re.compile(rf"(?<![\w-])((?:[A-Za-z][\w-]+ ){{1,3}}(?:{nouns}))(?!\w)", re.I)


def off_list(text: str) -> Scarcity | None:
    """Return the scarcity off the closed list that heads ``text`` ("powered-shell delays"), or None."""
    match = _off_list().match(text.strip())
    fillers = load_ontology().predicates["EXPOSED_TO"].reading["scarcity_fillers"]
    if match and set(match[1].lower().split()[:-1]) <= set(fillers):
        return None
    return Scarcity(f"other:{match[1].lower()}", match.start(1), match.end(1)) if match else None
