"""HAS_METRIC: a number with its unit and what it measures. What belongs here: that reader; metric words are data.

A metric is read where the same sentence or row names the measured thing (a cue of ``graph/ontology/metrics.yml``), the value
in a unit of that metric, and exactly one subject: a name, the first person, or the page's topic.
"""

import re
from collections.abc import Iterator
from functools import cache

from graph.model import load_ontology
from pipelines.nlp import force
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import BlockView, Filled, Mention, Reading
from pipelines.records import Party

_NUMBER = (
    r"(?P<comparator>more than|over|at least|up to|less than|under|about|approximately|around|roughly|~|>|<|≥|≤)?\s?"
)
_MONEY = re.compile(
    _NUMBER + r"(?P<value>\$\s?\d[\d,.]*(?:\s?[–-]\s?\$?\d[\d,.]*)?)\s?(?P<unit>trillion|billion|million|[BMT]n?\b)",
    re.I,
)
_UNITS = {
    "money": _MONEY,
    "power": re.compile(_NUMBER + r"(?P<value>\d[\d,.]*)\s?(?P<unit>GW|MW|kW|gigawatts?|megawatts?|kilowatts?)(?!h)\b", re.I),
    "multiple": re.compile(_NUMBER + r"(?P<value>\d[\d.]*)\s?(?P<unit>x|×|times)(?!\w)", re.I),
    "rate": re.compile(_NUMBER + r"(?P<value>\d[\d,.]*[kK]?)\s?(?P<unit>(?:output |input )?tokens?(?:/| per )s(?:econd)?(?:/GPU)?|tok/s(?:ec)?)", re.I),
    "time": re.compile(_NUMBER + r"(?P<value>\d[\d,.]*(?:\s?[–-]\s?\d[\d.]*)?)\s?(?P<unit>μs|ms|ns|milliseconds?|weeks|months|years)\b", re.I),
    "percent": re.compile(_NUMBER + r"(?P<value>\d[\d.]*)\s?(?P<unit>%|percent)", re.I),
    "unit_price": re.compile(_NUMBER + r"(?P<value>\$\s?\d[\d,.]*)\s?(?P<unit>(?:per|/|an|a)\s?(?:hour|hr|MWh|kWh|GPU|token|million tokens|M tokens|watt|W|GB|unit))", re.I),
}  # fmt: skip
_COMPARATORS = {"more than": "≥", "over": "≥", "at least": "≥", ">": "≥", "≥": "≥", "up to": "≤", "less than": "≤", "under": "≤",
                "<": "≤", "≤": "≤"}  # fmt: skip


@cache
def _metrics() -> list[tuple[str, re.Pattern[str], list[str], float]]:
    return [
        (
            entry["metric"],
            re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, entry["words"])) + r")(?!\w)", re.I),
            entry["units"],
            entry.get("quality", 0.72),
        )
        for entry in load_ontology().lexicons["metrics"]["metrics"]
    ]


def read(view: BlockView, start: int, end: int, mentions: list[Mention]) -> Iterator[Reading]:
    """Yield the metrics of one sentence or row."""
    text = view.context.document.text[start:end]
    if not re.search(r"\d", text):
        return
    for metric, cue, families, quality in _metrics():
        if not (word := cue.search(text)):
            continue
        found = [(family, m) for family in families for m in _UNITS[family].finditer(text)]
        near = sorted(
            (m for m in found if abs(m[1].start() - word.start()) < 90), key=lambda m: abs(m[1].start() - word.start())
        )
        subject = _subject(view, text, mentions)
        if near and subject:
            yield _reading(view, start, end, metric, near[0][1], *subject, quality)
            return


def _subject(view: BlockView, text: str, mentions: list[Mention]) -> tuple[Party, Filled | None] | None:
    named: dict[str, Party] = {}
    for mention in mentions:
        if mention.party.kind in ("Organization", "Offering"):
            party = (
                mention.party if mention.party.kind == "Offering" else owner_of(mention.party, view.context.registry)
            )
            named.setdefault(party.identity, party)
    if len(named) == 1:
        return next(iter(named.values())), None
    if named:
        return None
    if re.search(r"\b(?:we|our|us)\b", text, re.I) and view.first_person:
        return view.first_person.party, view.first_person
    filled = view.heading_parties[0] if view.heading_parties else view.context.topic
    return (filled.party, filled) if filled else None


def _reading(
    view: BlockView,
    start: int,
    end: int,
    metric: str,
    value: re.Match[str],
    party: Party,
    fill: Filled | None,
    quality: float,
) -> Reading:
    written = re.sub(r"\s+", " ", value[0]).strip()
    comparator = (value["comparator"] or "").strip().lower()
    number = value["value"].strip()
    return Reading(
        predicate="HAS_METRIC",
        subject=party,
        object=Party(written, written, "Value"),
        start=start,
        end=end,
        method=f"metric:{metric.replace(' ', '_')}",
        modality=force.modality_of(view.context.document.text[start:end]),
        qualifiers={
            "metric": metric,
            "value": number,
            "unit": value["unit"],
            "comparator": _COMPARATORS.get(comparator, "~" if comparator else "="),
        },
        fills={"subject": fill} if fill else {},
        quality=quality,
    )
