"""Signatures for near duplicates. What belongs here: words to a MinHash. What does not: comparing or linking documents.

The share of equal places in two signatures estimates the Jaccard likeness of the two texts' runs of five words. Words are
hashed and joined by numpy over the whole text at once, since a filing has 45,000 of them. The values are those of
datasketch's ``MinHash(num_perm=128, seed=1)``, which compares them; its import alone takes 0.4 s, so none is needed here.
"""

from functools import cache
from typing import Any

_PLACES = 128
_SEED = 1
_RUN = 5
# Texts shorter than this share their few runs by chance.
_MIN_WORDS = 50
# The smallest hashes stand for all: near duplicates share nearly all of them, whatever their length.
_SAMPLE = 1024
_LONGEST_WORD = 64
_PIECE = 50_000
_MIX = 0x9E3779B1


def signature_of(text: str) -> tuple[int, ...]:
    """Return the MinHash of ``text``: 128 numbers of 32 bits; empty for a text of fewer than 50 words.

    Case, punctuation and white space make no difference; a character of a script without spaces counts as a word.
    """
    # A tenth of a second that only reading needs.
    import numpy as np

    words = np.concatenate([_word_hashes(piece) for piece in _pieces(text)])
    if len(words) < _MIN_WORDS:
        return ()
    runs = np.zeros(len(words) - _RUN + 1, dtype=np.uint32)
    for place in range(_RUN):
        runs = runs * np.uint32(_MIX) + words[place : place + len(runs)]
    runs = np.unique(_mixed(runs))[:_SAMPLE]
    factors, terms = _permutations()
    values = (_mixed(runs)[:, None] * factors + terms).min(axis=0)
    return tuple(int(value) for value in values)


@cache
def _permutations() -> tuple[Any, Any]:
    """Return factor and term of each place, the very numbers that datasketch draws."""
    import numpy as np

    draw = np.random.RandomState(_SEED)
    factors = draw.randint(0, 1 << 31, _PLACES, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, draw.randint(0, 1 << 32, _PLACES, dtype=np.uint32)


def _mixed(values: Any) -> Any:
    """Return 32-bit hashes with their bits spread (the finalizer of MurmurHash3)."""
    import numpy as np

    values = values ^ (values >> np.uint32(16))
    values = values * np.uint32(0x85EBCA6B)
    values = values ^ (values >> np.uint32(13))
    values = values * np.uint32(0xC2B2AE35)
    return values ^ (values >> np.uint32(16))


def _pieces(text: str) -> list[str]:
    """Return ``text`` cut between blocks, so that a long one does not take 40 bytes a character at once."""
    found: list[str] = []
    at = 0
    while at < len(text) or not found:
        end = text.find("\n", at + _PIECE) + 1 or len(text)
        found.append(text[at:end])
        at = end
    return found


def _word_hashes(text: str) -> Any:
    """Return one 32-bit hash a word, in order."""
    import numpy as np

    codes = np.frombuffer(text.lower().encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    wide = (codes >= 0x3040) & (codes < 0xFF00)
    inside = ((codes >= 48) & (codes <= 57)) | ((codes >= 97) & (codes <= 122)) | wide
    inside |= (codes >= 0xC0) & ((codes < 0x2000) | (codes > 0x206F)) & (codes < 0x3000)
    before = np.concatenate((np.zeros(1, dtype=bool), (inside & ~wide)[:-1]))
    starts = np.flatnonzero(inside & (wide | ~before))
    if not len(starts):
        return np.zeros(0, dtype=np.uint32)
    at = np.arange(len(codes), dtype=np.int64)
    first = np.zeros(len(codes), dtype=np.int64)
    first[starts] = starts
    place = np.minimum(at - np.maximum.accumulate(first), _LONGEST_WORD - 1)
    powers = np.cumprod(np.full(_LONGEST_WORD, _MIX, dtype=np.uint32), dtype=np.uint32)
    weighed = np.where(inside, codes * powers[place], np.uint32(0))
    return np.add.reduceat(weighed, starts, dtype=np.uint32)
