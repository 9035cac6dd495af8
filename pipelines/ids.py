"""Identifiers: content hashes and slugs. What belongs here: how an id is made. What does not: what it stands for.

Ids are made from raw values, never from resolved ones, so that a merge of parties or a new version of the
extractor leaves them as they are.
"""

import hashlib
import json
import re
import unicodedata
from typing import Any


def sha256_hex(data: bytes) -> str:
    """Return the hex SHA-256 of ``data``: the identity of a document's bytes."""
    return hashlib.sha256(data).hexdigest()


def stable_id(prefix: str, *parts: Any) -> str:
    """Return ``prefix`` plus 20 hex digits over ``parts`` (JSON values), the same in every process."""
    packed = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{prefix}{hashlib.sha256(packed.encode()).hexdigest()[:20]}"


def slug(name: str) -> str:
    """Return ``name`` as lower-case ASCII words joined by underscores; a hash stands in where no letter is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
    return words or stable_id("x", name)
