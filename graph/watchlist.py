"""Whom and what a user follows. What belongs here: reading a watchlist.

What does not: which rows are on it (``pipelines.warehouse.watching``). A watchlist is a YAML file with any of the lists companies (names, tickers or ids),
layers and bottlenecks (codes); a layer stands for the registry's companies that work in it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.errors import UsageError
from graph.model import load_ontology, load_registry
from graph.model_files import check_keys, check_list, read_yaml, wrong

LISTS = ("companies", "layers", "bottlenecks")


@dataclass(frozen=True, slots=True)
class Watchlist:
    """Ids of companies (those of the layers too), codes of layers and bottlenecks."""

    companies: frozenset[str]
    layers: frozenset[str]
    bottlenecks: frozenset[str]


def load_watchlist(path: Path, home: Path, company: Callable[[str], str]) -> Watchlist:
    """Return the watchlist of ``path``, looked for in ``home`` where it is not there; ``company`` gives the id of a name.

    ``company`` raises UsageError for a name that is none. Raises UsageError where there is no such file, ModelError naming file and
    line for anything else that is wrong.
    """
    found = next((each for each in (path, home / path) if each.is_file()), None)
    if found is None:
        raise UsageError(f"--watchlist {path}: no such file, here or in {home}; docs/how-to/watchlist.md shows one")
    body = read_yaml(found)
    check_keys(found, (), body, (), LISTS)
    ontology = load_ontology()
    named = {key: [str(entry) for entry in check_list(found, (key,), body.get(key) or [])] for key in LISTS}
    for key, known in (("layers", ontology.layers), ("bottlenecks", ontology.bottlenecks)):
        for at, code in enumerate(named[key]):
            if code not in known:
                raise wrong(found, (key, at), f"{code!r} is none of {', '.join(known)}")
    if not any(named.values()):
        raise wrong(found, (), "it follows nothing; name companies, layers or bottlenecks")
    layers = frozenset(named["layers"])
    of_layers = {org.id for org in load_registry().organizations.values() if layers & set(org.layers)}
    return Watchlist(_ids(found, named["companies"], company) | of_layers, layers, frozenset(named["bottlenecks"]))


def _ids(path: Path, names: list[str], company: Callable[[str], str]) -> frozenset[str]:
    ids = set()
    for at, name in enumerate(names):
        try:
            ids.add(company(name))
        except UsageError as error:
            raise wrong(path, ("companies", at), str(error)) from None
    return frozenset(ids)
