"""Writing a decision and taking it back. What belongs here: checks before a line is written, the line, and what it will do.

What does not: asking and showing (``pipelines.cli``). Whoever calls holds the lock of the home.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from graph.errors import NothingFoundError, UsageError
from pipelines.resolve import decisions, judgements, queue, reviews
from pipelines.resolve.decisions import Line
from pipelines.resolve.judgements import Judged
from pipelines.warehouse import store


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the line's place, what the next build does with it, and the words that take it back."""

    place: str
    does: str
    undo: str


def judge(
    con: duckdb.DuckDBPyConnection, home: Path, left: str, right: str, judgement: str, who: str, why: str
) -> Written:
    """Add a judgement on two parties (ids, or names that one party has) to the file of the home.

    Raises UsageError where a line says so already or the lines would contradict one another, NothingFoundError for a
    party that nobody knows.
    """
    lines = judgements.read(home)
    left, right = queue.party_id(con, left), queue.party_id(con, right)
    values = {"left": left, "right": right, "judgement": judgement, **_signed(who, why)}
    line = Line(judgements.FILE, home / judgements.FILE, len(lines), values)
    if Judged(lines).of(left, right) == judgement:
        raise UsageError(
            f"{left} and {right}: nothing to write, they are judged {judgement} already{_where(lines, left, right)}"
        )
    if error := judgements.would_conflict(lines, line):
        raise UsageError(f"not written: {str(error).removeprefix(line.place + ': ')}")
    kinds = judgements.known_kinds(con, (left, right))
    if judgement == "same" and not judgements.can_be_one(kinds.get(left, ""), kinds.get(right, "")):
        raise UsageError(
            f"not written: {left} is of kind {kinds[left]}, {right} of kind {kinds[right]}; they cannot be the same"
        )
    does = _judgement_does(con, values)
    number = decisions.add(line.path, judgements.COLUMNS, values)
    return Written(f"{line.path}:{number}", does, f"{left} {right}")


def review(con: duckdb.DuckDBPyConnection, home: Path, claim_id: str, decision: str, who: str, why: str) -> Written:
    """Add a decision on a claim to the file of the home.

    Raises UsageError where a line decides this claim already, NothingFoundError where the store has no such claim.
    """
    for line in reviews.read(home):
        if line.values["claim_id"] == claim_id:
            raise UsageError(
                f"{claim_id}: not written, {line.place} says {line.values['decision']}; "
                f"`loadpath review undo {claim_id}` takes that back"
            )
    item = queue.on_claim(con, claim_id)
    values = {"claim_id": claim_id, "decision": decision, **_signed(who, why)}
    does = _decision_does(con, item, decision)
    number = decisions.add(home / reviews.FILE, reviews.COLUMNS, values)
    return Written(f"{home / reviews.FILE}:{number}", does, claim_id)


def undo(home: Path, what: Sequence[str]) -> Line:
    """Take a line back and return it: the last on a claim id, on two party ids, or (nothing given) the last that was written.

    Raises NothingFoundError where there is no such line. Shipped lines stay.
    """
    if len(what) > 2:
        raise UsageError("undo takes nothing, a claim id, or two party ids")
    if len(what) == 1:
        taken = decisions.take_back(
            home / reviews.FILE, reviews.COLUMNS, lambda line: line.values["claim_id"] == what[0]
        )
    elif what:
        taken = decisions.take_back(
            home / judgements.FILE,
            judgements.COLUMNS,
            lambda line: {line.values["left"], line.values["right"]} == set(what),
        )
    else:
        taken = _undo_last(home)
    if taken is None:
        raise NothingFoundError(f"{' '.join(what) or home}: no line of the home to take back")
    return taken


def _undo_last(home: Path) -> Line | None:
    """Take back the last line of the file that changed last."""
    files = [(home / judgements.FILE, judgements.COLUMNS), (home / reviews.FILE, reviews.COLUMNS)]
    there = [(path.stat().st_mtime_ns, path, columns) for path, columns in files if path.exists()]
    anything: Callable[[Line], bool] = lambda _: True  # noqa: E731
    for _, path, columns in sorted(there, reverse=True):
        if taken := decisions.take_back(path, columns, anything):
            return taken
    return None


def _signed(who: str, why: str) -> dict[str, str]:
    if not who.strip():
        raise UsageError("--who: a decision needs the name of who takes it")
    # One line stays one line, whatever was pasted.
    return {"who": " ".join(who.split()), "decided_on": decisions.today().isoformat(), "why": " ".join(why.split())}


def _where(lines: Sequence[Line], left: str, right: str) -> str:
    """Return where the two are judged directly, or that it follows from other lines."""
    said = [line.place for line in lines if {line.values["left"], line.values["right"]} == {left, right}]
    return f" by {', '.join(said)}" if said else ", as follows from other lines"


def _judgement_does(con: duckdb.DuckDBPyConnection, values: dict[str, str]) -> str:
    left, right = queue.side(con, values["left"]), queue.side(con, values["right"])
    if values["judgement"] == "same":
        return f"one party: {left.name} ({left.claims} claims) and {right.name} ({right.claims} claims) under one id"
    if values["judgement"] == "different":
        return f"{left.party_id} and {right.party_id} stay two parties, whatever names and context say"
    return "nothing: the question is not asked again, both stay as they are"


def _decision_does(con: duckdb.DuckDBPyConnection, item: queue.Item, decision: str) -> str:
    relation = f"{item.left_name} {item.predicate} {item.right_name}"
    if decision == "accepted":
        return f"the claim is a fact: {relation} (negative and hedged ones carry no relationship all the same)"
    sql = """
        SELECT count(*) AS n
        FROM mart.bridge_relationship_claim b
        JOIN mart.bridge_relationship_claim own ON own.relationship_id = b.relationship_id AND own.claim_id = $claim_id
        WHERE b.claim_id <> $claim_id
    """
    (row,) = store.rows(con, sql, {"claim_id": item.claim_id})
    return f"the claim stays as rejected and carries nothing: {relation} rests on {row['n']} other claims then"
