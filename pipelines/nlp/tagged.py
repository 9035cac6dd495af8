"""Claims from tags: the facts of an inline XBRL filing. What belongs here: that reader, and what tags and prose say together.

What each kind of fact claims is in ``tagged_shares`` and ``tagged_amounts``; which concepts mean what, in
``graph/ontology/tags.yml``. A hidden fact has no place in the text, so it makes no claim.
"""

from collections.abc import Iterator
from datetime import date

from pipelines.nlp import tagged_amounts, tagged_shares
from pipelines.nlp.reading import DocumentContext, Reading
from pipelines.nlp.tag_places import Places
from pipelines.records import Document


def read(context: DocumentContext) -> Iterator[Reading]:
    """Yield the claims that the tags of a filing make."""
    if not context.document.facts or context.filer is None:
        return
    places, latest = Places(context.document), reported_until(context.document)
    yield from tagged_shares.read(context, places, latest)
    yield from tagged_amounts.commitments(context, places, latest)
    yield from tagged_amounts.metrics(context, places)
    yield from tagged_amounts.stakes(context, places, latest)


def reported_until(document: Document) -> date | None:
    """Return the last day of the period that the filing reports: as its cover says, else the last of its shares."""
    ends = [fact.period_to for fact in document.facts if fact.period_to and tagged_shares.is_share(fact)]
    return document.period_end or max(ends, default=None)
