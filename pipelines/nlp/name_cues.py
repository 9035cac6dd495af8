"""Cues: what beside a candidate speaks for an organization, or for a person. What belongs here: looking beside one candidate.

What does not: lists and tables (``name_lists``), or the decision over a whole document (``names``). The words are data
(``graph/ontology/names.yml``); a weight of 3 is enough by itself, 2 for an unusual name, 1 never.
"""

import re
from functools import cache

from graph.model import load_ontology
from pipelines.nlp.candidates import Candidate, about_a_company, words

_TICKER = re.compile(
    r" \((?:the )?(?:NASDAQ|Nasdaq|NYSE|NYSEAMERICAN|OTC\w*|LSE|TSE|TSX|HKEX|KRX|ASX|TWSE|SIX|Euronext)[^)]{0,30}: ?[A-Z0-9.]+\)"
)
_BARE_TICKER = re.compile(r" \((?:\$)?([A-Z]{2,5})\)")
_DEFINED = re.compile(r",? \((?:[^()“\"]{0,60}?)[“\"](?P<term>[A-Z][^”\"()]{1,40})[”\"]")
# "Acme Widgets, Inc., or Acme, a maker of …" defines as well.
_OR_SHORT = re.compile(r",? or (?:the )?(?P<term>[A-Z][\w&-]+(?: [A-Z][\w&-]+)?)(?=[,.;)])")
_SELF = re.compile(r",? \([^()]{0,80}[“\"](?:we|us|our|We|the Company|the Registrant|Company|Registrant),?[”\"]")
_LOOSE_FORMS = ("Company", "Limited", "Co")
# A name of which a page is about stands in it so often.
_OFTEN = 4
_SEPARATED = re.compile(r"(?:,? (?:Inc|Corp|Ltd|plc|AG|SE)\.?)?(?: \([^)]{1,30}\))?(?:\s*[—–:|]|\s-\s|[’']s? )")
_GAP = re.compile(r"(?: \([^)]{0,40}\))?")


@cache
def _by_edge(key: str, first: bool) -> dict[str, tuple[str, ...]]:
    """Return the phrases of ``key`` by their first or last word, so that a look costs one lookup."""
    table: dict[str, list[str]] = {}
    for phrase in sorted(words(key)):
        parts = phrase.lower().split()
        table.setdefault(parts[0] if first else parts[-1], []).append(phrase.lower())
    return {edge: tuple(phrases) for edge, phrases in table.items()}


@cache
def _apposition() -> re.Pattern[str]:
    nouns = "|".join(map(re.escape, sorted(words("nouns"), key=lambda w: (-len(w), w))))
    return re.compile(
        rf"(?: \([^)]{{0,40}}\))?(?:,| —| –| -| is| was|, is| remains) (?:an|a|the|one of the|its|our) (?:[\w.’'-]+,? ){{0,5}}?(?:{nouns})\b(?![’'\w]| (?:CEO|founder|president|executive))"
    )


@cache
def _governed() -> re.Pattern[str]:
    """Return the pattern of a verb or noun with its preposition, right before a name: "bought lasers from"."""
    found = [
        rf"\b(?:{'|'.join(verbs)}) (?:[a-z0-9%$’'-]+ ){{1,6}}?{preposition}"
        for preposition, verbs in load_ontology().lexicons["names"]["governed"].items()
    ]
    return re.compile(rf"(?:{'|'.join(found)}) (?:the )?$")


@cache
def _posts() -> re.Pattern[str]:
    posts = "|".join(map(re.escape, sorted(words("posts"), key=lambda w: (-len(w), w))))
    return re.compile(rf"(?:,| \(| —| –)? ?(?:the |our |its |a )?(?:former |then-)?(?:[\w&’'-]+ ){{0,2}}?(?:{posts})\b")


def weigh(candidate: Candidate, text: str, known: frozenset[int]) -> None:
    """Add to ``candidate.cues`` what stands beside it; ``known`` are the places where known names begin."""
    before = text[max(candidate.block.start, candidate.start - 60) : candidate.start].lower()
    _form(candidate, text, before)
    if candidate.block.kind == "speaker":
        return
    _bracket(candidate, text, known)
    if candidate.block.kind in ("heading", "title", "table_header"):
        return
    if _ends(before, "before") or _ends(before, "nouns") or _governed().search(before):
        candidate.cues["before"] = 2
    if not candidate.modifier:
        _behind(candidate, text)


