"""Marks in a text of where iXBRL facts begin and end. What belongs here: setting marks and taking them out again.

What does not: what a fact says (``ixbrl``), offsets in the canonical text (``html``). A mark is a control character, the
fact's number and another control character; control characters are no text, so no document's words are taken for one.
"""

import re

_OPEN, _CLOSE, _END = "\x01", "\x03", "\x02"
# A document that holds one of these is read through libxml2, which takes them out.
RESERVED = (_OPEN, _END, _CLOSE)
_MARK = re.compile(f"([{_OPEN}{_CLOSE}])([0-9]+){_END}")
# Marks without words.
MARKS_ALONE = re.compile(f"(?:[{_OPEN}{_CLOSE}][0-9]+{_END} ?)+")
# The usual case, quick: one fact, nothing odd about the spaces around it.
_ONE = re.compile(
    f"([^{_OPEN}{_CLOSE}]*){_OPEN}([0-9]+){_END}(\\S[^{_OPEN}{_CLOSE}]*){_CLOSE}\\2{_END}([^{_OPEN}{_CLOSE}]*)"
)

# The fact's number, where its mark stood in the text without marks, and whether it begins there.
Mark = tuple[int, int, bool]


def opening(fact: int) -> str:
    """Return the mark of where ``fact`` begins."""
    return f"{_OPEN}{fact}{_END}"


def closing(fact: int) -> str:
    """Return the mark of where ``fact`` ends."""
    return f"{_CLOSE}{fact}{_END}"


def has_marks(text: str) -> bool:
    """Say whether ``text`` holds marks."""
    return _OPEN in text or _CLOSE in text


def plain(text: str) -> str:
    """Return ``text`` without marks, and without the second space where a mark alone stood between two."""
    return unmark(text)[0] if has_marks(text) else text


def unmark(text: str) -> tuple[str, list[Mark]]:
    """Return ``text``, white space collapsed, without its marks, and the marks: a span never begins or ends with a space."""
    if (one := _ONE.fullmatch(text)) and one[3][-1] != " ":
        start = len(one[1])
        number, end = int(one[2]), start + len(one[3])
        return one[1] + one[3] + one[4], [(number, start, True), (number, end, False)]
    return _unmark_all(text)


def _unmark_all(text: str) -> tuple[str, list[Mark]]:
    parts = _MARK.split(text)
    joined = parts[0].lstrip(" ")
    found: list[tuple[int, int, bool]] = []
    # Facts that began before words that are still to come.
    waiting: list[int] = []
    for which, number, words in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        if which == _OPEN:
            waiting.append(int(number))
        else:
            found.extend((fact, len(joined), True) for fact in waiting)
            waiting.clear()
            found.append((int(number), len(joined.rstrip(" ")), False))
        if not joined or joined[-1] == " ":
            words = words.lstrip(" ")
        if words.strip(" "):
            at = len(joined) + len(words) - len(words.lstrip(" "))
            found.extend((fact, at, True) for fact in waiting)
            waiting.clear()
        joined += words
    found.extend((fact, len(joined.rstrip(" ")), True) for fact in waiting)
    return joined.rstrip(" "), found
