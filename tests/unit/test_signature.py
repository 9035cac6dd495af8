"""Signatures for near duplicates: what they tell apart, and that they are datasketch's own."""

import random

import pytest
from datasketch import MinHash

from pipelines.parse import signature as module
from pipelines.parse.read import read_document
from pipelines.parse.signature import signature_of

RANDOM = random.Random(7)
WORDS = ["".join(RANDOM.choices("abcdefghijklmnop", k=RANDOM.randint(2, 9))) for _ in range(900)]
TEXT = [RANDOM.choice(WORDS) for _ in range(3_000)]


def likeness(first, second):
    return sum(a == b for a, b in zip(first, second, strict=True)) / len(first)


def jaccard(first, second):
    runs = [{tuple(words[n : n + 5]) for n in range(len(words) - 4)} for words in (first, second)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


@pytest.mark.parametrize("changed", [0, 10, 100, 600, 3_000])
def test_equal_places_estimate_the_share_of_common_runs(changed):
    other = list(TEXT)
    for place in range(changed):
        other[place] = WORDS[(place * 7) % len(WORDS)] + "x"

    estimate = likeness(signature_of(" ".join(TEXT)), signature_of(" ".join(other)))

    assert estimate == pytest.approx(jaccard(TEXT, other), abs=0.13)


def test_it_is_the_minhash_of_datasketch():
    text = " ".join(TEXT[:300])
    words = module._word_hashes(text)
    runs = sum(words[n : len(words) - 4 + n] * 0 for n in range(5))
    for place in range(5):
        runs = runs * module._MIX + words[place : place + len(runs)]
    sketch = MinHash(num_perm=128, seed=1, hashfunc=int)
    sketch.update_batch(set(module._mixed(runs.astype("uint32")).tolist()))

    assert signature_of(text) == tuple(int(value) for value in sketch.hashvalues)


def test_case_punctuation_and_space_make_no_difference():
    plain = " ".join(TEXT[:200])

    assert signature_of(plain) == signature_of(f"  {plain.upper().replace(' ', ',  ')}.\n")
    assert signature_of("Ünïcode wörds " * 30) == signature_of("ünïcode — wörds; " * 30)


def test_short_texts_have_none_and_scripts_without_spaces_count_characters():
    assert signature_of("word " * 49) == ()
    assert len(signature_of(" ".join(TEXT[:50]))) == 128
    assert len(signature_of("電力は足りないと会社は言う。" * 10)) == 128
    assert signature_of("") == ()


def test_a_document_carries_it_whatever_its_format():
    text = " ".join(TEXT[:200])

    assert (
        read_document(text.encode(), "a.txt").signature == read_document(f"<p>{text}</p>".encode(), "a.html").signature
    )


def test_a_long_text_is_hashed_in_pieces_to_the_same_values(monkeypatch):
    text = "\n\n".join(
        f"Block {n} tells of {n * 7} racks and of what {n % 13} makers buy from others." for n in range(400)
    )
    whole = signature_of(text)
    monkeypatch.setattr("pipelines.parse.signature._PIECE", 100)

    assert whole and signature_of(text) == whole
