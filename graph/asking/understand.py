"""What a question asks. What belongs here: the one reading of a question, or why there is none and which questions come near.

What does not: answering it (``graph.query``, the commands). The same question is understood in the same way always: neither the day
of asking nor what the store holds plays a part.
"""

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.asking.grammar import Grammar, Rule, load_grammar
from graph.asking.match import Found, Matcher
from graph.asking.spans import Spans
from graph.asking.tokens import Token, tokenize
from graph.errors import UsageError

NEAREST = 3
TIMES = ("as_of", "known_on")


@dataclass(frozen=True, slots=True)
class Understood:
    """A question understood: the named question or command, its parameters as text in their order, and names that nothing knows yet.

    ``others`` are further readings that fit as well, as command lines.
    """

    name: str
    is_command: bool
    given: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...] = ()
    positional: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def arguments(self) -> list[str]:
        """The arguments of `loadpath` that ask the same."""
        given = dict(self.given)
        found = [self.name] if self.is_command else ["query", self.name]
        found += [given.pop(name) for name in self.positional if name in given]
        for name, value in given.items():
            if self.is_command or name in TIMES:
                found += [f"--{name.replace('_', '-')}", *([value] if value else [])]
            else:
                found += ["--param", f"{name}={value}"]
        return found

    @property
    def line(self) -> str:
        """The command line that asks the same."""
        return shlex.join(["loadpath", *self.arguments])


class NotUnderstoodError(UsageError):
    """A question that the grammar does not hold: ``words`` are those that have no place in it, ``nearest`` questions that it holds."""

    def __init__(self, reason: str, words: Sequence[str], nearest: Sequence[str]) -> None:
        can = f"; it can be asked, for instance: {' '.join(f'“{example}”' for example in nearest)}" if nearest else ""
        super().__init__(f"not understood: {reason}{can}")
        self.words = tuple(words)
        self.nearest = tuple(nearest)


