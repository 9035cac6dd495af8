"""The market model as data: ontology and registry, read and checked. What belongs here: loading, checking, lookups.

What does not: finding names in text (``pipelines.nlp``), writing to a graph (``graph.load``).
A user's own files, in the same forms, are read after the shipped ones (``extra`` folders).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from graph.errors import ModelError

HERE = Path(__file__).parent
LAYERS = ("compute", "data_storage", "networking_systems", "orchestration", "models")
ELEMENTS = ("relationship", "structural", "node", "layers", "bottlenecks", "lexicon")
# A predicate's file shows by example what states it.
POSITIVE_EXAMPLES = 3
CLAIM_PARTS = 5
ORGANIZATION_KEYS = frozenset(
    [
        "id",
        "name",
        "kind",
        "segment",
        "layers",
        "aliases",
        "weak_aliases",
        "legal_names",
        "tickers",
        "cik",
        "owner",
        "offerings",
        "brands",
        "source",
    ]
)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with all its claims under one predicate: subject | predicate | object | polarity | modality.

    ``filer`` is the company in whose filing it stands, empty for a page; a sentence without a claim shows what is left alone.
    """

    text: str
    claims: tuple[str, ...]
    filer: str = ""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A relationship type that claims can state. ``qualifiers`` maps a name to a type word or to its closed values."""

    name: str
    meaning: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    symmetric: bool
    projects: bool
    qualifiers: dict[str, Any]
    reading: dict[str, Any] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A scarcity of the closed list. ``constrains`` are layer codes, ``terms`` the words that name it in text."""

    code: str
    name: str
    meaning: str
    constrains: tuple[str, ...]
    reading: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ontology:
    """Predicates, structural types, node labels, layers, bottlenecks and lexicons of the model."""

    predicates: dict[str, Predicate]
    structural: dict[str, dict[str, Any]]
    labels: dict[str, dict[str, Any]]
    layers: dict[str, str]
    bottlenecks: dict[str, Bottleneck]
    lexicons: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Offering:
    """A product, service or brand that stands for its owner."""

    name: str
    kind: str
    owner: str
    layer: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organization:
    """One registered organization; identifiers are empty where no public data in hand gives them."""

    id: str
    name: str
    kind: str
    segment: str
    layers: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    legal_names: tuple[str, ...] = ()
    tickers: tuple[str, ...] = ()
    cik: str = ""
    owner: str = ""
    brands: tuple[str, ...] = ()
    offerings: tuple[Offering, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Registry:
    """All registered organizations by id."""

    organizations: dict[str, Organization]

    def by_cik(self, cik: str) -> Organization | None:
        """Return the organization with this CIK (leading zeros ignored), or None."""
        wanted = cik.lstrip("0")
        return next((o for o in self.organizations.values() if wanted and o.cik == wanted), None)

    def find(self, name: str) -> Organization | None:
        """Return the organization whose id, name, alias, legal name or ticker is ``name``, letter case ignored."""
        wanted = name.strip().casefold()
        for org in self.organizations.values():
            names = (org.id, org.name, *org.aliases, *org.legal_names, *org.tickers, *org.brands, *org.weak_aliases)
            if wanted in {n.casefold() for n in names}:
                return org
        return None


def read_yaml(path: Path) -> Any:
    """Return the parsed YAML of ``path``; raise ModelError naming file and line when it cannot be parsed."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path.name}:{mark.line + 1}" if mark else path.name
        raise ModelError(f"{where}: not readable as YAML: {getattr(error, 'problem', error)}") from None


def _yaml_files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(folder.glob("*.yml"))


@cache
def load_ontology(extra: tuple[Path, ...] = ()) -> Ontology:
    """Return the shipped ontology, then that of the ``extra`` folders; raise ModelError for anything unknown."""
    parts: dict[str, list[tuple[Path, dict[str, Any]]]] = {element: [] for element in ELEMENTS}
    for path in _yaml_files((HERE / "ontology", *extra)):
        body = read_yaml(path)
        element = body.get("element") if isinstance(body, dict) else None
        if element not in parts:
            raise ModelError(f"{path.name}: element {element!r} is none of {', '.join(ELEMENTS)}")
        parts[element].append((path, body))
    layers = {entry["code"]: entry["name"] for _, body in parts["layers"] for entry in body["layers"]}
    labels = {body["name"]: body for _, body in parts["node"]}
    return Ontology(
        predicates={body["name"]: _predicate(path, body, labels) for path, body in parts["relationship"]},
        structural={body["name"]: body for _, body in parts["structural"]},
        labels=labels,
        layers=layers,
        bottlenecks={b.code: b for path, body in parts["bottlenecks"] for b in _bottlenecks(path, body, layers)},
        lexicons={body["name"]: body for _, body in parts["lexicon"]},
    )


def _predicate(path: Path, body: dict[str, Any], labels: dict[str, Any]) -> Predicate:
    known = {
        "name",
        "element",
        "meaning",
        "domain",
        "range",
        "symmetric",
        "projects",
        "qualifiers",
        "reading",
        "examples",
    }
    if unknown := set(body) - known:
        raise ModelError(f"{path.name}: unknown key {sorted(unknown)[0]!r}")
    if missing := known - {"reading"} - set(body):
        raise ModelError(f"{path.name}: key {sorted(missing)[0]!r} is missing")
    for label in (*body["domain"], *body["range"]):
        if label not in labels and label not in ("Value", "Industry"):
            raise ModelError(f"{path.name}: {label!r} is no node label of the ontology")
    return Predicate(
        name=body["name"],
        meaning=body["meaning"],
        domain=tuple(body["domain"]),
        range=tuple(body["range"]),
        symmetric=body["symmetric"],
        projects=body["projects"],
        qualifiers=body["qualifiers"],
        reading=body.get("reading", {}),
        examples=_examples(path, body["name"], body["examples"]),
    )


def _examples(path: Path, predicate: str, entries: list[dict[str, Any]]) -> tuple[Example, ...]:
    """Return the example sentences of a predicate: three that state it and one that only looks like it are asked for."""
    found = []
    for entry in entries:
        if unknown := set(entry) - {"text", "claims", "filer"}:
            raise ModelError(f"{path.name}: examples: unknown key {sorted(unknown)[0]!r}")
        if missing := {"text", "claims"} - set(entry):
            raise ModelError(f"{path.name}: examples: key {sorted(missing)[0]!r} is missing")
        for claim in entry["claims"]:
            if len(parts := claim.split(" | ")) != CLAIM_PARTS or parts[1] != predicate:
                form = f"subject | {predicate} | object | polarity | modality"
                raise ModelError(f"{path.name}: examples: {claim!r} is not of the form {form}")
        found.append(Example(entry["text"], tuple(entry["claims"]), entry.get("filer", "")))
    if sum(bool(e.claims) for e in found) < POSITIVE_EXAMPLES or all(e.claims for e in found):
        raise ModelError(
            f"{path.name}: examples: {POSITIVE_EXAMPLES} sentences with a claim and one without are needed"
        )
    return tuple(found)


def _bottlenecks(path: Path, body: dict[str, Any], layers: dict[str, str]) -> Iterator[Bottleneck]:
    for entry in body["bottlenecks"]:
        if unknown := set(entry["constrains"]) - set(layers):
            raise ModelError(f"{path.name}: {entry['code']}: {sorted(unknown)[0]!r} is no layer")
        yield Bottleneck(
            entry["code"], entry["name"], entry["meaning"], tuple(entry["constrains"]), entry.get("reading", {})
        )


@cache
def load_registry(extra: tuple[Path, ...] = ()) -> Registry:
    """Return the shipped registry, then that of the ``extra`` folders.

    Raises ModelError naming file and entry for an unknown key, a double id, an unknown owner or a surface that two
    organizations share.
    """
    organizations: dict[str, Organization] = {}
    surfaces: dict[str, str] = {}
    for path in _yaml_files((HERE / "registry", *extra)):
        for entry in read_yaml(path) or []:
            org = _organization(path, entry)
            if org.id in organizations:
                raise ModelError(f"{path.name}: {org.id}: this id is used twice")
            for surface in strong_surfaces(org):
                if surfaces.setdefault(surface, org.id) != org.id:
                    raise ModelError(f"{path.name}: {org.id}: {surface!r} already stands for {surfaces[surface]}")
            organizations[org.id] = org
    for org in organizations.values():
        if org.owner and org.owner not in organizations:
            raise ModelError(f"registry: {org.id}: owner {org.owner!r} is not registered")
    return Registry(dict(sorted(organizations.items())))


def strong_surfaces(org: Organization) -> set[str]:
    """Return the surfaces that identify ``org`` alone: name, aliases, legal names, brands and offerings."""
    offered = {s for offering in org.offerings for s in (offering.name, *offering.aliases)}
    return {org.name, *org.aliases, *org.legal_names, *org.brands, *offered} - set(org.weak_aliases)


def _organization(path: Path, entry: dict[str, Any]) -> Organization:
    where = f"{path.name}: {entry.get('id', '(no id)')}"
    if unknown := set(entry) - ORGANIZATION_KEYS:
        raise ModelError(f"{where}: unknown key {sorted(unknown)[0]!r}")
    if missing := {"id", "name", "kind", "segment"} - set(entry):
        raise ModelError(f"{where}: key {sorted(missing)[0]!r} is missing")
    if wrong := set(entry.get("layers", ())) - set(LAYERS):
        raise ModelError(f"{where}: {sorted(wrong)[0]!r} is no layer")
    lists = {
        k: tuple(str(v) for v in entry.get(k, ()))
        for k in ("layers", "aliases", "weak_aliases", "legal_names", "tickers", "brands")
    }
    offerings = tuple(
        Offering(o["name"], o["kind"], entry["id"], o.get("layer", ""), tuple(o.get("aliases", ())))
        for o in entry.get("offerings", ())
    )
    return Organization(
        id=entry["id"],
        name=entry["name"],
        kind=entry["kind"],
        segment=entry["segment"],
        cik=str(entry.get("cik", "")),
        owner=entry.get("owner") or "",
        source=entry.get("source", ""),
        offerings=offerings,
        **lists,
    )
