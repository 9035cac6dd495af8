"""Which company a name means. What belongs here: the registry first, then the parties that documents name, by either engine.

What does not: how names in text come to parties (``pipelines.resolve``).
"""

import difflib
from collections.abc import Callable
from typing import Any

from graph.errors import UsageError
from graph.model import Organization, load_registry

Reader = Callable[[str, dict[str, Any]], list[dict[str, Any]]]
ANY = "any"
NEAREST = 3
# How many parties of one name are listed for the user to choose from.
LISTED = 5
_NAMED = {
    "graph": "MATCH (o:Organization) WHERE o.id = $name OR toLower(o.name) = toLower($name) RETURN o.id AS id ORDER BY id",
    "sql": "SELECT party_id AS id FROM mart.dim_party WHERE kind = 'Organization' AND (party_id = $name OR lower(name) = lower($name)) ORDER BY id",
}
_NAMES = {
    "graph": "MATCH (o:Organization) RETURN DISTINCT o.name AS name ORDER BY name",
    "sql": "SELECT DISTINCT name FROM mart.dim_party WHERE kind = 'Organization' ORDER BY name",
}


def company_id(name: str, engine: str, read: Reader) -> str:
    """Return the id of the company that is called ``name`` (name, alias, ticker or id).

    Raises UsageError with the closest names when there is none, and with the ids when there are several.
    """
    if org := load_registry().find(name):
        return org.id
    found = [row["id"] for row in read(_NAMED[engine], {"name": name})]
    if len(found) == 1:
        return str(found[0])
    if found:
        more = f" and {len(found) - LISTED} more" if len(found) > LISTED else ""
        raise UsageError(
            f"{name}: {len(found)} parties have this name; give one's id: {', '.join(found[:LISTED])}{more}"
        )
    raise UsageError(f"{name}: no such company{_hint(name, [row['name'] for row in read(_NAMES[engine], {})])}")


def _hint(name: str, named: list[str]) -> str:
    """Return the closest names as the end of a sentence; each company is named once, as it is called."""
    surfaces = {name.casefold(): name for name in named}
    for org in load_registry().organizations.values():
        surfaces |= {surface.casefold(): org.name for surface in _surfaces(org)}
    near = difflib.get_close_matches(name.casefold(), surfaces, n=4 * NEAREST, cutoff=0.6)
    begins = [surface for surface in surfaces if surface.startswith(name.casefold())] if len(name) > 2 else []
    chosen = list(dict.fromkeys(surfaces[surface] for surface in [*near, *sorted(begins)]))[:NEAREST]
    return f"; did you mean {' or '.join(chosen)}?" if chosen else "; give its name, ticker or id"


def _surfaces(org: Organization) -> tuple[str, ...]:
    return (org.id, org.name, *org.aliases, *org.legal_names, *org.tickers)
