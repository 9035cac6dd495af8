"""OPERATES: a party beside a verb of operation and a named site. What belongs here: that reader.

A site's name is what a text writes with capitals before a word such as campus, cluster or plant; the words are data
(``graph/ontology/operates.yml``). The subject stands before the verb, or is the first person.
"""

import re
from collections.abc import Iterator
from functools import cache

from graph.model import load_ontology
from pipelines.ids import slug
from pipelines.nlp import force
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import BlockView, Mention, Reading
from pipelines.records import Party


@cache
def _pattern() -> re.Pattern[str]:
    reading = load_ontology().predicates["OPERATES"].reading
    verbs, kinds = "|".join(reading["site_verbs"]), "|".join(reading["site_kinds"])
    name = r"(?P<name>(?:[A-Z][\w’'-]+|\d+)(?: (?:[A-Z][\w’'-]+|\d+)){0,3})"
    return re.compile(rf"\b(?P<verb>{verbs})\b[^.;]{{0,25}}?\b(?:the|its|our|a)\s+{name}\s+(?P<kind>(?i:{kinds}))\b")


def read(view: BlockView, start: int, end: int, mentions: list[Mention]) -> Iterator[Reading]:
    """Yield the site that one sentence says a party operates."""
    text = view.context.document.text[start:end]
    found = _pattern().search(text)
    # "A 1 GW campus": a size is no name.
    if not found or not re.search(r"[A-Z][a-z]|[A-Z]\w*-?\d|^\d$", found["name"]):
        return
    before = [m for m in mentions if m.end - start <= found.start() and m.party.kind == "Organization"]
    fill = None
    if before:
        subject = owner_of(before[-1].party, view.context.registry)
    elif view.first_person and re.search(r"\bwe\b", text[: found.start()], re.I):
        subject, fill = view.first_person.party, view.first_person
    else:
        return
    modality = force.modality_of(text)
    if modality == "asserted" and found["verb"] in load_ontology().predicates["OPERATES"].reading["planned_verbs"]:
        modality = "planned"
    site = f"{found['name']} {found['kind']}"
    # "The Falcon campus" is Falcon; "the Rockdale Facility" is called so.
    name = site if found["kind"][0].isupper() else found["name"]
    yield Reading(
        predicate="OPERATES",
        subject=subject,
        object=Party(name, site, "Facility", f"facility:{slug(name)}"),
        start=start,
        end=end,
        method="rule:operates.named_site",
        modality=modality,
        fills={"subject": fill} if fill else {},
        quality=0.65,
    )
