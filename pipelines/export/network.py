"""GraphML and GEXF: the market as a network. What belongs here: these two XML forms, written line by line.

What does not: what is in the graph (``market_graph``). The network has parties, layers, bottlenecks and places with what holds between
them; not the claims and documents that say so (those have their own formats), nor guesses about who an unnamed customer is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from graph.properties import LIST
from graph.rows import Row
from pipelines.export.market_graph import MarketGraph
from pipelines.export.marts import Marts

WITHOUT_LABELS = {"Claim", "Evidence", "Document"}
WITHOUT_TYPES = {"CANDIDATE_FOR"}
# Of the lists that stand claim by claim, a drawing needs the ids only.
_CLAIM_LISTS = re.compile(r"claim_(?!ids$)")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_GRAPHML_TYPES = {"integer": "long", "number": "double", "flag": "boolean"}
_GEXF_TYPES = {"integer": "long", "number": "double", "flag": "boolean"}


@dataclass(frozen=True)
class Network:
    """Nodes and edges with flat values: each has its id, for an edge its ends too, and what it carries. ``types`` by element and name."""

    nodes: list[tuple[str, Row]]
    edges: list[tuple[str, str, str, Row]]
    types: dict[str, dict[str, str]]


def network(graph: MarketGraph) -> Network:
    """Return the market as a network. A node's id is its label and id, since two labels may have the same id."""
    labels = [label for label in graph.nodes if label not in WITHOUT_LABELS]
    kinds = [
        kind
        for kind, rows in graph.edges.items()
        if kind not in WITHOUT_TYPES and {rows[0]["from_label"], rows[0]["to_label"]}.isdisjoint(WITHOUT_LABELS)
    ]
    types = {"node": {"label": "text", "kind": "text"}, "edge": {"label": "text", "weight": "integer"}}
    nodes, edges = [], []
    for label in labels:
        carried = _drawn(graph, label, types["node"])
        nodes += [
            (f"{label}/{row['id']}", {"label": row["name"], "kind": label, **_flat(row, carried)})
            for row in graph.nodes[label]
        ]
    for kind in kinds:
        carried = _drawn(graph, kind, types["edge"])
        for row in graph.edges[kind]:
            ends = f"{row['from_label']}/{row['from_id']}", f"{row['to_label']}/{row['to_id']}"
            values = {"label": kind, "weight": row.get("n_claims", 1), **_flat(row, carried)}
            edges.append((f"{kind}/{row['id']}", *ends, values))
    return Network(nodes, edges, types)


def _drawn(graph: MarketGraph, name: str, types: dict[str, str]) -> list[str]:
    """Return what nodes of a label, or relationships of a type, carry, and enter the types; a name keeps one type for all."""
    found = {}
    for key, kind in graph.carried(name).items():
        if not _CLAIM_LISTS.match(key):
            found[key] = kind.type if not kind.type.startswith(LIST) and kind.type != "date" else "text"
    for key, kind_name in found.items():
        types[key] = kind_name if types.get(key, kind_name) == kind_name else "text"
    return list(found)


def _flat(row: Row, names: list[str]) -> Row:
    return {name: _value(row[name]) for name in names if row.get(name) is not None}


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return "|".join(str(item) for item in value)
    return value if isinstance(value, bool | int | float | str) else value.isoformat()


class GraphMl:
    """``loadpath.graphml``, for yEd, Cytoscape, networkx and igraph."""

    def write(self, marts: Marts, folder: Path) -> None:
        """Write the file."""
        _write(folder / "loadpath.graphml", _graphml(network(marts.graph)))


class Gexf:
    """``loadpath.gexf``, for Gephi."""

    def write(self, marts: Marts, folder: Path) -> None:
        """Write the file; it is dated with the newest document."""
        _write(folder / "loadpath.gexf", _gexf(network(marts.graph), marts.newest.isoformat()))


def _write(path: Path, lines: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def _text(value: Any) -> str:
    """Return a value as text that XML can hold: what it cannot becomes the replacement character."""
    if isinstance(value, bool):
        return str(value).lower()
    return _NOT_XML.sub("�", str(value))


def _graphml(net: Network) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    keys: dict[tuple[str, str], str] = {}
    for element, types in net.types.items():
        for name, kind in types.items():
            keys[element, name] = f"{element[0]}{len(keys)}"
            declared = f'attr.name="{name}" attr.type="{_GRAPHML_TYPES.get(kind, "string")}"'
            yield f'<key id="{keys[element, name]}" for="{element}" {declared}/>'
    yield '<graph edgedefault="directed">'
    for id_, values in net.nodes:
        yield f"<node id={quoteattr(_text(id_))}>{_data(keys, 'node', values)}</node>"
    for id_, source, target, values in net.edges:
        ends = f"source={quoteattr(_text(source))} target={quoteattr(_text(target))}"
        yield f"<edge id={quoteattr(_text(id_))} {ends}>{_data(keys, 'edge', values)}</edge>"
    yield "</graph>"
    yield "</graphml>"


def _data(keys: dict[tuple[str, str], str], element: str, values: Row) -> str:
    return "".join(
        f'<data key="{keys[element, name]}">{escape(_text(value), {chr(13): "&#13;"})}</data>'
        for name, value in values.items()
    )


def _gexf(net: Network, day: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">'
    yield f'<meta lastmodifieddate="{day}"><creator>Loadpath</creator></meta>'
    yield '<graph mode="static" defaultedgetype="directed">'
    for element, types in net.types.items():
        yield f'<attributes class="{element}" mode="static">'
        for name, kind in _attributes(types):
            yield f'<attribute id="{name}" title="{name}" type="{_GEXF_TYPES.get(kind, "string")}"/>'
        yield "</attributes>"
    yield "<nodes>"
    for id_, values in net.nodes:
        yield f"<node id={quoteattr(_text(id_))} label={quoteattr(_text(values['label']))}>{_attvalues(values)}</node>"
    yield "</nodes>"
    yield "<edges>"
    for id_, source, target, values in net.edges:
        ends = f"source={quoteattr(_text(source))} target={quoteattr(_text(target))}"
        named = f'label={quoteattr(_text(values["label"]))} weight="{values["weight"]}"'
        yield f"<edge id={quoteattr(_text(id_))} {ends} {named}>{_attvalues(values)}</edge>"
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _attributes(types: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is no attribute of the form itself; the edge's type is both, so that Gephi can colour and filter by it."""
    yield from (
        ("type", kind) if name == "label" and "weight" in types else (name, kind)
        for name, kind in types.items()
        if name != "weight"
    )


def _attvalues(values: Row) -> str:
    names = {"label": "type"} if "weight" in values else {}
    shown = {names.get(name, name): value for name, value in values.items() if name != "weight"}
    inner = "".join(f'<attvalue for="{name}" value={quoteattr(_text(value))}/>' for name, value in shown.items())
    return f"<attvalues>{inner}</attvalues>"
