"""Ontology and registry as Parquet for SQL. What belongs here: one row a model entry. No judgement of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa

from graph.analysis.telling import tellings
from graph.court import rules
from graph.model import Ontology, Registry
from pipelines.ids import slug
from pipelines.resolve.businesses import businesses
from pipelines.resolve.senses import senses
from pipelines.warehouse.parts import write_table

_TEXTS = pa.list_(pa.string())
_COURT_RULE = pa.schema(
    [
        ("position", pa.int32()),
        *((name, pa.string()) for name in ("id", "test", "side", "predicate", "of", "says", "polarity")),
        *(
            (name, _TEXTS)
            for name in ("force", "roles", "kinds", "metrics", "severities", "benchmark", "eases", "role_eases")
        ),
        ("sole_source", pa.bool_()),
        ("named", pa.bool_()),
        ("least_share", pa.float64()),
        *((name, pa.string()) for name in ("words", "unless", "beside")),
    ]
)


def write(folder: Path, ontology: Ontology, registry: Registry) -> None:
    """Write organization, offering, bottleneck, layer, place, business, sense, predicate, slot and telling tables into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    organizations = [
        {
            "organization_id": o.id,
            "name": o.name,
            "org_kind": o.kind,
            "segment": o.segment,
            "layers": list(o.layers),
            "tickers": list(o.tickers),
            "cik": o.cik,
            "exchange": o.exchange,
            "lei": o.lei,
            "wikidata": o.wikidata,
            "owner_id": o.owner,
            "source": o.source,
        }
        for o in registry.organizations.values()
    ]
    offerings = {
        f"offering:{slug(f.name)}": {"name": f.name, "kind": f.kind, "layer": f.layer, "owner_id": o.id}
        for o in registry.organizations.values()
        for f in o.offerings
    }
    bottlenecks = [
        {"code": b.code, "name": b.name, "meaning": b.meaning, "constrains": list(b.constrains)}
        for b in ontology.bottlenecks.values()
    ]
    layers = [
        {"code": code, "name": name, "rank": rank} for rank, (code, name) in enumerate(ontology.layers.items(), 1)
    ]
    texts = {
        "organization_id": 0,
        "name": 0,
        "org_kind": 0,
        "segment": 0,
        "tickers": 1,
        "layers": 1,
        "cik": 0,
        "exchange": 0,
        "lei": 0,
        "wikidata": 0,
        "owner_id": 0,
        "source": 0,
    }
    _write(folder, "organization", organizations, texts)
    _write(
        folder,
        "offering",
        [{"offering_id": key, **row} for key, row in sorted(offerings.items())],
        dict.fromkeys(("offering_id", "name", "kind", "layer", "owner_id"), 0),
    )
    _write(folder, "bottleneck", bottlenecks, {"code": 0, "name": 0, "meaning": 0, "constrains": 1})
    write_table(pa.Table.from_pylist(layers), folder / "layer.parquet")
    lists = ontology.lexicons["places"]
    places = sorted({name for key in ("terms", "regions", "wider", "jurisdictions") for name in lists[key]})
    rows = [{"name": name, "usual_name": lists["usual"].get(name, name)} for name in places]
    _write(folder, "place", rows, {"name": 0, "usual_name": 0})
    write_table(pa.Table.from_pylist(businesses()), folder / "business.parquet")
    write_table(pa.Table.from_pylist(senses()), folder / "sense.parquet")
    _write_slots(folder, ontology)
    write_table(pa.Table.from_pylist(rules.rows(), schema=_COURT_RULE), folder / "court_rule.parquet")
    told = [{**asdict(telling), "least": str(telling.least)} for telling in tellings()]
    _write(folder, "telling", told, dict.fromkeys(("predicate", "side", "form", "item", "instead", "least"), 0))


def _write_slots(folder: Path, ontology: Ontology) -> None:
    """Write the kinds of party that each predicate takes, and what it says of claims among one another: mirror, symmetry, slots."""
    predicates = [
        {
            "predicate": p.name,
            "domain": list(p.domain),
            "range": list(p.range),
            "mirror": p.mirror,
            "is_symmetric": str(p.symmetric).lower(),
        }
        for p in ontology.predicates.values()
    ]
    slots = [
        {
            "predicate": p.name,
            "slot": slot.id,
            "parts": list(slot.of),
            "functional": str(slot.functional).lower(),
            "value": slot.value,
            "unit": slot.unit,
            "holds": slot.holds,
            "exact": str(slot.exact).lower(),
            "only": [f"{name}={value}" for name, values in slot.only for value in values],
        }
        for p in ontology.predicates.values()
        for slot in p.slots
    ]
    _write(folder, "predicate", predicates, {"predicate": 0, "domain": 1, "range": 1, "mirror": 0, "is_symmetric": 0})
    columns = {
        "predicate": 0,
        "slot": 0,
        "parts": 1,
        "functional": 0,
        "value": 0,
        "unit": 0,
        "holds": 0,
        "exact": 0,
        "only": 1,
    }
    _write(folder, "slot", slots, columns)


def _write(folder: Path, name: str, rows: Sequence[Mapping[str, object]], columns: dict[str, int]) -> None:
    """Write ``rows`` with text columns (0) and lists of text (1)."""
    schema = pa.schema([(column, _TEXTS if is_list else pa.string()) for column, is_list in columns.items()])
    write_table(pa.Table.from_pylist(list(rows), schema=schema), folder / f"{name}.parquet")
