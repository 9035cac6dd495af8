"""RDF: Turtle and JSON-LD. What belongs here: parties, relationships, claims and their evidence as resources, and these two forms.

What does not: the model (``graph/ontology``). Claims are reified statements: a claim that denies, or only guesses, states nothing of its
own. A relationship that a positive fact carries is stated plainly beside them. Evidence is told in PROV-O: a claim is derived from its
evidence, the evidence is quoted from its document, the document is attributed to its publisher. Identifiers are ``urn:loadpath:…``;
resources and their properties stand in a fixed order.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipelines.export.marts import Marts

BASE = "urn:loadpath:"
PREFIXES = {
    "lp": f"{BASE}ontology:",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
}
_WIKIDATA = "http://www.wikidata.org/entity/"
# What an address must be made of to stand as one in RDF; any other stays a text.
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
    | {i: f"\\u{i:04X}" for i in range(32) if chr(i) not in "\n\r\t\b\f"}
)


@dataclass(frozen=True, slots=True)
class Iri:
    """A resource: ``value`` is a whole address or a name with one of :data:`PREFIXES`."""

    value: str


Value = Iri | str | bool | int | float | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource: its name, its classes and its properties; a value that is a pair is a text with its type's name."""

    iri: Iri
    classes: tuple[str, ...]
    properties: tuple[tuple[str, Value], ...]


class Turtle:
    """``loadpath.ttl``."""

    def write(self, marts: Marts, folder: Path) -> None:
        """Write the file."""
        with (folder / "loadpath.ttl").open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
            file.writelines(map(_turtle, resources(marts)))


class JsonLd:
    """``loadpath.jsonld``."""

    def write(self, marts: Marts, folder: Path) -> None:
        """Write the file, one resource a line."""
        with (folder / "loadpath.jsonld").open("w", encoding="utf-8", newline="\n") as file:
            file.write(f'{{"@context":{json.dumps(PREFIXES)},"@graph":[\n')
            file.write(",\n".join(map(_json_ld, resources(marts))))
            file.write("\n]}\n")


def resources(marts: Marts) -> Iterator[Resource]:
    """Yield layers, parties with their relationships, documents, and claims with their evidence, each sorted."""
    for code, name in marts.rows("SELECT code, name FROM mart.dim_layer ORDER BY code"):
        yield Resource(_iri("layer", code), ("lp:StackLayer",), (("rdfs:label", name),))
    yield from _parties(marts)
    yield from _documents(marts)
    yield from _claims(marts)


def _iri(kind: str, name: str) -> Iri:
    return Iri(f"{BASE}{kind}:{quote(name, safe='')}")


def _party(name: str) -> Iri:
    return _iri("party", name)


def _day(value: Any) -> Value | None:
    return None if value is None else (value.isoformat(), "xsd:date")


def _known(pairs: Iterable[tuple[str, Value | None]]) -> tuple[tuple[str, Value], ...]:
    """Return the properties that have a value; an empty text is none."""
    return tuple((name, value) for name, value in pairs if value is not None and value != "")


def _address(url: str | None) -> Value | None:
    return Iri(url) if url and _ADDRESS.fullmatch(url) else url


def _parties(marts: Marts) -> Iterator[Resource]:
    related: dict[str, list[tuple[str, Value]]] = {}
    sql = (
        "SELECT subject_id, predicate, object_id FROM mart.fct_relationship "
        "WHERE status <> 'closed' AND object_kind <> 'Value' ORDER BY ALL"
    )
    for subject, predicate, target in marts.rows(sql):
        related.setdefault(subject, []).append((f"lp:{predicate}", _party(target)))
    sql = (
        "SELECT p.party_id, p.kind, p.name, p.layers, p.owner_id, p.cik, p.tickers, o.lei, o.wikidata, p.document_id "
        "FROM mart.dim_party p LEFT JOIN mart.dim_company o ON o.company_id = p.party_id ORDER BY p.party_id"
    )
    for id_, kind, name, layers, owner, cik, tickers, lei, wikidata, document in marts.rows(sql):
        said: list[tuple[str, Value | None]] = [("rdfs:label", name)]
        within = "lp:constrains" if kind == "Bottleneck" else "lp:inLayer"
        said += [(within, _iri("layer", layer)) for layer in sorted(layers or ())]
        said += [("lp:owner", _party(owner) if owner else None), ("lp:cik", cik), ("lp:lei", lei)]
        said += [("lp:ticker", ticker) for ticker in sorted(tickers or ())]
        said += [("owl:sameAs", Iri(_WIKIDATA + wikidata) if wikidata else None)]
        said += [("lp:namedBy", _iri("document", document) if document else None)]
        agent = ("prov:Agent",) if kind == "Organization" else ()
        yield Resource(_party(id_), (f"lp:{kind}", *agent), (*_known(said), *related.get(id_, ())))


