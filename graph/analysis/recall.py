"""How much is missing by estimate, from either engine. What belongs here: who was seen to state which relation, and the sentence of an answer.

What does not: the estimate itself (``graph.analysis.recapture``).
"""

from typing import Any

from graph.analysis.recapture import ALL, ASSUMPTION, rows
from graph.analysis.telling import tellings
from graph.companies import Reader
from graph.model import load_ontology
from graph.query import LATEST

# The Cypher says the same as `sql/mart/bridge_mirror_claim.sql` and `sql/mart/views/sightings_at.sql`, but for the claims' ids.
_SIGHTINGS = {
    "sql": "SELECT * FROM mart.sightings_at($as_of, $known_on)",
    "graph": """
UNWIND $relations AS r
MATCH (s:Organization)<-[:SUBJECT]-(c:Claim {predicate: r.said, polarity: 'positive', named: true})-[:OBJECT]->(o:Organization)
WHERE c.modality IN ['asserted', 'planned', 'historical'] AND s.id <> o.id
  AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on)
  AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH r, c, s, o, r.exchanged OR (r.symmetric AND s.id > o.id) AS exchanged
WITH r.predicate AS predicate, CASE WHEN exchanged THEN o.id ELSE s.id END AS subject_id,
     CASE WHEN exchanged THEN s.id ELSE o.id END AS object_id,
     CASE WHEN NOT c.disclosed_by IN ['subject', 'object'] THEN 'third_party'
          WHEN (c.disclosed_by = 'subject') = exchanged THEN 'object' ELSE 'subject' END AS said_by
WITH predicate, subject_id, object_id, collect(DISTINCT said_by) AS families
RETURN predicate, subject_id, object_id, 'subject' IN families AS by_subject, 'object' IN families AS by_object,
       'third_party' IN families AS by_third
ORDER BY predicate, subject_id, object_id
""",
}
_FILERS = """
MATCH (d:Document) WHERE d.filer_id <> '' AND d.known_from <= $known_on AND (d.known_to IS NULL OR d.known_to > $known_on)
RETURN DISTINCT d.filer_id AS filer_id
"""


def sightings(
    engine: str, read: Reader, times: dict[str, Any], predicates: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """Return the relations between two named organizations with who states them; ``times`` has as_of (None: any) and known_on.

    ``predicates`` are those asked for (none: all that both parties tell of). Linear in the claims of these predicates.
    """
    values = {"as_of": times.get("as_of"), "known_on": times.get("known_on") or LATEST}
    if engine == "sql":
        return [row for row in read(_SIGHTINGS[engine], values) if not predicates or row["predicate"] in predicates]
    relations = [row for row in _relations() if not predicates or row["predicate"] in predicates]
    found = read(_SIGHTINGS[engine], values | {"relations": relations})
    filers = {row["filer_id"] for row in read(_FILERS, {"known_on": values["known_on"]})}
    return [
        {
            **row,
            "subject_files": row["subject_id"] in filers,
            "object_files": row["object_id"] in filers,
            "claim_ids": [],
        }
        for row in found
    ]


def sentence(engine: str, read: Reader, predicates: tuple[str, ...], times: dict[str, Any]) -> str:
    """Return how many relations of ``predicates`` (none: of all) there are by estimate; empty where there is no estimate."""
    if predicates and not {*predicates} & {relation["predicate"] for relation in _relations()}:
        return ""
    wanted = predicates or (ALL,)
    told = [
        f"{row['n_seen']} of about {row['estimate']} {_what(row['predicate'])} ({row['low']} to {row['high']} at 95 %)"
        for row in rows(sightings(engine, read, times, predicates))
        if row["estimate"] is not None and row["predicate"] in wanted
    ]
    if not told:
        return ""
    return f"Of companies that file, by capture and recapture, were seen: {'; '.join(told)}. It assumes {ASSUMPTION}."


def _what(predicate: str) -> str:
    return "relations" if predicate == ALL else f"{predicate} relations"


def _relations() -> list[dict[str, Any]]:
    """Return which predicates state which relations that both parties know of: themselves, and their mirrors with the sides exchanged."""
    ontology = load_ontology()
    both = {telling.predicate for telling in tellings() if telling.side == "object"}
    own = [(name, name, False) for name in sorted(both)]
    mirrors = [(p.name, p.mirror, True) for p in ontology.predicates.values() if p.name in both and p.mirror in both]
    return [
        {"predicate": name, "said": said, "exchanged": exchanged, "symmetric": ontology.predicates[name].symmetric}
        for name, said, exchanged in own + mirrors
    ]
