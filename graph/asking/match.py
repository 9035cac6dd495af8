"""Whether a question says what a phrasing says. What belongs here: matching nodes to tokens, with every way that fits.

What does not: choosing between several (``understand``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.asking.grammar import Choice, Conditions, Grammar, Node, Sequel, Slot, Word
from graph.asking.spans import Spans
from graph.asking.tokens import Token


@dataclass(frozen=True, slots=True)
class Found:
    """A way in which nodes fit the tokens up to ``end``.

    ``given`` are parameters with their texts, ``conditions`` the conditions that were said with their first token and their end, ``unknown`` names that nothing knows,
    ``literal`` how many words of the phrasing were said.
    """

    end: int
    given: tuple[tuple[str, str], ...] = ()
    conditions: tuple[tuple[str, int, int], ...] = ()
    unknown: tuple[str, ...] = ()
    literal: int = 0


@dataclass
class Matcher:
    """Matches one question; ``furthest`` is the token up to which any phrasing could follow it."""

    tokens: Sequence[Token]
    spans: Spans
    grammar: Grammar
    takes: frozenset[str] = frozenset()
    furthest: int = 0
    said: frozenset[str] = field(init=False)
    _conditions_said: tuple[tuple[str, Node], ...] = field(init=False)

    def __post_init__(self) -> None:
        self.said = frozenset(token.folded for token in self.tokens)
        self._conditions_said = tuple(
            (name, node)
            for name, nodes in sorted(self.grammar.conditions.items())
            for node in nodes
            if node.needed <= self.said
        )

    def whole(self, node: Node, takes: frozenset[str]) -> Iterator[Found]:
        """Yield the ways in which ``node`` fits from the first token on, to whatever end; conditions are those of ``takes``."""
        if not node.needed <= self.said:
            return
        self.takes = takes
        for found in self._match(node, Found(0)):
            yield Found(self._filled(found.end), found.given, found.conditions, found.unknown, found.literal)

    def _match(self, node: Node, so_far: Found) -> Iterator[Found]:
        match node:
            case Word():
                yield from self._word(node, so_far)
            case Slot():
                yield from self._slot(node, so_far)
            case Sequel():
                yield from self._sequel(node.parts, so_far)
            case Choice():
                for each in node.among:
                    yield from self._match(each, so_far)
                if node.optional:
                    yield so_far
            case Conditions():
                yield from self._conditions(so_far)

    def _word(self, node: Word, so_far: Found) -> Iterator[Found]:
        at = self._filled(so_far.end)
        if at < len(self.tokens) and self.tokens[at].folded == node.folded:
            yield self._step(so_far, at + 1, literal=1)

    def _slot(self, node: Slot, so_far: Found) -> Iterator[Found]:
        at, given = so_far.end, dict(so_far.given)
        while at < len(self.tokens):
            for span in self.spans.at(node.type, at):
                values = dict(zip(node.parameters, span.values, strict=True))
                if not given.keys() & values.keys():
                    yield self._step(so_far, span.end, tuple(values.items()), () if span.known else span.values)
            if self.tokens[at].folded not in self.grammar.fillers:
                return
            at += 1

    def _sequel(self, parts: Sequence[Node], so_far: Found) -> Iterator[Found]:
        if not parts:
            yield so_far
            return
        for found in self._match(parts[0], so_far):
            yield from self._sequel(parts[1:], found)

    def _conditions(self, so_far: Found) -> Iterator[Found]:
        yield so_far
        if self._filled(so_far.end) == len(self.tokens):
            return
        # Each condition once: a question that repeats one is none, and would fit in very many ways.
        said = {name for name, _, _ in so_far.conditions}
        for name, node in self._conditions_said:
            for found in self._match(node, so_far) if name in self.takes and name not in said else ():
                conditions = (*found.conditions, (name, so_far.end, found.end))
                yield from self._conditions(Found(found.end, found.given, conditions, found.unknown, found.literal))

    def _step(
        self,
        so_far: Found,
        end: int,
        given: tuple[tuple[str, str], ...] = (),
        unknown: tuple[str, ...] = (),
        literal: int = 0,
    ) -> Found:
        self.furthest = max(self.furthest, end)
        return Found(end, so_far.given + given, so_far.conditions, so_far.unknown + unknown, so_far.literal + literal)

    def _filled(self, at: int) -> int:
        """Return the first token from ``at`` on that is no filler."""
        while at < len(self.tokens) and self.tokens[at].folded in self.grammar.fillers:
            at += 1
        return at
