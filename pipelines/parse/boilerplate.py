"""Words by which what stands beside a text is known, on pages and in mails. What belongs here: judging names and phrases.

What does not: trees (``main_text``). The words themselves are data: ``boilerplate.yml``.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

# A prompt is short; a longer paragraph that opens like one is the author's own.
SHORT = 260
_WORD = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")


@dataclass(frozen=True, slots=True)
class Words:
    """The words, compiled: names of classes, headings over other parts, prompts, legal notices."""

    classes: frozenset[str]
    whole_classes: frozenset[str]
    headings: re.Pattern[str]
    whole_headings: re.Pattern[str]
    prompts: re.Pattern[str]
    legal: re.Pattern[str]


@cache
def words_of_pages() -> Words:
    """Return the words of ``boilerplate.yml``."""
    loaded: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "boilerplate.yml").read_text("utf-8"))
    return Words(
        frozenset(loaded["classes"].split()),
        frozenset(loaded["whole_classes"].split()),
        *(
            re.compile("|".join(loaded[name]), re.I | re.S)
            for name in ("headings", "whole_headings", "prompts", "legal")
        ),
    )


def is_beside(text: str) -> bool:
    """Tell whether a paragraph is a prompt to the reader or a legal notice, not the author's text."""
    words = words_of_pages()
    plain = text.lstrip(" *_")
    return bool((len(plain) < SHORT and words.prompts.match(plain)) or words.legal.match(plain))


@lru_cache(maxsize=8192)
def names_other_part(name: str) -> bool:
    """Tell whether a class or id attribute names something beside the text."""
    words = words_of_pages()
    for token in name.split():
        if ":" in token or "[" in token:
            continue
        if token.lower() in words.whole_classes:
            return True
        parts = [part.lower() for part in _WORD.findall(token)]
        if any(part in words.classes for part in parts):
            return True
        if any(a + b in words.classes for a, b in pairwise(parts)):
            return True
    return False
