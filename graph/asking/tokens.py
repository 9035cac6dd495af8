"""Words of a question. What belongs here: cutting text into tokens, folding a word so that its forms meet, refusing unreadable text.

What does not: what the words mean (``spans``, ``match``).
"""

import re
import unicodedata
from dataclasses import dataclass

from graph.errors import UsageError

# A question is one sentence: nothing longer is one, and the time that matching takes stays bounded.
MOST_CHARACTERS = 400
MOST_TOKENS = 60
_TOKEN = re.compile(
    r"\d{4}-\d{2}-\d{2}(?!\w)|'s(?!\w)|\d+(?:[.,]\d+)*|[^\W\d_]\w*(?:[.&:](?=\w)[^\W_]\w*)*|\S", re.UNICODE
)
# Punctuation between words carries no meaning here; any other sign stays a token of its own, which no phrasing knows.
_SILENT = set("?.!,;:'\"()[]-–—“”‘’«»")
# "doesn't" is two words.
_NEGATED = re.compile(r"n't(?!\w)")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})
_FOLDED_FROM = 4


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign: as it is written, and folded (small letters, no ending of a plural)."""

    text: str
    folded: str

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters, with digits or joints between them."""
        return self.text[0].isalpha()


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of ``text``; raise UsageError where it is too long for a question or holds characters that cannot be seen."""
    if len(text) > MOST_CHARACTERS:
        raise UsageError(f"a question has at most {MOST_CHARACTERS} characters; this one has {len(text)}")
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs") and character not in "\t\n\r":
            raise UsageError(f"the question holds a character that cannot be seen, U+{ord(character):04X}; take it out")
    tokens = tuple(words(text))
    if len(tokens) > MOST_TOKENS:
        raise UsageError(f"a question has at most {MOST_TOKENS} words; this one has {len(tokens)}")
    return tokens


def words(text: str) -> list[Token]:
    """Return the tokens of a phrase or a name, without any limit."""
    plain = _NEGATED.sub(
        r" not", unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).replace("can't", "cannot")
    )
    return [Token(found, fold(found)) for found in _TOKEN.findall(plain) if found not in _SILENT]


def fold(word: str) -> str:
    """Return the word in small letters and without the ending of a plural or a third person."""
    small = word.casefold()
    if len(small) < _FOLDED_FROM or not small.endswith("s") or small.endswith(("ss", "us", "is")):
        return small
    if small.endswith("ies"):
        return small[:-3] + "y"
    return small[:-2] if small.endswith(("ches", "shes", "xes", "sses")) else small[:-1]
