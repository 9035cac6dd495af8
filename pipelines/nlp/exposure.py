"""EXPOSED_TO and RELIEVES in sentences. What belongs here: from scarcities and parties to readings, with their force.

Which scarcity a sentence states is ``limits``'s, whom it limits ``exposed``'s, how surely ``severity``'s; items and rows
whose heading gives the risk are read elsewhere. How far each construction is trusted is data (``trust`` in ``exposed_to.yml``).
"""

import re
from collections.abc import Iterator

from graph.model import load_ontology
from pipelines.nlp import exposed, relief
from pipelines.nlp.exposed import Exposed
from pipelines.nlp.limits import Limit, limits_in
from pipelines.nlp.reading import BlockView, Mention, Reading
from pipelines.nlp.severity import force_of
from pipelines.records import Party, Polarity

# "Power, not capital, is the bottleneck".
_NOT_THIS = r"(?:\(|, |\bbut |[—–] ?)not (?!only|just|merely|simply|limited to)(?:\w+ ){0,2}$"
_DENIED = re.compile(
    r"(?:\b(?:is|are|was|were|be|do|does|did|have|has|had|will|would) (?:not|no longer|never)|\b(?:no|without|neither)|n['’]t)(?: (?:a|an|any|currently|yet|been|be|face|facing|experienced?|expect|subject to|the|requires?|significantly|materially|main|real))*\s$"
    r"|" + _NOT_THIS,
    re.I,
)
# "A shortage did not limit its output": the denial stands between the scarcity and what it would do.
_DENIED_AFTER = re.compile(
    r"(?: [\w-]+){0,4}? (?:(?:did|do|does|has|have|had|is|are|was|were)(?: not| never|n['’]t)|no longer)"
    r"(?: (?:yet|been|materially|significantly|currently))*"
    r" (?:limit|restrict|affect|impact|constrain|hurt|harm|delay|prevent|disrupt|hamper|hinder|slow|reduc|have (?:an?|any) (?:[\w-]+ ){0,2}(?:impact|effect)\b)",
    re.I,
)
# "CoWoS is no longer the bottleneck": the denial stands between what is scarce and the word of scarcity.
_NOT_SCARCE = re.compile(
    r"(?: [\w-]+){0,3}? (?:(?:is|are|was|were|be)(?: not| no longer| never)|(?:is|are|was|were)n['’]t|no longer)"
    r"(?: (?:really|currently|yet|even))? (?:the|an?|constrained|short|scarce|tight|limited|gating)\b",
    re.I,
)
# What is said not to fall under the limit, within a statement about something else: no claim.
_SPARED = re.compile(
    r"\bcompl(?:iance|y|ying) with(?: [\w,-]+){0,3}\s$|\bnot (?:subject to|requir\w+|restricted by|covered by|affected by)(?: \w+){0,3}\s$",
    re.I,
)
# Whose access to money is told: "we may be unable to raise", "financing may not be available to us", "our ability to borrow".
_OWN_FUNDS = re.compile(
    r"\b(?:our|we|us)\b[^.;]{0,60}\b(?:access|rais\w+|obtain\w*|secur\w+|fund|finance|borrow\w*|financing|liquidity|working capital)\b"
    r"|\b(?:financing|capital|funds|funding|credit)\b[^.;]{0,60}\b(?:available to us|to us|us)\b",
    re.I,
)
# More than a few words of law among commas: a list of what the filer must heed.
_LAW = re.compile(
    r"\b(?:laws?|regulations?|rules|requirements|privacy|tax(?:es|ation)?|anti-\w+|environmental|employment|competition)\b",
    re.I,
)
_FEW = 4
_NOT_OWN = re.compile(r"\W*(?:see|read|related|next)\b[: ]", re.I)


def read(view: BlockView, start: int, end: int, mentions: list[Mention]) -> Iterator[Reading]:
    """Yield what one sentence says about scarcities."""
    text = view.context.document.text[start:end]
    yield from relief.read(view, start, end, mentions)
    relieved = relief.eased(text)
    for limit in [] if _NOT_OWN.match(text) or text.rstrip().endswith("?") else limits_in(text):
        # Outside of filings a supply is scarce only where the words say so.
        implied = limit.how == "named" and view.context.filer is None
        if limit.code not in relieved and not implied and not _SPARED.search(text[: limit.begin]):
            yield from _exposed(view, start, end, mentions, limit)


def _exposed(view: BlockView, start: int, end: int, mentions: list[Mention], limit: Limit) -> Iterator[Reading]:
    text = view.context.document.text[start:end]
    before = _DENIED.search(text[: limit.begin]) or re.search(_NOT_THIS, text[: limit.start], re.I)
    denied = before or any(p.match(text[limit.end :]) for p in (_DENIED_AFTER, _NOT_SCARCE))
    polarity: Polarity = "negative" if denied else "positive"
    modality, severity = force_of(text, limit, risks=view.context.filer is not None)
    for who in exposed.exposed_by(view, start, text, mentions, limit):
        yield Reading(
            predicate="EXPOSED_TO",
            subject=who.party,
            object=Party(limit.code, text[limit.start : limit.end], "Bottleneck", limit.code),
            start=start,
            end=end,
            method=f"rule:exposed_to.{limit.how}.{who.how}",
            polarity=polarity,
            modality=modality,
            qualifiers={"severity": severity},
            fills={"subject": who.fill} if who.fill else {},
            quality=_quality(view, text, who, limit, polarity),
        )


def _quality(view: BlockView, text: str, who: Exposed, limit: Limit, polarity: Polarity) -> float:
    """Return how sure the construction is; denials, limits in a list of laws, and what another suffers or lacks stay candidates."""
    trust = load_ontology().predicates["EXPOSED_TO"].reading["trust"]
    kind = "filing" if view.context.filer else "other"
    quality: float = trust[kind].get(f"{limit.how}.{who.how}", 0.6)
    others_money = limit.code == "capital" and limit.how == "bound" and not _OWN_FUNDS.search(text)
    others = who.how == "first_person" and exposed.others_suffer(text)
    unsure = (
        polarity == "negative" or others_money or others or (len(_LAW.findall(text)) > _FEW and text.count(",") > _FEW)
    )
    return min(quality, 0.6) if unsure else quality
