"""Parquet parts: one file a document and stage. What belongs here: their schemas, names, writing and reading.

A part's name is the document's hash and a key over everything else that made it (version, given metadata), so that
unchanged input is found by its name and is zero work. What does not belong here: what fills them.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.records import Block, Cell, Claim, Document, Fact, Interest, Section

_SPAN = [("start", pa.int64()), ("end", pa.int64())]
_BLOCK = pa.struct(
    [
        ("index", pa.int32()),
        ("kind", pa.string()),
        *_SPAN,
        ("section", pa.string()),
        ("level", pa.int32()),
        ("headings", pa.list_(pa.int32())),
        ("lead_in", pa.int32()),
        ("table", pa.int32()),
        ("header", pa.int32()),
        ("caption", pa.int32()),
        ("speaker", pa.int32()),
        ("cells", pa.list_(pa.struct([*_SPAN, ("column", pa.int32())]))),
        ("unit", pa.int32()),
    ]
)
_SECTION = pa.struct([(name, pa.string()) for name in ("item", "title", "status", "reason")] + _SPAN)
_FACT = pa.struct(
    [
        *[(name, pa.string()) for name in ("concept", "value", "unit", "decimals")],
        ("period_from", pa.date32()),
        ("period_to", pa.date32()),
        ("dimensions", pa.list_(pa.struct([("axis", pa.string()), ("member", pa.string())]))),
        *_SPAN,
    ]
)
DOCUMENT = pa.schema(
    [
        ("sha256", pa.string()),
        ("kind", pa.string()),
        ("text", pa.string()),
        ("blocks", pa.list_(_BLOCK)),
        ("title", pa.string()),
        ("publisher", pa.string()),
        ("author", pa.string()),
        ("published", pa.date32()),
        ("language", pa.string()),
        ("url", pa.string()),
        ("topic", pa.string()),
        ("filer", pa.string()),
        ("filer_cik", pa.string()),
        ("form", pa.string()),
        ("period_end", pa.date32()),
        ("canonical_url", pa.string()),
        ("sections", pa.list_(_SECTION)),
        ("facts", pa.list_(_FACT)),
        ("signature", pa.list_(pa.uint32())),
        ("interests", pa.list_(pa.struct([("mark", pa.string()), ("holder", pa.string()), *_SPAN]))),
        ("meta_from", pa.string()),
    ]
)
_PARTY = pa.struct([(name, pa.string()) for name in ("name", "surface", "kind", "key")] + [("named", pa.bool_())])
CLAIM = pa.schema(
    [
        ("claim_id", pa.string()),
        ("document_sha256", pa.string()),
        ("block", pa.int32()),
        ("subject", _PARTY),
        ("predicate", pa.string()),
        ("object", _PARTY),
        ("polarity", pa.string()),
        ("modality", pa.string()),
        ("qualifiers", pa.string()),
        ("char_start", pa.int64()),
        ("char_end", pa.int64()),
        ("quote", pa.string()),
        ("section", pa.string()),
        ("frame", pa.list_(pa.struct([("slot", pa.string()), ("source", pa.string()), *_SPAN]))),
        ("valid_from", pa.date32()),
        ("valid_to", pa.date32()),
        ("valid_precision", pa.string()),
        ("disclosed_by", pa.string()),
        ("tier", pa.string()),
        ("confidence", pa.float64()),
        ("confidence_parts", pa.string()),
        ("method", pa.string()),
        ("extractor_version", pa.string()),
    ]
)
REFUSAL = pa.schema([("sha256", pa.string()), ("name", pa.string()), ("stage", pa.string()), ("reason", pa.string())])
SCHEMAS = {"documents": DOCUMENT, "claims": CLAIM, "refusals": REFUSAL, "claim_refusals": REFUSAL}


class Parts:
    """The parts of one stage below ``folder``; ``stage`` is a key of :data:`SCHEMAS`."""

    def __init__(self, folder: Path, stage: str) -> None:
        self.folder = folder / stage
        self.schema = SCHEMAS[stage]

    def path(self, sha256: str, key: str) -> Path:
        """Return where the part of this document and key lies."""
        return self.folder / f"{sha256}.{key}.parquet"

    def write(self, sha256: str, key: str, rows: list[dict[str, Any]]) -> None:
        """Write the part whole or not at all, then remove parts of the same document under other keys."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.path(sha256, key)
        write_table(pa.Table.from_pylist(rows, schema=self.schema), path)
        for other in self.folder.glob(f"{sha256}.*.parquet"):
            if other != path:
                other.unlink()

    def keep_only(self, wanted: Iterable[Path]) -> None:
        """Remove the parts that are not in ``wanted``, and see that one empty part gives the schema."""
        self.folder.mkdir(parents=True, exist_ok=True)
        empty = self.folder / "_schema.parquet"
        kept = {*wanted, empty}
        for path in self.folder.glob("*.parquet"):
            if path not in kept:
                path.unlink()
        if not empty.exists():
            write_table(self.schema.empty_table(), empty)

    def language(self, name: str) -> str:
        """Return the language of the document in the part ``name``, without reading the rest of it."""
        (row,) = pq.read_table(self.folder / name, columns=["language"]).to_pylist()
        return str(row["language"])

    def names(self) -> list[str]:
        """Return the parts' names in order: together with the fetch log they determine the warehouse."""
        return sorted(path.name for path in self.folder.glob("*.parquet"))


def write_table(table: pa.Table, path: Path) -> None:
    """Write ``table`` at ``path`` through a partial file, so that a crash leaves nothing half written."""
    partial = path.with_suffix(".partial")
    pq.write_table(table, partial, compression="zstd")
    partial.replace(path)


def document_row(document: Document) -> dict[str, Any]:
    """Return the row of a document."""
    row = asdict(document)
    for fact in row["facts"]:
        fact["dimensions"] = [{"axis": axis, "member": member} for axis, member in fact["dimensions"]]
    return {**row, "meta_from": json.dumps(document.meta_from, sort_keys=True)}


def read_document_part(path: Path) -> Document:
    """Return the document that was written as the part at ``path``."""
    (row,) = pq.read_table(path, schema=DOCUMENT).to_pylist()
    row["blocks"] = tuple(_block(block) for block in row["blocks"])
    row["interests"] = tuple(Interest(**interest) for interest in row["interests"])
    row["sections"] = tuple(Section(**section) for section in row["sections"])
    row["facts"] = tuple(_fact(fact) for fact in row["facts"])
    row["signature"] = tuple(row["signature"])
    row["meta_from"] = json.loads(row["meta_from"])
    return Document(**row)


def _block(row: dict[str, Any]) -> Block:
    cells = tuple(Cell(**cell) for cell in row["cells"])
    return Block(**{**row, "cells": cells, "headings": tuple(row["headings"])})


def _fact(row: dict[str, Any]) -> Fact:
    return Fact(**{**row, "dimensions": tuple((d["axis"], d["member"]) for d in row["dimensions"])})


def claim_row(claim: Claim) -> dict[str, Any]:
    """Return the row of a claim; qualifiers and confidence parts are JSON objects as text."""
    packed = {
        name: json.dumps(getattr(claim, name), ensure_ascii=False, sort_keys=True)
        for name in ("qualifiers", "confidence_parts")
    }
    return {**asdict(claim), **packed}
