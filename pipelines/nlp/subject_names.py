"""Names of what is measured: products under their owner's name, and unnamed subjects in a text's own words. What belongs here: that.

What does not: which words of a sentence say whose a number is (``measured``). Own words count only where they name
something that can be measured (``subject_nouns`` of ``graph/ontology/metrics.yml``).
"""

import re
from functools import cache

from graph.model import load_ontology
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import BlockView, Mention
from pipelines.records import Party

LONGEST = 60
_ARTICLE = re.compile(
    r"^(?:(?:the|a|an|each|every|one|single|our|its|their|these|those|this|that|all|some|most|many|new|total|entire|full|typical|average|and|or|while|for|as|in|when|with)\s)+",
    re.I,
)
# What continues the name of a product: a code with a digit, or a word of grades.
_PRODUCT_TAIL = re.compile(
    r"(?:[ -](?:[A-Z][A-Za-z]*\d[\w.]*|\d{2,3} Series|Ultra|Series|SuperPOD|SuperPod|Superchip|Enterprise|Pro|Max|Cloud|Gen ?\d+|v\d+))+"
)
# "this model" takes up what was named before.
_TAKEN_UP = re.compile(r"(?:this|these|that|those|its|their) [a-z]+", re.I)
_SUM = re.compile(r"[$€£]\s?\d")
# "Big 4 capex envelope": whose it is stands before.
_SPENDING = re.compile(r"\s(?:capex|capital (?:expenditures?|spending|investments?)|spending)\b(?!$).*", re.I)
_YEARS = re.compile(r"\b(?:(?:FY|CY|Q[1-4]\s?)?20[0-5]\d|FY\d\d)E?\b")
_OF_WHAT = re.compile(r"\b(?:for|of) (?:an? |the )?(.+)$")
# A label with one of these is a sentence or a question, not a name.
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|has|have|makes?|fails?|meets?|what|why|how|which|who|that|will|can|does|this|these|per|vs|to|on|at|due|because|enables?|achieving|increasing|decreasing|growing|commits?|supports?|requires?|shows?)\b",
    re.I,
)
# Neither is one that names a sum before its end ("capex to build out capacity").
_SPENT = re.compile(
    r"\b(?:capex|capital (?:expenditures?|spending)|spending|costs?|prices?|lead times?) (?:to|needed|required)\b", re.I
)
# A model's code: letters and a digit, no period ("Q3", "FY26", "2H").
_CODE = re.compile(r"\b(?!(?:Q|H|FY|CY|P)\d)(?:[A-Z]{1,6}[a-z]*-?\d+[A-Za-z]*\d*|[A-Z][a-z]+\d+)s?\b")
_OWNED = re.compile(
    r"(?:[’']s)?(?: (?!CEO|CFO|Inc|Corp|Q\d|FY|H\d)[A-Z][A-Za-z]+){0,3} (?!(?:Q|H|FY|CY)\d)(?:[A-Z][A-Za-z]*-?\d+[\w.]*|Gen ?\d+|v\d+|\d{2,3} Series)(?: NVL\d+)?(?![\w])"
)

# "NVIDIA NeMo framework", "Microsoft Maya 200": an owner's name, names of its own, and what kind of thing it is.
_NAMED_KIND = re.compile(
    r"(?:[’']s)?(?: (?!(?:CEO|CFO|Inc|Corp|AI|GPU|CPU|Cloud)\b)[A-Z][A-Za-z]+[™®]?){1,3}(?: \d{1,4})?(?= (?:platform|framework|system|architecture|superchip|chip|processor|accelerator|engine|library|technology)\b)"
)


@cache
def _nouns() -> re.Pattern[str]:
    words = load_ontology().lexicons["metrics"]["subject_nouns"]
    return re.compile(
        r"(?<!\w)(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + r")(?:s|es)?(?!\w)", re.I
    )


@cache
def _heads() -> re.Pattern[str]:
    """Return the pattern of a phrase whose last words name a thing: a noun, perhaps numbered ("Tier II"), or a model's code."""
    return re.compile(rf"(?:{_nouns().pattern}(?: (?:\d+|[IVX]+|[A-Z]))?|(?-i:{_CODE.pattern})(?: \w+)?|’s|'s)$", re.I)


@cache
def _measures() -> re.Pattern[str]:
    """Return the pattern of words at the end of a label that say what is measured, not who."""
    words = load_ontology().lexicons["metrics"]["label_measures"]
    return re.compile(r"\s(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + r")$", re.I)


def own_words(label: str) -> Party | None:
    """Return the unnamed party that a label or noun phrase names in its own words, or None where it names nothing measurable."""
    if _TAKEN_UP.fullmatch(label.strip()) or _SUM.search(label):
        return None
    words = re.sub(r"\([^)]*\)|[^\w\s'’&/→+.,-]", " ", label)
    words = re.sub(r"\s+", " ", _YEARS.sub(" ", words)).strip(" ,.-–/")
    words = _ARTICLE.sub("", re.sub(r"^\d{1,2}(?:\.\d+)*\.? (?=[A-Z])", "", words))
    if (of := _OF_WHAT.search(words)) and _nouns().search(of[1]):
        words = _ARTICLE.sub("", of[1])
    stripped = False
    if not _SPENT.search(words) and (spending := _SPENDING.search(words)):
        words, stripped = words[: spending.start()], True
    while measure := _measures().search(words):
        words, stripped = words[: measure.start()], True
    if not words or len(words) > LONGEST or _SENTENCE.search(words) or _SPENT.search(words):
        return None
    if not _heads().search(words):
        return None
    # "hyperscaler capex" is that of hyperscalers.
    last = _nouns().search(words.rsplit(" ", 1)[-1])
    if (
        stripped
        and last
        and last[0] == words.rsplit(" ", 1)[-1]
        and last[0].isalpha()
        and not words.endswith(("s", "y", "g", "infrastructure", "equipment", "software"))
    ):
        words += "s"
    return Party(words, label.strip(), "AnonymousParty", named=False)


@cache
def _groups() -> re.Pattern[str]:
    words = load_ontology().lexicons["metrics"]["groups"]
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.I)


def is_group(name: str) -> bool:
    """Return whether an unnamed party is a group of organizations, the market, or a place."""
    return bool(_groups().search(name))


def party_of(view: BlockView, mention: Mention) -> Party:
    """Return the offering under its owner's name and its longest own name, else the organization that the mention stands for."""
    text, party = view.context.document.text, mention.party
    owner = owner_of(party, view.context.registry)
    if party.kind != "Offering":
        return _product_of(text, mention, owner) or owner
    tail = _PRODUCT_TAIL.match(text, mention.end)
    name = party.name + (tail[0] if tail else "")
    if owner is not party and not name.lower().startswith(owner.name.lower()):
        name = f"{owner.name} {name}"
    return Party(name, party.surface, "Offering", party.key)


def _product_of(text: str, mention: Mention, owner: Party) -> Party | None:
    """Return the product that an owner's name and a model's code right behind it name ("AMD Instinct MI355X"), or None."""
    tail = _OWNED.match(text, mention.end) or _NAMED_KIND.match(text, mention.end)
    if not tail or owner.kind != "Organization":
        return None
    surface = text[mention.start : tail.end()]
    return Party(owner.name + re.sub("[’']s|[™®]", "", tail[0]), surface, "Offering")
