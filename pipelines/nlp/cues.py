"""Cues: what the words of a heading, column, row label or lead-in say about the things below or beside them.

What belongs here: reading a title's words against the cue lists of the ontology (``headings``, ``columns``, ``labels``,
``row_roles``). What does not: who the members are, or who stands on the other side.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from graph.model import load_ontology

Place = Literal["headings", "columns", "labels", "row_roles"]

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# A cue heads its title: what may follow it is nothing, a mark, or a phrase that belongs to it.
_AFTER = r"(?=$|\s*[:/,;|&+—–-]|\s+(?:and|or|of|in|at|for|to|by|with|as|from|today|includes?|are|is|comprise|comprises|such as|like|20\d\d|\d+)(?!\w))"
# A cue that a preposition governs tells of something else: "Value to customer", "cost of ownership".
_GOVERNED = re.compile(r"(?:^|\s)(?:to|for|of|from|per|vs|against|on|without|no|non)\s(?:the |our |its )?$")
# How many words before the cue may say something of their own: "Anchor hyperscale customers", "GPU partners".
_OWN_WORDS: dict[str, int] = {"headings": 2, "columns": 1, "labels": 0, "row_roles": 1}
_MOST_WORDS = 11


@dataclass(frozen=True, slots=True)
class Cue:
    """A predicate, the side on which the members stand, and what the cue itself says about kind or role.

    ``unnamed`` labels the member where the words beside the cue are an amount and name nobody. ``direction`` "chain" says
    that the words have none: the chain of supply tells who buys. ``beside`` lists the headers of the first column, ``needs``
    the other headers, without which a column's header is no cue; with ``needs`` it is one in the first column only. ``registered`` says
    that only registered names count beside the cue, since what else stands there is a thing. ``quality`` is how sure the cue
    is at most.
    """

    predicate: str
    member: str
    kind: str = ""
    role: str = ""
    unnamed: str = ""
    direction: str = ""
    beside: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    registered: bool = False
    quality: float = 1.0


@cache
def _lists(place: Place) -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for predicate in load_ontology().predicates.values():
        for entry in predicate.reading.get(place, ()):
            cue = Cue(
                predicate.name,
                entry["member"],
                **{key: entry.get(key, "") for key in ("kind", "role", "unnamed", "direction")},
                beside=tuple(entry.get("beside", ())),
                needs=tuple(entry.get("needs", ())),
                registered=entry.get("registered", False),
                quality=entry.get("quality", 1.0),
            )
            for words in entry["words"]:
                found[words] = cue
                if place in ("columns", "row_roles"):
                    found.setdefault(f"{words}s", cue)
    return found


@cache
def _pattern(place: Place) -> re.Pattern[str]:
    words = sorted(_lists(place), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, words)) + ")" + _AFTER)


def plain(text: str) -> str:
    """Return ``text`` in lower case without brackets, marks and pictures at its ends."""
    return re.sub(r"\s+", " ", _BRACKETS.sub(" ", text.lower())).strip(" \t:.*#_—–-")


@cache
def cue_of(text: str, place: Place) -> Cue | None:
    """Return the cue that the title ``text`` gives at ``place``, or None where it gives none or two that differ."""
    title = plain(text)
    found = list(_pattern(place).finditer(title)) if title else []
    if not found or len(title.split()) > _MOST_WORDS or _GOVERNED.search(title[: found[0].start()]):
        return None
    if sum(not is_title_word(w.strip(",;:&/'’")) for w in title[: found[0].start()].split()) > _OWN_WORDS[place]:
        return None
    if place == "headings" and set(re.findall(r"\w+", title)) & set(load_ontology().lexicons["frames"]["not_lists"]):
        return None
    if place == "headings" and _joins_other(title, found[0]):
        return None
    cues = {_lists(place)[match[1]] for match in found}
    if len({(cue.predicate, cue.member) for cue in cues}) > 1:
        return None
    return _lists(place)[found[0][1]]


def column_cue(titles: dict[int, str], column: int) -> Cue | None:
    """Return the cue that the header of ``column`` gives in a table with the headers ``titles``, or None."""
    cue = cue_of(titles.get(column, ""), "columns")
    if cue is None or (cue.beside and plain(titles.get(0, "")) not in cue.beside):
        return None
    if cue.needs and (column != 0 or not any(plain(t) in cue.needs for c, t in titles.items() if c != 0)):
        return None
    return cue


def roles_in(text: str) -> list[Cue]:
    """Return the cues of the role words ("supplier", "lender") that ``text``, in lower case, holds anywhere."""
    return [_lists("row_roles")[match[1]] for match in _role_words().finditer(text)]


@cache
def _role_words() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w-])(" + "|".join(sorted(map(re.escape, _lists("row_roles")), key=len, reverse=True)) + r")\b"
    )


def _joins_other(title: str, cue: re.Match[str]) -> bool:
    """Return whether a title joins its cue to things of another kind ("Ecosystem and peers"): its list is mixed."""
    before = re.match(r"(.*?)\s*(?:,|&|/|\band\b)\s*(?:\w+\s)?$", title[: cue.start()])
    after = re.match(r"\s*(?:,|&|/|\band\b)\s*(.*)$", title[cue.end() :])
    others = [part[1] for part in (before, after) if part]
    known = {*load_ontology().lexicons["frames"]["title_words"], *_lists("headings")}
    return any(part not in known and word not in known for part in others for word in re.findall(r"[\w-]+", part))


@cache
def is_title_word(word: str) -> bool:
    """Return whether ``word`` is part of some cue, or one that only rounds a title off ("key", "overview")."""
    fillers = load_ontology().lexicons["frames"]["title_words"]
    return not word or word.isdigit() or word in fillers or any(word in words.split() for words in _lists("headings"))
