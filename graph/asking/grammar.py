"""The grammar as data, read and checked. What belongs here: phrasings compiled to nodes, the files' own mistakes named.

What does not: matching a question (``match``). In a phrasing ``$name`` stands for a group of words of words.yml, ``(a|b)`` for one of several,
``[a]`` for what may be left out, ``<type:parameter>`` for a value, and ``*`` in a frame for conditions.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from graph.asking.tokens import words
from graph.model_files import check_keys, check_list, read_yaml, wrong
from graph.query import queries

FOLDER = Path(__file__).parent.parent / "grammar"
WORDS, CONDITIONS = "words.yml", "conditions.yml"
KINDS = ("who", "list", "say")
_PART = re.compile(r"\$\w+|<[^>]*>|[()\[\]|*]|[^\s()\[\]|<>$*]+")


NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Node:
    """What may fit some tokens: ``words`` are those that it may ask for, ``needed`` those without which it cannot fit."""

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that it may ask for."""
        return NOTHING.union(*(part.words for part in self.below))

    @cached_property
    def needed(self) -> frozenset[str]:
        """The words without which it cannot fit."""
        return NOTHING.union(*(part.needed for part in self.below))

    @cached_property
    def fills(self) -> frozenset[str]:
        """The parameters that it may fill."""
        return NOTHING.union(*(part.fills for part in self.below))

    @property
    def below(self) -> tuple["Node", ...]:
        """The nodes that it is made of."""
        return ()


@dataclass(frozen=True)
class Word(Node):
    """One word, folded."""

    folded: str

    @cached_property
    def words(self) -> frozenset[str]:
        """Itself."""
        return frozenset((self.folded,))

    @cached_property
    def needed(self) -> frozenset[str]:
        """Itself."""
        return self.words


@dataclass(frozen=True)
class Slot(Node):
    """A value of a type; a day or period may fill two parameters."""

    type: str
    parameters: tuple[str, ...]

    @cached_property
    def fills(self) -> frozenset[str]:
        """Its parameters."""
        return frozenset(self.parameters)


@dataclass(frozen=True)
class Sequel(Node):
    """Parts one after the other."""

    parts: tuple[Node, ...]

    @property
    def below(self) -> tuple[Node, ...]:
        """Its parts."""
        return self.parts


@dataclass(frozen=True)
class Choice(Node):
    """One of several; ``optional``: or none."""

    among: tuple[Node, ...]
    optional: bool = False

    @cached_property
    def needed(self) -> frozenset[str]:
        """What each of them needs."""
        return NOTHING if self.optional else frozenset.intersection(*(each.needed for each in self.among))

    @property
    def below(self) -> tuple[Node, ...]:
        """What it chooses among."""
        return self.among


