"""How surely a sentence states a limit: modality and severity of EXPOSED_TO. What belongs here: the marker that governs the limit.

A marker is a word of possibility, of plan, or of what came about; the one before the limit in its own clause governs it, else the
nearest. What does not belong here: the force of other statements (``force``), or whether a limit is denied (``exposure``).
"""

import re
from functools import cache
from itertools import pairwise

from graph.model import load_ontology
from pipelines.nlp import force
from pipelines.nlp.limits import Limit
from pipelines.records import Modality

_MAY = re.compile(
    r"\b(?:may|might|could|would|can|likely|possibly|potential|potentially|no assurance|vulnerable|susceptible)\b", re.I
)
_IF = re.compile(r"^\W*(?:if|unless|in the event|failure|should (?:we|our))\b|\b(?:if|unless|in the event)\b", re.I)
# "What they can train" tells what is limited, not how surely.
_ASIDE = re.compile(r"\b(?:what|how|where|whether|whom|when) \w+ (?:can|could|may|might)\b", re.I)
_HEARD = re.compile(r"\b(?:reportedly|rumou?red|appears?|suggests?|allegedly)\b", re.I)
_PLANNED = re.compile(r"\bwill\b", re.I)
_CLAUSE = re.compile(r"[;:•]\s|\s[—–]\s")
# "Power is the bottleneck and will take years": what is so now, whatever the sentence adds.
_NOW = re.compile(
    r"[^,.;]{0,25}? (?:is|are|remains?|stays?) (?:the|an?|still|currently|constrained|tight|scarce|limited|short)\b",
    re.I,
)
# What goes on says nothing less of today: "are facing, and may continue to face".
_GOES_ON = re.compile(
    r",? (?:and|or|and/or) (?:may|might|could|will)(?:,? in the future,?)? continue(?: to \w+)?", re.I
)
# Beyond one of these a marker tells of something else than the limit.
_APART = re.compile(
    r", (?:which|and (?:we|it|they|our|this|these)|but|resulting)\b|\b(?:which|that|because|although|though|while|whereas|but)\b",
    re.I,
)
# Without one of these a part of a list tells nothing by itself: the words before the list do.
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|may|might|could|can|will|would|remains?|continues?|limits|requires?|we [a-z]+|grew|fell|rose|remained|declined|\w+ed (?:our|us|the))\b",
    re.I,
)


@cache
def _came_about() -> re.Pattern[str]:
    """Return the pattern of what came about: perfect, passive past, an actor's act, and a simple past with its object."""
    reading = load_ontology().predicates["EXPOSED_TO"].reading
    done, past, actors, acts = ("|".join(reading[key]) for key in ("came_about", "simple_past", "rule_makers", "acts"))
    return re.compile(
        # What "would have" come about did not.
        rf"(?<!would )(?<!could )(?<!might )(?<!may )(?<!should )\b(?:has|have|had)(?: (?!to\b)[\w-]+){{0,4}}? (?:{done})\b|\b(?:was|were|did)(?: \w+)? (?:{done}|unable|not)\b|\bcould(?: not|n[’']t)(?! be\b)"
        rf"|\b(?:we|it|they|{actors}) (?:{acts})\b|\b(?:announced|issued|imposed) (?:[\w-]+ ){{0,4}}(?:requirements|rules|controls|restrictions|sanctions)"
        # No participle behind "be", "is", "are" or an adverb.
        rf"|(?<!be )(?<!is )(?<!are )(?<!ly )(?<!being )\b(?:{past}) (?:our|the|us|some|certain|many|its|their|several|shipments|delays|higher)\b",
        re.I,
    )


@cache
def _again() -> re.Pattern[str]:
    """Return the pattern of what came about and may do so again ("has limited and may limit")."""
    done = "|".join(load_ontology().predicates["EXPOSED_TO"].reading["came_about"])
    return re.compile(
        rf"\b(?:has|have)(?: [\w-]+){{0,3}}? (?:{done})\b[^.;]{{0,60}}?,? and(?:/or)?(?:,? in the future,?)? (?:may|could|might|can|will)\b"
        r"|\b(?:has|have|had),? (?:in the past|in prior \w+|historically|recently|at times|periodically|on occasion|occasionally|to date|previously|from time to time|already)\b"
        r"|\b(?:has|have|is|are|was|were)(?:,? (?:and|or)|, and/or)(?:,? in the future,?| also| again)? (?:may|could|might|will)\b"
        r"|\w+ed,? and (?:may|could|might|will|can)(?: also)? (?:continue|again|in the future)\b",
        re.I,
    )


@cache
def _risk() -> re.Pattern[str]:
    words = "|".join(load_ontology().predicates["EXPOSED_TO"].reading["risks"])
    return re.compile(rf"\b(?:{words})\b", re.I)


def force_of(text: str, limit: Limit, risks: bool) -> tuple[Modality, str]:
    """Return modality and severity of ``limit`` in the sentence ``text``; ``risks`` where the document tells its own risks.

    What came about "and may again" came about; what a filing lists as a risk, or tells without a verb, may come about.
    """
    clause, at = _clause(_ASIDE.sub(_blank, text), limit)
    found = _by_marker(clause, at)
    if found is None and not _FINITE.search(clause) and (lead := _lead(text, limit)):
        found = ("hedged", "may") if _risk().search(lead) else _by_marker(lead, len(lead))
    if found:
        return found
    modality = force.modality_of(clause)
    listed = (len(clause) < len(text) or not text.rstrip().endswith(".")) and not _FINITE.search(clause)
    if risks and modality == "asserted" and (listed or _risk().search(clause)):
        return "hedged", "may"
    # What somebody plans or weighs beside it says nothing of the limit.
    return (modality if modality == "historical" or _HEARD.search(clause) else "asserted"), "is"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _clause(text: str, limit: Limit) -> tuple[str, int]:
    """Return the part of the sentence between semicolons and colons that holds ``limit``, and where the limit stands in it."""
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    begin, end = next((a, b) for a, b in pairwise(cuts) if a <= limit.start < b or b == len(text))
    return text[begin:end], limit.start - begin


def _lead(text: str, limit: Limit) -> str:
    """Return the words before the list that ``limit`` stands in."""
    first = _CLAUSE.search(text)
    return text[: first.start()] if first and first.start() < limit.start else ""


def _by_marker(clause: str, at: int) -> tuple[Modality, str] | None:
    again = _again().search(clause)
    clause = _GOES_ON.sub(_blank, clause)
    condition = _IF.search(clause)
    if condition and condition.start() <= at and (condition.start() == 0 or at - condition.end() < 80):
        return "conditional", "may"
    kinds: tuple[tuple[re.Pattern[str], Modality, str], ...] = (
        (_came_about(), "asserted", "has_occurred"),
        (_MAY, "hedged", "may"),
        (_PLANNED, "planned", "may"),
    )
    markers = [
        (*_distance(match, clause, at), modality, severity)
        for pattern, modality, severity in kinds
        for match in pattern.finditer(clause)
    ]
    if again:
        return "asserted", "has_occurred"
    if not markers:
        return None
    if all(apart for apart, *_ in markers) and _NOW.match(clause, at):
        return "asserted", "is"
    *_, modality, severity = min(markers, key=lambda marker: marker[:2])
    return modality, severity


def _distance(match: re.Match[str], clause: str, at: int) -> tuple[bool, int]:
    """Return how far a marker is from the limit: those before it in its own clause first, then by characters between."""
    before = match.end() <= at
    governs = before and not _APART.search(clause[match.end() : at])
    return not governs, max(match.start() - at, at - match.end(), 0)