def _documents(marts: Marts) -> Iterator[Resource]:
    for (publisher,) in marts.rows("SELECT DISTINCT publisher FROM mart.dim_document WHERE publisher <> '' ORDER BY 1"):
        yield Resource(_iri("publisher", publisher), ("prov:Agent",), (("rdfs:label", publisher),))
    sql = (
        "SELECT document_id, title, publisher, published, url, kind, form, language, filer_id, original_id, known_from, known_to "
        "FROM mart.dim_document ORDER BY document_id"
    )
    for (
        id_,
        title,
        publisher,
        published,
        url,
        kind,
        form,
        language,
        filer,
        original,
        known_from,
        known_to,
    ) in marts.rows(sql):
        said: list[tuple[str, Value | None]] = [
            ("dcterms:title", title),
            ("prov:wasAttributedTo", _iri("publisher", publisher) if publisher else None),
            ("dcterms:issued", _day(published)),
            ("dcterms:source", _address(url)),
            ("dcterms:language", language),
            ("lp:documentKind", kind),
            ("lp:form", form),
            ("lp:filer", _party(filer) if filer else None),
            ("prov:wasDerivedFrom", _iri("document", original) if original and original != id_ else None),
            ("lp:knownFrom", _day(known_from)),
            ("lp:knownTo", _day(known_to)),
        ]
        yield Resource(_iri("document", id_), ("lp:Document", "prov:Entity"), _known(said))


_CLAIM_TEXTS = {
    "polarity": "lp:polarity",
    "modality": "lp:modality",
    "tier": "lp:tier",
    "review": "lp:review",
    "severity": "lp:severity",
    "role": "lp:role",
    "kind": "lp:kind",
    "benchmark": "lp:benchmark",
    "share": "lp:share",
    "amount": "lp:amount",
    "metric": "lp:metric",
    "value_text": "lp:valueText",
    "unit": "lp:unit",
    "confidence": "lp:confidence",
    "disclosed_by": "lp:disclosedBy",
}
_CLAIM_DAYS = {
    "valid_from": "lp:validFrom",
    "valid_to": "lp:validTo",
    "known_from": "lp:knownFrom",
    "known_to": "lp:knownTo",
}
_CLAIM_REST = (
    "claim_id, document_id, subject_id, predicate, object_id, object_name, method, quote, char_start, char_end, section"
)


def _claims(marts: Marts) -> Iterator[Resource]:
    for (method,) in marts.rows("SELECT DISTINCT method FROM mart.fct_claim ORDER BY 1"):
        kind = "prov:Person" if method == "human" else "prov:SoftwareAgent"
        yield Resource(_iri("method", method), (kind,), (("rdfs:label", method),))
    sql = f"SELECT {_CLAIM_REST}, {', '.join((*_CLAIM_TEXTS, *_CLAIM_DAYS))} FROM mart.fct_claim ORDER BY claim_id"
    names = (*_CLAIM_REST.split(", "), *_CLAIM_TEXTS, *_CLAIM_DAYS)
    for values in marts.rows(sql):
        yield from _claim(dict(zip(names, values, strict=True)))


def _claim(row: dict[str, Any]) -> Iterator[Resource]:
    claim, evidence = _iri("claim", row["claim_id"]), _iri("evidence", row["claim_id"])
    said: list[tuple[str, Value | None]] = [
        ("rdf:subject", _party(row["subject_id"])),
        ("rdf:predicate", Iri(f"lp:{row['predicate']}")),
        ("rdf:object", _party(row["object_id"]) if row["object_id"] else row["object_name"] or ""),
        *((name, row[column]) for column, name in _CLAIM_TEXTS.items()),
        *((name, _day(row[column])) for column, name in _CLAIM_DAYS.items()),
        ("prov:wasDerivedFrom", evidence),
        ("prov:wasAttributedTo", _iri("method", row["method"])),
    ]
    yield Resource(claim, ("lp:Claim", "rdf:Statement", "prov:Entity"), _known(said))
    said = [
        ("prov:value", row["quote"]),
        ("prov:wasQuotedFrom", _iri("document", row["document_id"])),
        ("lp:charStart", row["char_start"]),
        ("lp:charEnd", row["char_end"]),
        ("lp:section", row["section"]),
    ]
    yield Resource(evidence, ("lp:Evidence", "prov:Entity"), _known(said))


def _turtle(resource: Resource) -> str:
    lines = [f"a {', '.join(resource.classes)}"]
    lines += [f"{name} {_term(value)}" for name, value in resource.properties]
    return f"\n{_term(resource.iri)}\n    " + " ;\n    ".join(lines) + " .\n"


def _term(value: Value) -> str:
    if isinstance(value, Iri):
        return value.value if value.value.startswith("lp:") else f"<{value.value}>"
    text, kind = _typed(value)
    literal = f'"{text.translate(_ESCAPES)}"'
    return f"{literal}^^{kind}" if kind else literal


def _typed(value: Value) -> tuple[str, str]:
    """Return a literal's text and the name of its type, empty for a plain text."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, bool):
        return str(value).lower(), "xsd:boolean"
    if isinstance(value, int):
        return str(value), "xsd:integer"
    return (repr(value), "xsd:double") if isinstance(value, float) else (str(value), "")


def _json_ld(resource: Resource) -> str:
    found: dict[str, Any] = {"@id": resource.iri.value, "@type": list(resource.classes)}
    for name, value in resource.properties:
        found.setdefault(name, []).append(_json_value(value))
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _json_value(value: Value) -> dict[str, str]:
    if isinstance(value, Iri):
        return {"@id": value.value}
    text, kind = _typed(value)
    return {"@value": text, "@type": kind} if kind else {"@value": text}
