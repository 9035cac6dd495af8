"""The extractor's version: a hash over everything that decides which claims a document gives.

What belongs here: which files those are. What does not: how a document is read before (``parse.read`` has its own version).
"""

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

from pipelines.nlp.pipeline import model_folder

_CODE = Path(__file__).parent
_MODEL = _CODE.parent.parent / "graph"
# What of the model's code the extractor runs: the rest of it asks and loads the graph, and changes no claim.
MODEL_CODE = (
    "errors.py",
    "model.py",
    "model_files.py",
    "patterns.py",
    "properties.py",
    "registry_checks.py",
    "slots.py",
)
# What computes the parse, beside the model's own files.
_LIBRARIES = ("spacy", "thinc", "blis", "pyahocorasick")
# Parts of the parser's model that are never loaded.
_UNUSED = ("ner", "senter")


@cache
def extractor_version(model: str = "") -> str:
    """Return 12 hex digits over code, ontology, registry, libraries and the files of the parser ``model`` (empty: the usual one).

    Raises UsageError when there is no such model.
    """
    folder = model_folder(model)
    parts = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    files = [
        *sorted(_CODE.glob("*.py")),
        *(_CODE.parent / name for name in ("ids.py", "records.py")),
        *sorted([*(_MODEL / name for name in MODEL_CODE), *_MODEL.glob("*.yml")]),
        *sorted((_MODEL / "ontology").glob("*.yml")),
        *sorted((_MODEL / "registry").glob("*.yml")),
        *(path for path in parts if path.relative_to(folder).parts[0] not in _UNUSED),
    ]
    digest = hashlib.sha256()
    for path in files:
        data = path.read_bytes()
        digest.update(f"{path.name} {len(data)}\n".encode())
        digest.update(data)
    for library in _LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    return digest.hexdigest()[:12]