def understand(question: str, grammar: Grammar | None = None) -> Understood:
    """Return what ``question`` asks.

    Raises NotUnderstoodError where no phrasing says all of it, UsageError where it is too long or unreadable.
    """
    grammar = grammar or load_grammar()
    tokens = tokenize(question)
    matcher = Matcher(tokens, Spans(tokens, grammar), grammar) if tokens else None
    readings = sorted(_readings(matcher, len(tokens))) if matcher else []
    if not readings or not matcher:
        raise _refusal(tokens, grammar, matcher)
    best, *others = _distinct(readings)
    return Understood(
        best.rule.name,
        best.rule.is_command,
        best.given,
        best.found.unknown,
        best.rule.positional,
        tuple(_understood(each).line for each in others if each.weight == best.weight),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    rule: Rule
    found: Found
    given: tuple[tuple[str, str], ...]
    of_all: frozenset[str]

    @property
    def weight(self) -> tuple[int, int, int]:
        """The less the better: fewer names that nothing knows, fewer conditions that any question takes, more words of the phrasing."""
        general = sum(name in self.of_all for name, _, _ in self.found.conditions)
        return len(self.found.unknown), general, -self.found.literal

    def __lt__(self, other: "_Reading") -> bool:
        return (*self.weight, self.rule.order, self.rule.name, self.given) < (
            *other.weight,
            other.rule.order,
            other.rule.name,
            other.given,
        )


def _readings(matcher: Matcher, end: int) -> Iterator[_Reading]:
    for rule in matcher.grammar.rules:
        for phrasing in rule.phrasings:
            for found in matcher.whole(phrasing.node, rule.takes):
                if found.end == end:
                    yield _Reading(rule, found, _given(phrasing.fixed, found), matcher.grammar.of_all)


def _given(fixed: tuple[tuple[str, str], ...], found: Found) -> tuple[tuple[str, str], ...]:
    said = dict(found.given)
    return (*found.given, *((name, value) for name, value in fixed if name not in said))


def _distinct(readings: Sequence[_Reading]) -> list[_Reading]:
    kept: dict[tuple[str, frozenset[tuple[str, str]]], _Reading] = {}
    for each in readings:
        kept.setdefault((each.rule.name, frozenset(each.given)), each)
    return list(kept.values())


def _understood(reading: _Reading) -> Understood:
    return Understood(reading.rule.name, reading.rule.is_command, reading.given, (), reading.rule.positional)


def _refusal(tokens: Sequence[Token], grammar: Grammar, matcher: Matcher | None) -> NotUnderstoodError:
    """Return why nothing fits: words that nothing knows, a condition that a question does not take, or an order that none has."""
    content = [at for at, token in enumerate(tokens) if token.folded not in grammar.fillers]
    if not content or not matcher:
        return NotUnderstoodError("it asks nothing", (), [rule.example for rule in grammar.rules[:NEAREST]])
    unknown = [at for at in content if at not in matcher.spans.covered and tokens[at].folded not in grammar.known]
    part = _longest_part(matcher)
    nearest = _nearest(tokens, grammar, part[1] if part else None)
    if part and (refused := _not_taken(matcher, part[1])):
        return NotUnderstoodError(refused[0], refused[1], nearest)
    rest = range(part[0], len(tokens)) if part else unknown or content[_before(content, matcher.furthest) :] or content
    words = [tokens[at].text for at in sorted({*rest, *unknown})]
    reason = f"{', '.join(repr(word) for word in words)}"
    if part:
        said = " ".join(token.text for token in tokens[: part[0]])
        reason = f"{reason} (the rest, {said!r}, asks {part[1].name})"
    elif not unknown:
        reason = f"{reason} (the words are known, but not in this order)"
    return NotUnderstoodError(reason, words, nearest)


def _before(content: Sequence[int], furthest: int) -> int:
    """Return the place in ``content`` of the first token that no phrasing could follow; the last where all did."""
    return next((place for place, at in enumerate(content) if at >= furthest), 0)


def _longest_part(matcher: Matcher) -> tuple[int, Rule] | None:
    """Return the longest beginning that is a question, where it ends, with its rule."""
    best: tuple[int, Rule] | None = None
    for rule in matcher.grammar.rules:
        for phrasing in rule.phrasings:
            for found in matcher.whole(phrasing.node, rule.takes):
                if not found.unknown and (best is None or found.end > best[0]):
                    best = found.end, rule
    return best


def _not_taken(matcher: Matcher, rule: Rule) -> tuple[str, tuple[str, ...]] | None:
    """Return what to say where the question fits with a condition that its rule does not take."""
    for phrasing in rule.phrasings:
        for found in matcher.whole(phrasing.node, frozenset(matcher.grammar.conditions)):
            if found.end == len(matcher.tokens):
                spans = [range(start, end) for name, start, end in found.conditions if name not in rule.takes]
                words = tuple(token.text for span in spans for token in matcher.tokens[span.start : span.stop])
                return f"{' '.join(words)!r}: {rule.name} takes no such condition", words
    return None


def _nearest(tokens: Sequence[Token], grammar: Grammar, first: Rule | None) -> list[str]:
    """Return examples of the rules that share the rarest words with the question, ``first`` before them; of the first rules where none does."""
    said = {token.folded for token in tokens}
    owned = {rule.name: frozenset().union(*(phrasing.words for phrasing in rule.phrasings)) for rule in grammar.rules}
    spread = Counter(word for words in owned.values() for word in words)
    scores = {rule.name: sum(1 / spread[word] for word in said & owned[rule.name]) for rule in grammar.rules}
    ranked = sorted(grammar.rules, key=lambda rule: (rule is not first, -scores[rule.name], rule.order, rule.name))
    near = [rule for rule in ranked[:NEAREST] if scores[rule.name] or rule is first]
    return [rule.example for rule in near or grammar.rules[:NEAREST]]
