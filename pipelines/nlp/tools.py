"""What extraction needs, made ready: ontology, registry and parser. What belongs here: paying at the start for what is made once.

Patterns, automata and lexicons are made where they are first asked for; a page with something for every reader asks for them.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from graph.model import Ontology, Registry, load_ontology, load_registry

if TYPE_CHECKING:
    from spacy.language import Language

_PAGE = b"""<html lang="en"><head><title>Acme Cloud: suppliers</title></head><body><article><h1>Acme Cloud: suppliers</h1>
<p>Acme Cloud, Inc. buys racks from NVIDIA, which depends on TSMC, and sells 5 MW of capacity to Microsoft for $3 billion.
We may face a shortage of power, and two customers accounted for 12% and 10% of revenue in fiscal 2025. It operates a data
center in Texas, and it supplies its customers and competes with CoreWeave. The training is 3x faster in seven months.</p>
<h2>Key suppliers</h2><p>Suppliers include:</p><ul><li>Vertiv: cooling</li><li>Dell and Supermicro - racks, 20% cheaper</li></ul>
<table><tr><th>Supplier</th><th>Customer</th><th>Capacity (MW)</th><th>Risk</th></tr>
<tr><td>Micron</td><td>NVIDIA</td><td>5</td><td>HBM supply is constrained</td></tr></table></article></body></html>"""


@dataclass(frozen=True, slots=True)
class Tools:
    """What reads claims off a document."""

    ontology: Ontology
    registry: Registry
    nlp: "Language"


@cache
def tools(model: str = "") -> Tools:
    """Return ontology, registry and the parser ``model`` (empty: the usual one), with all that is made of them once made.

    Raises UsageError when the parser cannot be loaded, and ModelError for a wrong ontology or registry file.
    """
    from pipelines.nlp.extract import extract_claims
    from pipelines.nlp.pipeline import load_pipeline
    from pipelines.parse.read import read_document

    made = Tools(load_ontology(), load_registry(), load_pipeline(model))
    extract_claims(read_document(_PAGE, "page.html"), made.ontology, made.registry, made.nlp)
    return made
