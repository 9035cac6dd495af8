"""The rules of the thesis court: what counts for and against each test of a company. What belongs here: reading ``rules.yml``.

What does not: fitting claims to rules (``sql/mart/views/court_at.sql``) and showing what came of it (``pipelines.cli.court``).
"""

import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from graph.model import load_ontology
from graph.model_files import check_keys, check_list, read_yaml, wrong

FILE = Path(__file__).parent / "rules.yml"
SIDES = ("for", "against", "unknown")
SEATS = ("subject", "object", "either")
BESIDE = ("", "exposed", "relieves", "upstream", "only_upstream", "upstreams")
_NEEDED = ("id", "test", "side", "predicate", "of", "says")
_LISTS = ("force", "roles", "kinds", "metrics", "severities", "benchmark")
_PLACES = ("other", "topic", "value", "kind", "share", "benchmark")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: claims that fit its conditions speak on one side of one test. Empty conditions always hold; share in percent."""

    id: str
    test: str
    side: str
    predicate: str
    of: str
    says: str
    polarity: str = "positive"
    force: tuple[str, ...] = ("asserted",)
    roles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    benchmark: tuple[str, ...] = ()
    sole_source: bool | None = None
    named: bool | None = None
    least_share: float | None = None
    words: str = ""
    unless: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Court:
    """Tests by name with what they ask, which businesses and which roles of a supply ease which bottleneck, and the rules in their order."""

    tests: dict[str, str]
    eases: dict[str, tuple[str, ...]]
    roles_ease: dict[str, tuple[str, ...]]
    rules: tuple[Rule, ...]


@cache
def load_court(path: Path = FILE) -> Court:
    """Return tests and rules; raise ModelError naming file and line for what is unknown, doubled or no pattern."""
    body = read_yaml(path)
    check_keys(path, (), body, ("tests", "eases", "roles_ease", "rules"), ())
    eases = {name: _eased(path, name, body[name]) for name in ("eases", "roles_ease")}
    rules = tuple(_rule(path, number, entry, body["tests"]) for number, entry in enumerate(body["rules"]))
    ids = [rule.id for rule in rules]
    for number, each in enumerate(ids):
        if each in ids[:number]:
            raise wrong(path, ("rules", number), f"rule {each!r} is there twice")
    return Court({name: str(asks) for name, asks in body["tests"].items()}, **eases, rules=rules)


def _eased(path: Path, name: str, given: Any) -> dict[str, tuple[str, ...]]:
    """Return the bottlenecks that each business or role eases; refuse what is no bottleneck or role of the ontology."""
    ontology = load_ontology()
    roles = ontology.predicates["SUPPLIES"].qualifiers["role"]
    for what, codes in given.items():
        if name == "roles_ease" and what not in roles:
            raise wrong(path, (name, what), f"{what!r} is no role of SUPPLIES")
        for code in check_list(path, (name, what), codes):
            if code not in ontology.bottlenecks:
                raise wrong(path, (name, what, code), f"{code!r} is no bottleneck of the ontology")
    return {what: tuple(codes) for what, codes in given.items()}


def _rule(path: Path, number: int, entry: Any, tests: dict[str, str]) -> Rule:
    place = ("rules", number)
    check_keys(path, place, entry, _NEEDED, [field.name for field in fields(Rule)])
    closed = {
        "test": tests,
        "side": SIDES,
        "of": SEATS,
        "predicate": load_ontology().predicates,
        "polarity": ("positive", "negative"),
        "beside": BESIDE,
    }
    for name, values in closed.items():
        if name in entry and entry[name] not in values:
            raise wrong(path, (*place, name), f"{name} {entry[name]!r} is none of {', '.join(filter(None, values))}")
    given = {name: tuple(check_list(path, (*place, name), entry[name])) for name in _LISTS if name in entry}
    for name in ("words", "unless"):
        _check_pattern(path, (*place, name), entry.get(name, ""))
    if unknown := sorted(set(re.findall(r"\{(\w+)\}", entry["says"])) - set(_PLACES)):
        raise wrong(path, (*place, "says"), f"{{{unknown[0]}}} is none of {', '.join(_PLACES)}")
    return Rule(**{**entry, **given})


def _check_pattern(path: Path, place: tuple[Any, ...], pattern: str) -> None:
    try:
        re.compile(re.sub(r"\{(?:self|other|value)\}", "x", pattern))
    except re.error as error:
        raise wrong(path, place, f"no pattern: {error}") from None


def rows() -> list[dict[str, Any]]:
    """Return the rules as rows for SQL: ``position`` gives their order.

    Where a rule asks for an exposure beside it, ``eases`` has business=bottleneck, ``role_eases`` role=bottleneck, role= for none.
    """
    court, names = load_court(), [field.name for field in fields(Rule)]
    pairs = [f"{segment}={code}" for segment, codes in court.eases.items() for code in codes]
    role_pairs = [f"{role}={code}" for role, codes in court.roles_ease.items() for code in codes or ("",)]
    return [
        {"position": number}
        | ({"eases": pairs, "role_eases": role_pairs} if rule.beside == "exposed" else {"eases": [], "role_eases": []})
        | {name: _plain(getattr(rule, name)) for name in names}
        for number, rule in enumerate(court.rules, 1)
    ]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
