"""Word classes and lemmas: the model's attribute ruler and lemmatizer, asked once for each word in its tag and dependency.

What belongs here: how their answers are kept. What they say is the model's. Both work token by token, and cost as much as the
network does; only a few patterns of the ruler join two words ("gon na"), so a sentence with one of these is asked anew.
"""

from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, ORTH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

_ASKED = [TAG, ORTH, DEP]
_TOLD = [POS, LEMMA]
_REPLACED = ("attribute_ruler", "lemmatizer")


@Language.factory("word_classes")
class WordClasses:
    """What attribute ruler and lemmatizer of a pipeline said of each (tag, word, dependency): word class and lemma."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self._parts = [nlp.get_pipe(name) for name in _REPLACED]
        self._joined = Matcher(nlp.vocab)
        ruler = self._parts[0]
        assert isinstance(ruler, AttributeRuler)
        for number, rule in enumerate(ruler.patterns):
            patterns: Any = rule["patterns"]
            if longer := [pattern for pattern in patterns if len(pattern) > 1]:
                self._joined.add(str(number), longer)
        self._known: dict[tuple[int, ...], list[int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Return ``doc`` with the word class and the lemma of each token."""
        asked = [tuple(row) for row in doc.to_array(_ASKED).tolist()]
        joined = bool(self._joined(doc))
        if not joined and all(key in self._known for key in asked):
            told: Any = np.array([self._known[key] for key in asked], dtype="uint64")
            return doc.from_array(_TOLD, told)
        for part in self._parts:
            part(doc)
        # White space is given another tag, and would not be known again by it.
        if not joined and asked == [tuple(row) for row in doc.to_array(_ASKED).tolist()]:
            self._known.update(zip(asked, doc.to_array(_TOLD).tolist(), strict=True))
        return doc


def remember_words(nlp: Language) -> None:
    """Put :class:`WordClasses` in the place of the two parts of ``nlp`` that it asks."""
    nlp.add_pipe("word_classes", last=True)
    nlp.select_pipes(disable=list(_REPLACED))
