"""The market model as data: ontology and registry, read and checked. What belongs here: loading, checking, lookups.

What does not: finding names in text (``pipelines.nlp``), writing to a graph (``graph.load``).
A user's own files, in the same forms, are read after the shipped ones (``extra`` folders).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from graph.model_files import check_keys, check_list, read_yaml, wrong
from graph.patterns import check_reading
from graph.properties import Property, check_indexed, read_properties
from graph.registry_checks import IDENTIFIERS, check_identifiers, check_owners, identifiers
from graph.slots import Slot, read_slots

HERE = Path(__file__).parent
LAYERS = ("compute", "data_storage", "networking_systems", "orchestration", "models")
ELEMENTS = ("relationship", "relationships", "structural", "node", "layers", "bottlenecks", "lexicon")
# A relation's file shows by example what states it.
POSITIVE_EXAMPLES = 3
CLAIM_PARTS = 5
ORGANIZATION_LISTS = ("layers", "aliases", "weak_aliases", "legal_names", "tickers", "brands")


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
    """A relationship type that claims can state. ``qualifiers`` maps a name to a type word or to its closed values.

    ``mirror`` is the predicate that says the same from the other end, with subject and object exchanged; empty where none does.
    """

    name: str
    meaning: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    symmetric: bool
    projects: bool
    qualifiers: dict[str, Any]
    slots: tuple[Slot, ...] = ()
    mirror: str = ""
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
    """Predicates, structural types, node labels, layers, bottlenecks and lexicons of the model.

    ``properties`` says of each label and relationship type what its nodes and relationships carry.
    """

    predicates: dict[str, Predicate]
    structural: dict[str, dict[str, Any]]
    labels: dict[str, dict[str, Any]]
    layers: dict[str, str]
    bottlenecks: dict[str, Bottleneck]
    lexicons: dict[str, dict[str, Any]]
    properties: dict[str, dict[str, Property]]

    @property
    def types(self) -> list[str]:
        """All relationship types, in order."""
        return sorted({*self.predicates, *self.structural})

    def ends(self, kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the node labels from which a relationship of the type ``kind`` may run, and to which."""
        if kind in self.predicates:
            return self.predicates[kind].domain, self.predicates[kind].range
        return tuple(self.structural[kind]["domain"]), tuple(self.structural[kind]["range"])


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
    exchange: str = ""
    lei: str = ""
    wikidata: str = ""
    owner: str = ""
    brands: tuple[str, ...] = ()
    offerings: tuple[Offering, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Registry:
    """All registered organizations by id."""

    organizations: dict[str, Organization]

    def by_cik(self, cik: str) -> Organization | None:
        """Return the organization with this CIK (leading zeros ignored), or None."""
        wanted = cik.lstrip("0")
        return next((o for o in self.organizations.values() if wanted and o.cik == wanted), None)

    def find(self, name: str) -> Organization | None:
        """Return the organization whose id, name, alias, legal name or ticker is ``name``, letter case ignored, or None."""
        return self._by_name.get(name.strip().casefold())

    @cached_property
    def _by_name(self) -> dict[str, Organization]:
        found: dict[str, Organization] = {}
        for org in self.organizations.values():
            for name in (
                org.id,
                org.name,
                *org.aliases,
                *org.legal_names,
                *org.tickers,
                *org.brands,
                *org.weak_aliases,
            ):
                found.setdefault(name.casefold(), org)
        return found


def _yaml_files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(folder.glob("*.yml"))


@cache
def load_ontology(extra: tuple[Path, ...] = ()) -> Ontology:
    """Return the shipped ontology, then that of the ``extra`` folders.

    Raises ModelError naming file and line for an unknown element, key, label or layer and for a name given twice.
    """
    parts: dict[str, list[tuple[Path, dict[str, Any]]]] = {element: [] for element in ELEMENTS}
    names: dict[str, str] = {}
    for path in _yaml_files((HERE / "ontology", *extra)):
        body = read_yaml(path)
        element = body.get("element") if isinstance(body, dict) else None
        if element not in parts:
            raise wrong(path, ("element",), f"element {element!r} is none of {', '.join(ELEMENTS)}")
        if "name" in body and names.setdefault(body["name"], path.name) != path.name:
            raise wrong(path, ("name",), f"{body['name']!r} is already defined in {names[body['name']]}")
        parts[element].append((path, body))
    layers = {entry["code"]: entry["name"] for path, body in parts["layers"] for entry in _layers(path, body)}
    for path, body in parts["node"]:
        check_keys(path, (), body, ("name", "element", "meaning", "key"), ("properties", "indexes", "fulltext"))
    labels = {body["name"]: body for _, body in parts["node"]}
    for path, body in parts["structural"]:
        check_keys(path, (), body, ("name", "element", "meaning", "domain", "range"), ("properties",))
        _check_ends(path, body, labels)
    stated = {body["name"] for _, body in parts["relationship"] if "name" in body}
    for path, body in parts["relationship"]:
        if body.get("mirror", "") not in ("", *stated):
            raise wrong(path, ("mirror",), f"{body['mirror']!r} is no relation of the ontology")
    for path, body in parts["lexicon"]:
        check_keys(path, (), body, ("name", "element"), body)
    return Ontology(
        predicates={body["name"]: _predicate(path, body, labels) for path, body in parts["relationship"]},
        structural={body["name"]: body for _, body in parts["structural"]},
        labels=labels,
        layers=layers,
        bottlenecks={b.code: b for path, body in parts["bottlenecks"] for b in _bottlenecks(path, body, layers)},
        lexicons={body["name"]: body for _, body in parts["lexicon"]},
        properties=_properties(parts),
    )


def _properties(parts: dict[str, list[tuple[Path, dict[str, Any]]]]) -> dict[str, dict[str, Property]]:
    """Return what each label and type carries; relationships of predicates all carry the same."""
    common: dict[str, Property] = {}
    for path, body in parts["relationships"]:
        check_keys(path, (), body, ("element", "properties"), ())
        common |= read_properties(path, body)
    found = {body["name"]: common for _, body in parts["relationship"]}
    for path, body in (*parts["node"], *parts["structural"]):
        found[body["name"]] = read_properties(path, body)
        check_indexed(path, body, found[body["name"]])
    return found


def _layers(path: Path, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    check_keys(path, (), body, ("element", "layers"), ())
    for at, entry in enumerate(check_list(path, ("layers",), body["layers"])):
        check_keys(path, ("layers", at), entry, ("code", "name", "order"), ())
        yield entry


def _predicate(path: Path, body: dict[str, Any], labels: dict[str, Any]) -> Predicate:
    needed = (
        "name",
        "element",
        "meaning",
        "domain",
        "range",
        "symmetric",
        "projects",
        "qualifiers",
        "slots",
        "examples",
    )
    check_keys(path, (), body, needed, ("reading", "mirror"))
    _check_ends(path, body, labels)
    check_reading(path, body.get("reading", {}))
    return Predicate(
        name=body["name"],
        meaning=body["meaning"],
        domain=tuple(body["domain"]),
        range=tuple(body["range"]),
        symmetric=body["symmetric"],
        projects=body["projects"],
        qualifiers=body["qualifiers"],
        slots=read_slots(path, body),
        mirror=body.get("mirror", ""),
        reading=body.get("reading", {}),
        examples=_examples(path, body["name"], body["examples"]),
    )


def _examples(path: Path, predicate: str, entries: Any) -> tuple[Example, ...]:
    """Return the example sentences of a predicate: three that state it and one that only looks like it are asked for."""
    found = []
    for at, entry in enumerate(check_list(path, ("examples",), entries)):
        where = ("examples", at)
        check_keys(path, where, entry, ("text", "claims"), ("filer",))
        for claim in check_list(path, (*where, "claims"), entry["claims"]):
            if len(parts := claim.split(" | ")) != CLAIM_PARTS or parts[1] != predicate:
                raise wrong(path, where, f"{claim!r} is not subject | {predicate} | object | polarity | modality")
        found.append(Example(entry["text"], tuple(entry["claims"]), entry.get("filer", "")))
    if sum(bool(e.claims) for e in found) < POSITIVE_EXAMPLES or all(e.claims for e in found):
        raise wrong(path, ("examples",), f"{POSITIVE_EXAMPLES} sentences with a claim and one without are needed")
    return tuple(found)


def _check_ends(path: Path, body: dict[str, Any], labels: dict[str, Any]) -> None:
    """Raise ModelError where domain or range holds what is no node label."""
    for side in ("domain", "range"):
        for label in check_list(path, (side,), body[side]):
            if label not in labels and label not in ("Value", "Industry"):
                raise wrong(path, (side, label), f"{label!r} is no node label of the ontology")


def _bottlenecks(path: Path, body: dict[str, Any], layers: dict[str, str]) -> Iterator[Bottleneck]:
    check_keys(path, (), body, ("element", "bottlenecks"), ())
    seen: set[str] = set()
    for at, entry in enumerate(check_list(path, ("bottlenecks",), body["bottlenecks"])):
        place = ("bottlenecks", at)
        check_keys(path, place, entry, ("code", "name", "meaning", "constrains"), ("reading",))
        if entry["code"] in seen:
            raise wrong(path, place, f"code {entry['code']!r} is used twice")
        seen.add(entry["code"])
        if unknown := set(check_list(path, (*place, "constrains"), entry["constrains"])) - set(layers):
            raise wrong(path, (*place, "constrains"), f"{entry['code']}: {min(unknown)!r} is no layer")
        yield Bottleneck(
            entry["code"], entry["name"], entry["meaning"], tuple(entry["constrains"]), entry.get("reading", {})
        )


@cache
def load_registry(extra: tuple[Path, ...] = ()) -> Registry:
    """Return the shipped registry, then that of the ``extra`` folders.

    Raises ModelError naming file and line for an unknown key, a double id, an unknown owner or a surface that two
    organizations share.
    """
    organizations: dict[str, Organization] = {}
    places: dict[str, tuple[Path, int]] = {}
    surfaces: dict[str, str] = {}
    taken: dict[tuple[str, str], str] = {}
    for path in _yaml_files((HERE / "registry", *extra)):
        for at, entry in enumerate(check_list(path, (), read_yaml(path) or [])):
            org = _organization(path, at, entry)
            if org.id in organizations:
                raise wrong(path, (at, "id"), f"{org.id}: this id is used twice")
            for identifier in identifiers(org):
                if taken.setdefault(identifier, org.id) != org.id:
                    raise wrong(
                        path,
                        (at, identifier[1]),
                        f"{org.id}: {' '.join(identifier)} already stands for {taken[identifier]}",
                    )
            for surface in sorted(strong_surfaces(org)):
                if surfaces.setdefault(surface, org.id) != org.id:
                    raise wrong(path, (at, surface), f"{org.id}: {surface!r} already stands for {surfaces[surface]}")
            organizations[org.id] = org
            places[org.id] = path, at
    check_owners(organizations, places)
    return Registry(dict(sorted(organizations.items())))


def strong_surfaces(org: Organization) -> set[str]:
    """Return the surfaces that identify ``org`` alone: name, aliases, legal names, brands and offerings."""
    offered = {s for offering in org.offerings for s in (offering.name, *offering.aliases)}
    return {org.name, *org.aliases, *org.legal_names, *org.brands, *offered} - set(org.weak_aliases)


def _organization(path: Path, at: int, entry: Any) -> Organization:
    allowed = (*ORGANIZATION_LISTS, *IDENTIFIERS, "exchange", "owner", "offerings", "source")
    check_keys(path, (at,), entry, ("id", "name", "kind", "segment"), allowed)
    check_identifiers(path, at, entry)
    lists = {
        key: tuple(str(v) for v in check_list(path, (at, key), entry[key]))
        for key in ORGANIZATION_LISTS
        if key in entry
    }
    _check_layers(path, (at, "layers"), entry["id"], lists.get("layers", ()))
    return Organization(
        id=entry["id"],
        name=entry["name"],
        kind=entry["kind"],
        segment=entry["segment"],
        cik=str(entry.get("cik", "")),
        exchange=entry.get("exchange", ""),
        lei=entry.get("lei", ""),
        wikidata=entry.get("wikidata", ""),
        owner=entry.get("owner") or "",
        source=entry.get("source", ""),
        offerings=tuple(_offerings(path, at, entry)),
        **lists,
    )


def _offerings(path: Path, at: int, entry: dict[str, Any]) -> Iterator[Offering]:
    for number, item in enumerate(check_list(path, (at, "offerings"), entry.get("offerings", []))):
        place = (at, "offerings", number)
        check_keys(path, place, item, ("name", "kind"), ("layer", "aliases"))
        _check_layers(path, place, entry["id"], [item["layer"]] if "layer" in item else ())
        aliases = tuple(check_list(path, (*place, "aliases"), item.get("aliases", [])))
        yield Offering(item["name"], item["kind"], entry["id"], item.get("layer", ""), aliases)


def _check_layers(path: Path, place: tuple[Any, ...], org: str, layers: Iterable[str]) -> None:
    if unknown := sorted(set(layers) - set(LAYERS)):
        raise wrong(path, (*place, unknown[0]), f"{org}: {unknown[0]!r} is no layer")