def _form(candidate: Candidate, text: str, before: str) -> None:
    """A form of company counts, but not in a description: "a Reporting Company"."""
    if candidate.legal and not before.endswith((" a ", " an ")):
        loose = text[candidate.start : candidate.end].rstrip(".").endswith(_LOOSE_FORMS)
        candidate.cues["legal"] = 2 if loose else 3


def _bracket(candidate: Candidate, text: str, known: frozenset[int]) -> None:
    if text[candidate.end : candidate.end + 2] == " (" and candidate.end + 2 in known:
        # "Turboboard (Acme)": the bracket names whose it is.
        candidate.cues["owned by another"] = -3
    elif _TICKER.match(text, candidate.end):
        candidate.cues["ticker"] = 3
    elif (bare := _BARE_TICKER.match(text, candidate.end)) and not _initials(candidate.name, bare[1]):
        candidate.cues["ticker"] = 2


def _behind(candidate: Candidate, text: str) -> None:
    after = _GAP.match(text, candidate.end)
    at = after.end() if after else candidate.end
    if _apposition().match(text, candidate.end, candidate.block.end):
        candidate.cues["apposition"] = 2
    if text[at : at + 2] in ("'s", "’s") and _begins(text[at + 2 : at + 40], "owned"):
        candidate.cues["owned"] = 2
    elif text[at : at + 1] == " " and _begins(text[at : at + 30], "verbs"):
        candidate.cues["subject"] = 1


def heads_the_page(candidate: Candidate, text: str, title: str) -> bool:
    """Return whether the page's title is this name and what pages about a company say behind it, and the text has it often."""
    if not title.startswith(candidate.name) or candidate.name in words("never"):
        return False
    behind = title[len(candidate.name) :]
    return bool(_SEPARATED.match(behind)) and about_a_company(behind) and text.count(candidate.name) >= _OFTEN


def defined_term(candidate: Candidate, text: str) -> str:
    """Return the short name that a bracket after the candidate defines for it, or nothing."""
    found = _DEFINED.match(text, candidate.end, candidate.block.end)
    if not found and candidate.legal:
        found = _OR_SHORT.match(text, candidate.end, candidate.block.end)
    return found["term"].strip(" ,") if found else ""


def names_the_speaker(candidate: Candidate, text: str) -> bool:
    """Return whether a bracket after the candidate says that it is "we" or "the Company"."""
    return bool(_SELF.match(text, candidate.end, candidate.block.end))


def bought(text: str, start: int, end: int) -> bool:
    """Return whether the name at this span stands beside words of acquisition, as what is bought."""
    return _ends(text[max(0, start - 40) : start].lower(), "bought") or _begins(text[end : end + 24], "bought_behind")


def person(candidate: Candidate, text: str) -> bool:
    """Return whether the candidate is a person's name: by first name, by a title before or a post after it."""
    parts = candidate.name.split()
    if candidate.legal or parts[-1] in words("heads"):
        return False
    if 2 <= len(parts) <= 4 and parts[0] in words("first_names"):
        return True
    before = text[max(0, candidate.start - 20) : candidate.start].rstrip(" .").rsplit(None, 1)
    if before and before[-1] in words("titles"):
        return True
    return (
        2 <= len(parts) <= 4
        and text[candidate.end : candidate.end + 1] in ", "
        and bool(_posts().match(text, candidate.end))
    )


def _initials(name: str, letters: str) -> bool:
    """Return whether ``letters`` are no ticker but an abbreviation: initials of the name, or a term of the lexicon."""
    return letters in words("never") or letters.endswith("".join(part[0] for part in name.split() if part[0].isupper()))


def _ends(before: str, key: str) -> bool:
    plain = before.rstrip(' “"(—–:' if key == "nouns" else ' “"(').removesuffix(" the")
    return _ends_with(plain, key) or (key == "nouns" and plain.endswith("s") and _ends_with(plain[:-1], key))


def _ends_with(plain: str, key: str) -> bool:
    last = plain.rsplit(None, 1)[-1:] or [""]
    return any(
        plain.endswith(phrase) and not plain[: -len(phrase)][-1:].isalnum()
        for phrase in _by_edge(key, False).get(last[0], ())
    )


def _begins(after: str, key: str) -> bool:
    plain = after.lstrip()
    for skipped in ("also ", "recently ", "reportedly ", "largest ", "own "):
        plain = plain.removeprefix(skipped)
    first = re.match(r"[\w-]+", plain)
    return bool(first) and any(
        plain.lower().startswith(phrase) and not plain[len(phrase) : len(phrase) + 1].isalnum()
        for phrase in _by_edge(key, True).get(first[0].lower() if first else "", ())
    )
