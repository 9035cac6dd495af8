"""Precision, recall and F1 out of verdicts. What belongs here: counting and the table. No comparison of claims.

Precision counts what is right among what is right or wrong; recall counts gold claims that are stated anywhere in the
document. Polarity is counted over the claims that agree in all else, modality over those that stand on the gold's words.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from tests.score.judging import Judged, Record, Sought, Verdicts


@dataclass(frozen=True, slots=True)
class Figures:
    """What one line of the table says; None where nothing was there to be counted."""

    gold: int
    claims: int
    right: int
    wrong: int
    precision: float | None
    recall: float | None
    recall_quoted: float | None
    f1: float | None
    polarity: float | None
    modality: float | None


def figures(verdicts: Verdicts, predicate: str = "") -> Figures:
    """Return the figures of all claims, or of those of one predicate."""
    judged = [j for j in verdicts.judged if predicate in ("", j.claim["predicate"])]
    sought = [s for s in verdicts.sought if predicate in ("", s.gold["predicate"])]
    right = sum(j.verdict == "right" for j in judged)
    wrong = sum(j.verdict == "wrong" for j in judged)
    denied = sum(j.denied for j in judged)
    modal = [j.modality for j in judged if j.modality is not None]
    precision = share(right, right + wrong)
    recall = share(sum(bool(s.found) for s in sought), len(sought))
    return Figures(
        gold=len(sought),
        claims=len(judged),
        right=right,
        wrong=wrong,
        precision=precision,
        recall=recall,
        recall_quoted=share(sum(bool(s.quoted) for s in sought), len(sought)),
        f1=2 * precision * recall / (precision + recall) if precision and recall else None,
        polarity=share(right, right + denied),
        modality=share(sum(modal), len(modal)),
    )


def by_predicate(verdicts: Verdicts) -> dict[str, Figures]:
    """Return the figures of every predicate that the gold or a claim has, by name."""
    names = {j.claim["predicate"] for j in verdicts.judged} | {s.gold["predicate"] for s in verdicts.sought}
    return {name: figures(verdicts, name) for name in sorted(names)}


def by_method(verdicts: Verdicts) -> dict[str, Figures]:
    """Return the figures of every family of methods; its recall is the share of the gold that it finds."""
    names = sorted({family(j.claim) for j in verdicts.judged})
    return {name: figures(only(verdicts, lambda claim, name=name: family(claim) == name)) for name in names}  # type: ignore[misc]


def family(claim: Record) -> str:
    """Return the family of the claim's method: what stands before the colon."""
    return str(claim["method"]).split(":")[0]


def only(verdicts: Verdicts, keep: Callable[[Record], bool]) -> Verdicts:
    """Return the verdicts as if only the claims that ``keep`` accepts had been made."""
    judged: list[Judged] = [j for j in verdicts.judged if keep(j.claim)]
    sought = [
        Sought(s.gold, tuple(c for c in s.found if keep(c)), tuple(c for c in s.quoted if keep(c)))
        for s in verdicts.sought
    ]
    return Verdicts(judged, sought)


def joined(parts: Iterable[Verdicts]) -> Verdicts:
    """Return the verdicts of several parts as one."""
    listed = list(parts)
    return Verdicts([j for p in listed for j in p.judged], [s for p in listed for s in p.sought])


def share(part: int, whole: int) -> float | None:
    """Return ``part`` of ``whole``, or None of nothing."""
    return part / whole if whole else None


def table(title: str, rows: dict[str, Figures]) -> str:
    """Return the rows as a table of fixed width."""
    head = f"{title:24} {'gold':>5} {'claims':>6} {'prec':>5} {'recall':>6} {'quoted':>6} {'F1':>5} {'polar':>5} {'modal':>5}"
    lines = [head]
    for name, row in rows.items():
        cells = (row.precision, row.recall, row.recall_quoted, row.f1, row.polarity, row.modality)
        shown = ["–" if value is None else f"{value:.2f}" for value in cells]
        widths = (5, 6, 6, 5, 5, 5)
        line = " ".join(f"{cell:>{width}}" for cell, width in zip(shown, widths, strict=True))
        lines.append(f"{name:24} {row.gold:5} {row.claims:6} {line}")
    return "\n".join(lines)


def as_json(rows: dict[str, Figures]) -> dict[str, dict[str, float | int | None]]:
    """Return the rows as plain values, rounded to four digits."""
    return {
        name: {key: round(v, 4) if isinstance(v, float) else v for key, v in asdict(row).items()}
        for name, row in rows.items()
    }
