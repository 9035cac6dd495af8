"""``loadpath doctor``: what is wrong with this installation. What belongs here: checks, each with its mending."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass

from graph.errors import LoadpathError
from pipelines.settings import Settings


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was looked at, what was found, and what to do where it is not well."""

    what: str
    ok: bool
    state: str
    mend: str = ""


def examine(settings: Settings) -> list[Check]:
    """Return all checks in order; none of them raises."""
    return [
        Check("Python", sys.version_info >= (3, 11), sys.version.split()[0], "install Python 3.11 or newer"),
        _try("ontology and registry", _model, "correct the file that the message names"),
        _try("language model", lambda: _language(settings), "run make install, or set LOADPATH_SPACY_MODEL"),
        _home(settings),
        _try("warehouse", lambda: _warehouse(settings), "run loadpath demo or loadpath add"),
        _try("graph", lambda: _graph(settings), "see the message; unset NEO4J_URI for the embedded graph"),
        _local_neo4j(),
    ]


def _try(what: str, look: Callable[[], str], mend: str) -> Check:
    try:
        return Check(what, True, look())
    except LoadpathError as error:
        return Check(what, False, str(error), mend)
    except (OSError, ImportError) as error:
        return Check(what, False, f"{type(error).__name__}: {error}", mend)


def _model() -> str:
    from graph.model import load_ontology, load_registry
    from graph.query import queries

    ontology, registry = load_ontology(), load_registry()
    return (
        f"{len(ontology.predicates)} predicates, {len(registry.organizations)} organizations, {len(queries())} queries"
    )


def _language(settings: Settings) -> str:
    from pipelines.nlp.pipeline import load_pipeline

    meta = load_pipeline(settings.spacy_model).meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def _home(settings: Settings) -> Check:
    place = settings.home if settings.home.exists() else settings.home.parent
    ok = os.access(place, os.W_OK)
    return Check("home", ok, str(settings.home), "make it writable, or name another with --home")


def _warehouse(settings: Settings) -> str:
    from pipelines.warehouse import store

    with store.connection(settings.warehouse) as con:
        count = store.rows(con, "SELECT count(*) AS n, count(DISTINCT document_id) AS d FROM mart.fct_claim")[0]
    return f"{count['n']} claims of {count['d']} documents"


def _graph(settings: Settings) -> str:
    from pipelines.warehouse.graph_load import open_graph

    graph = open_graph(settings)
    try:
        (row,) = graph.read("MATCH (n) RETURN count(n) AS nodes")
    finally:
        graph.close()
    return f"{'embedded' if graph.embedded else graph.uri}, {row['nodes']} nodes"


def _local_neo4j() -> Check:
    missing = [tool for tool in ("mvn",) if shutil.which(tool) is None]
    state = "can be started" if not missing else f"{', '.join(missing)} not found: the embedded graph serves instead"
    return Check("local Neo4j (optional)", True, state)
