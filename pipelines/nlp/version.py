"""The extractor's version: a hash over everything that decides which claims a document gives."""

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

_CODE = Path(__file__).parent
_MODEL = _CODE.parent.parent / "graph"


@cache
def extractor_version() -> str:
    """Return 12 hex digits over code, ontology, registry and the parser's version."""
    files = [
        *sorted(_CODE.glob("*.py")),
        *sorted((_MODEL / "ontology").glob("*.yml")),
        *sorted((_MODEL / "registry").glob("*.yml")),
        _MODEL / "model.py",
    ]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files))
    digest.update(metadata.version("spacy").encode())
    return digest.hexdigest()[:12]
