"""Labelled mentions as documents through the stages: what belongs here is writing them, building core, and reading who is meant.

What does not: what is expected (``pairs.yml``) and the figures (``test_pairs``).
"""

import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from graph.model_files import read_yaml
from pipelines.fetch.archive import Archive, Fetch
from pipelines.ids import sha256_hex
from pipelines.settings import Settings
from pipelines.warehouse import stages, store

PAIRS = Path(__file__).parent / "pairs.yml"
_MARKED = re.compile(r"\[\[(.+?)\]\]")
_FILING = """<SEC-DOCUMENT>{cik}.txt
<SEC-HEADER>
CONFORMED SUBMISSION TYPE: 10-K
FILED AS OF DATE: 20250301
COMPANY CONFORMED NAME: {filer}
CENTRAL INDEX KEY: {cik}
</SEC-HEADER>
<DOCUMENT>
<TYPE>10-K
<FILENAME>report.htm
<TEXT>
<html><body><p>{text}</p></body></html>
</TEXT>
</DOCUMENT>
"""


@dataclass(frozen=True)
class Mention:
    """One marked name in its text: the label of whom it means, its family, and the words around it."""

    family: str
    homonyms: bool
    means: str
    name: str
    data: bytes
    file: str
    filer: str = ""

    @property
    def document(self) -> str:
        """Return the document's id."""
        return sha256_hex(self.data)


def mentions() -> list[Mention]:
    """Return all labelled mentions in the order of the file."""
    return [
        _mention(entry, family["family"], family.get("homonyms", False), number)
        for family in read_yaml(PAIRS)
        for number, entry in enumerate(family["mentions"], 1)
    ]


def _mention(entry: dict[str, Any], family: str, homonyms: bool, number: int) -> Mention:
    marked = _MARKED.search(entry["text"])
    assert marked, entry
    text = _MARKED.sub(r"\1", entry["text"]) + "\n"
    if "cik" in entry:
        text = _FILING.format(text=text.strip(), **{key: entry[key] for key in ("cik", "filer")})
    suffix = "txt" if "cik" in entry else "md"
    file = f"{family.lower()}-{number}.{suffix}"
    return Mention(family, homonyms, entry["is"], marked[1], text.encode(), file, entry.get("filer", ""))


@dataclass(frozen=True)
class Pair:
    """Two mentions of a family: whether the labels say that they mean one company, and whether they came to one party."""

    left: Mention
    right: Mention
    same: bool
    merged: bool

    def __str__(self) -> str:
        return f"{self.left.file} {self.left.name!r} and {self.right.file} {self.right.name!r}"


def judged(settings: Settings) -> tuple[list[Pair], dict[Mention, str]]:
    """Build all mentions in the home of ``settings``; return every pair, and the party of each mention."""
    listed = mentions()
    build(settings, listed)
    found = parties(settings)
    ids = {mention: party_of(mention, found) for mention in listed}
    pairs = [(a, b) for a, b in combinations(listed, 2) if a.family == b.family]
    return [Pair(a, b, a.means == b.means != "none", ids[a] == ids[b] != "") for a, b in pairs], ids


def figures(pairs: list[Pair]) -> tuple[float, float]:
    """Return precision and recall of ``pairs``."""
    right = sum(pair.same and pair.merged for pair in pairs)
    return right / sum(pair.merged for pair in pairs), right / sum(pair.same for pair in pairs)


def build(settings: Settings, listed: list[Mention]) -> None:
    """Read ``listed`` as documents in this order and build raw to core in the home of ``settings``."""
    archive = Archive(settings.archive)
    for mention in listed:
        url = f"https://example.org/{mention.file}"
        archive.keep(
            mention.data, Fetch(url, mention.file, mention.document, "2025-03-02T00:00:00+00:00", 200, "added")
        )
    assert not stages.read_documents(settings).refused
    assert not stages.read_claims(settings).refused
    stages.build_core(settings)


def parties(settings: Settings) -> dict[str, list[tuple[str, str, str]]]:
    """Return name, surface and party of every named side of a claim, by document."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    with store.connection(stages.building(settings)) as con:
        sql = "SELECT document_id, name, surface, party_id FROM core.claim_party WHERE named AND kind = 'Organization' ORDER BY ALL"
        for row in store.rows(con, sql):
            found.setdefault(row["document_id"], []).append((row["name"], row["surface"], row["party_id"]))
    return found


def party_of(mention: Mention, found: dict[str, list[tuple[str, str, str]]]) -> str:
    """Return the party that the marked name came to, or nothing where no claim names it."""
    sides = found.get(mention.document, [])
    # In a filing "we" are the filer.
    written = _plain(mention.filer if mention.name.lower() == "we" else mention.name)
    ids = {party for _, surface, party in sides if _overlap(written, _plain(surface))}
    assert len(ids) <= 1, (mention, ids)
    return min(ids, default="")


def _overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one) or one.endswith(f" {other}")


def _plain(name: str) -> str:
    return name.lower().rstrip(".")
