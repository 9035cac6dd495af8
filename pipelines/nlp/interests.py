"""Marks of interest: a mark beside a company's name, explained by a legend. What belongs here: that reader.

The legend makes a FINANCES claim from the author's firm (or the one that the legend names) to each marked company.
"""

from collections.abc import Iterator

from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import DocumentContext, Filled, Reading
from pipelines.records import Party


def read(context: DocumentContext) -> Iterator[Reading]:
    """Yield one claim a marked company, quoting the legend; the company's own span is its frame."""
    text = context.document.text
    for interest in context.document.interests:
        # A legend that does not say whose interest it is, on a page without a publisher, gives no subject.
        if not interest.holder:
            continue
        holder = context.registry.find(interest.holder)
        subject = Party(
            holder.name if holder else interest.holder, interest.holder, "Organization", holder.id if holder else ""
        )
        marked: dict[str, Filled] = {}
        for mentions in context.mentions.values():
            for mention in mentions:
                party = owner_of(mention.party, context.registry)
                if (
                    text[mention.end : mention.end + len(interest.mark)] == interest.mark
                    and party.kind == "Organization"
                ):
                    marked.setdefault(party.identity, Filled(party, "legend", mention.start, mention.end))
        for filled in marked.values():
            yield Reading(
                predicate="FINANCES",
                subject=subject,
                object=filled.party,
                start=interest.start,
                end=interest.end,
                method="rule:finances.portfolio_mark",
                qualifiers={"kind": "equity"},
                fills={"object": filled},
                quality=0.9,
            )
