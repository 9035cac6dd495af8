"""What must hold among registered organizations. What belongs here: identifiers and owners, refused with file and line.

What does not: reading an entry (``model``).
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.model_files import wrong

if TYPE_CHECKING:
    from graph.model import Organization

# Each stands for one organization alone, in the form that its issuer gives it.
IDENTIFIERS = {"cik": r"[1-9]\d{0,9}", "lei": r"[A-Z0-9]{18}\d\d", "wikidata": r"Q[1-9]\d*"}
ORGANIZATION_KINDS = ("public", "private", "lab", "utility", "government", "fund", "consortium")


def identifiers(org: "Organization") -> list[tuple[str, str]]:
    """Return what identifies ``org`` alone in public records: each identifier, and each ticker."""
    found = [(name, str(getattr(org, name))) for name in IDENTIFIERS if getattr(org, name)]
    return [*found, *(("ticker", ticker) for ticker in org.tickers)]


def check_identifiers(path: Path, at: int, entry: dict[str, Any]) -> None:
    """Raise ModelError for an identifier that is not of its form, one without its source, or an unknown kind."""
    if entry["kind"] not in ORGANIZATION_KINDS:
        raise wrong(
            path, (at, "kind"), f"{entry['id']}: kind {entry['kind']!r} is none of {', '.join(ORGANIZATION_KINDS)}"
        )
    for name, form in IDENTIFIERS.items():
        if name in entry and not re.fullmatch(form, str(entry[name])):
            raise wrong(path, (at, name), f"{entry['id']}: {entry[name]!r} is no {name}")
    if any(name in entry for name in (*IDENTIFIERS, "tickers", "exchange")) and not entry.get("source"):
        raise wrong(path, (at,), f"{entry['id']}: an identifier needs its source")


def check_owners(organizations: dict[str, "Organization"], places: dict[str, tuple[Path, int]]) -> None:
    """Raise ModelError for an owner that is not registered, and where owners go round in a circle."""
    for org in organizations.values():
        if org.owner and org.owner not in organizations:
            path, at = places[org.id]
            raise wrong(path, (at, "owner"), f"{org.id}: owner {org.owner!r} is not registered")
        if circle := _owners_in_a_circle(org, organizations):
            path, at = places[org.id]
            raise wrong(path, (at, "owner"), f"{org.id}: owners go round in a circle: {' → '.join(circle)}")


def _owners_in_a_circle(org: "Organization", organizations: dict[str, "Organization"]) -> list[str]:
    """Return the ids from ``org`` over its owners back to it, empty where they end at a parent."""
    chain = [org.id]
    while owner := organizations[chain[-1]].owner:
        chain.append(owner)
        if owner == org.id:
            return chain
        if owner not in organizations or owner in chain[:-1]:
            break
    return []