@dataclass(frozen=True)
class Conditions(Node):
    """Any number of conditions, in any order."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way of saying it, with the parameters that it fixes; ``words`` are its own, without those around it."""

    node: Node
    fixed: tuple[tuple[str, str], ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One question or command: how it may be said, and which conditions it takes. ``positional`` are a command's arguments."""

    name: str
    is_command: bool
    example: str
    phrasings: tuple[Phrasing, ...]
    takes: frozenset[str]
    positional: tuple[str, ...]
    order: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """All rules, conditions and words. ``values`` maps a closed type to its values and the words for each."""

    rules: tuple[Rule, ...]
    conditions: dict[str, tuple[Node, ...]]
    of_all: frozenset[str]
    fillers: frozenset[str]
    values: dict[str, dict[str, list[str]]]
    bounds: dict[str, tuple[float, float]]
    known: frozenset[str]


@cache
def load_grammar(folder: Path = FOLDER) -> Grammar:
    """Return the grammar of ``folder``; raise ModelError naming file and line of what is wrong in it."""
    path = folder / WORDS
    body = read_yaml(path)
    check_keys(path, (), body, ("fillers", "phrases", "frames", "conditions_of_all", "values", "bounds"), ())
    reader = _Reader(path, body["phrases"], frozenset(word.folded for text in body["fillers"] for word in words(text)))
    conditions = {
        name: tuple(reader.node(folder / CONDITIONS, (name,), text) for text in says)
        for name, says in read_yaml(folder / CONDITIONS).items()
    }
    frames = {kind: reader.frame(path, kind, text) for kind, text in body["frames"].items()}
    rules = [
        _rule(each, reader, frames, frozenset(body["conditions_of_all"]), frozenset(conditions))
        for each in sorted(folder.glob("*.yml"))
        if each.name not in (WORDS, CONDITIONS)
    ]
    nodes = [phrasing.node for rule in rules for phrasing in rule.phrasings]
    nodes += [node for each in conditions.values() for node in each]
    return Grammar(
        rules=tuple(sorted(rules, key=lambda rule: (rule.order, rule.name))),
        conditions=conditions,
        of_all=frozenset(body["conditions_of_all"]),
        fillers=reader.fillers,
        values=body["values"],
        bounds={name: (low, high) for name, (low, high) in body["bounds"].items()},
        known=reader.fillers.union(*(node.words for node in nodes)),
    )


def _rule(
    path: Path, reader: "_Reader", frames: dict[str, tuple[Node, Node]], all_take: frozenset[str], known: frozenset[str]
) -> Rule:
    body = read_yaml(path)
    check_keys(path, (), body, ("example",), ("query", "command", "takes", "positional", *KINDS))
    takes = frozenset(check_list(path, ("takes",), body.get("takes", [])))
    for name in takes - known:
        raise wrong(path, ("takes", name), f"{name!r} is no condition of {CONDITIONS}")
    shipped = queries()
    name = body.get("query") or body.get("command")
    if "query" in body and name not in shipped:
        raise wrong(path, ("query",), f"{name!r} is no shipped question")
    allowed = {p.name for p in shipped[name].parameters} if "query" in body else None
    phrasings = []
    for kind in KINDS:
        for at, entry in enumerate(check_list(path, (kind,), body.get(kind, []))):
            text, fixed = (entry, {}) if isinstance(entry, str) else (entry["as"], entry["with"])
            own = reader.node(path, (kind, at), text)
            for parameter in sorted({*own.fills, *fixed}):
                if allowed is not None and parameter not in allowed:
                    raise wrong(path, (kind, at), f"{name} has no parameter {parameter!r}")
            before, after = frames[kind]
            given = tuple((key, str(value)) for key, value in fixed.items())
            phrasings.append(Phrasing(Sequel((before, own, after)), given, own.words))
    return Rule(
        name=name,
        is_command="command" in body,
        example=body["example"],
        phrasings=tuple(phrasings),
        takes=takes | all_take,
        positional=tuple(body.get("positional", ())),
        order=shipped[name].number if "query" in body else len(shipped) + 1,
    )


class _Reader:
    """Compiles phrasings; each group of words is compiled once."""

    def __init__(self, path: Path, groups: dict[str, list[str]], fillers: frozenset[str]) -> None:
        self.fillers = fillers
        self._path = path
        self._groups = groups
        self._compiled: dict[str, Node] = {}
        self._leaves: dict[str, list[Node]] = {}

    def node(self, path: Path, place: Sequence[Any], text: str) -> Node:
        """Return the node of a phrasing; raise ModelError where its brackets or groups are wrong."""
        parts = _PART.findall(text)
        try:
            node, at = self._choice(parts, 0)
        except (KeyError, IndexError, ValueError) as error:
            raise wrong(path, place, f"phrasing {text!r}: {error}") from None
        if at != len(parts):
            raise wrong(path, place, f"phrasing {text!r}: {parts[at]!r} closes nothing")
        return node

    def frame(self, path: Path, kind: str, text: str) -> tuple[Node, Node]:
        """Return what stands before a phrasing and behind it: ``...`` is its place."""
        before, dots, after = text.partition("...")
        if not dots:
            raise wrong(path, ("frames", kind), f"frame {text!r} has no ... for the phrasing")
        return self.node(path, ("frames", kind), before), self.node(path, ("frames", kind), after)

    def _choice(self, parts: Sequence[str], at: int) -> tuple[Node, int]:
        among = []
        while True:
            node, at = self._sequel(parts, at)
            among.append(node)
            if at == len(parts) or parts[at] != "|":
                return (among[0] if len(among) == 1 else Choice(tuple(among))), at
            at += 1

    def _sequel(self, parts: Sequence[str], at: int) -> tuple[Node, int]:
        found: list[Node] = []
        while at < len(parts) and parts[at] not in ("|", ")", "]"):
            if parts[at] in ("(", "["):
                closing = ")" if parts[at] == "(" else "]"
                node, end = self._choice(parts, at + 1)
                if end == len(parts) or parts[end] != closing:
                    raise ValueError(f"{closing!r} is missing")
                found.append(Choice((node,), optional=True) if closing == "]" else node)
                at = end + 1
            else:
                found += self._leaf(parts[at])
                at += 1
        return (found[0] if len(found) == 1 else Sequel(tuple(found))), at

    def _leaf(self, part: str) -> list[Node]:
        if part == "*":
            return [Conditions()]
        if part.startswith("$"):
            return [self._group(part[1:])]
        if part.startswith("<"):
            kind, _, parameters = part[1:-1].partition(":")
            return [Slot(kind, tuple((parameters or kind).split(",")))]
        if part not in self._leaves:
            self._leaves[part] = [Word(word.folded) for word in words(part) if word.folded not in self.fillers]
        return self._leaves[part]

    def _group(self, name: str) -> Node:
        if name not in self._groups:
            raise ValueError(f"there is no group ${name} in {WORDS}")
        if name not in self._compiled:
            self._compiled[name] = self.node(self._path, ("phrases", name), "|".join(self._groups[name]))
        return self._compiled[name]
