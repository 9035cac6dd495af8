"""How complete an answer is. What belongs here: what the rows of question 25 say of another question's answer, in figures and words.

What does not: counting (``queries/report_coverage``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from graph.analysis.recall import sentence
from graph.companies import ANY, Reader
from graph.model import load_registry
from graph.query import Query, arguments, find, run, values_of

COVERAGE = "report_coverage"
UNDATED = "undated"
LISTED = 4


@dataclass(frozen=True, slots=True)
class Filer:
    """What was read of one company's own filings: how many, over which periods; ``missing`` filings and items, in words."""

    company_id: str
    name: str
    filings: int
    first_period: str
    last_period: str
    missing_filings: tuple[str, ...]
    missing_items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """What an answer rests on.

    ``documents`` were read, ``not_read`` more could not be (their language is not covered). ``with_facts`` of them, by ``publishers``
    and from ``first_year`` to ``last_year`` (``undated`` have no day of publication), state the ``facts`` of ``predicates`` (none: of
    all) that the graph holds; ``candidates`` more claims are not sure enough for it. ``filers`` are the companies asked about;
    ``recall`` says how many relations there are by estimate, empty where there is no estimate.
    """

    predicates: tuple[str, ...]
    documents: int
    not_read: int
    with_facts: int
    publishers: int
    first_year: str
    last_year: str
    undated: int
    facts: int
    candidates: int
    missing_filings: int
    missing_items: int
    filers: tuple[Filer, ...]
    recall: str = ""

    def record(self) -> dict[str, Any]:
        """Return the figures as plain values, for a program."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """Yield the sentences for a person: what the answer rests on, then each company asked about."""
        what = f" of {', '.join(self.predicates)}" if self.predicates else ""
        years = f", {self.first_year}" if self.first_year else ""
        years += f" to {self.last_year}" if self.last_year != self.first_year else ""
        undated = f" ({self.undated} undated)" if self.undated else ""
        yield (
            f"Rests on {_count(self.facts, 'fact')}{what}, in {self.with_facts} of {_count(self.documents, 'document')} read, of "
            f"{_count(self.publishers, 'publisher')}{years}{undated}. {_count(self.candidates, 'further claim')} not sure enough to be shown."
        )
        if self.not_read or self.missing_filings or self.missing_items:
            yield (
                f"Missing over all: {_count(self.missing_filings, 'filing')} between those read, {_count(self.missing_items, 'item')} of "
                f"filings; {_count(self.not_read, 'document')} in languages that are not read."
            )
        for filer in self.filers:
            yield _of_filer(filer)
        if self.recall:
            yield self.recall


def completeness(query: Query, engine: str, read: Reader, given: dict[str, str]) -> Completeness:
    """Return how complete the answer to ``query`` is; ``given`` are the parameters that it was asked with, as text."""
    values = values_of(query, engine, read, given)
    companies = [str(values[p.name]) for p in query.parameters if p.type == "company" and values[p.name] != ANY]
    times: dict[str, str] = {name: given[name] for name in ("as_of", "known_on") if name in given}
    return complete(engine, read, query.predicates, companies, times)


def complete(
    engine: str, read: Reader, predicates: tuple[str, ...], companies: Sequence[str], times: dict[str, str]
) -> Completeness:
    """Return how complete is what rests on ``predicates`` (none: on all), and what was read of ``companies`` (ids).

    ``times`` may hold ``as_of`` and ``known_on`` as text.
    """
    rows = run(find(COVERAGE), engine, read, times | {"predicates": ", ".join(predicates) or ANY})
    days = arguments(find(COVERAGE), times)
    return replace(summarize(rows, predicates, companies), recall=sentence(engine, read, predicates, days))


def summarize(rows: Sequence[dict[str, Any]], predicates: tuple[str, ...], companies: Sequence[str]) -> Completeness:
    """Return what the rows of question 25, asked of all companies, say over all and of ``companies`` (ids)."""
    stating = [row for row in rows if row["with_facts"]]
    years = sorted({row["period"][:4] for row in stating} - {UNDATED[:4]})
    return Completeness(
        predicates=predicates,
        documents=sum(row["documents"] for row in rows),
        not_read=sum(row["not_read"] for row in rows),
        with_facts=sum(row["with_facts"] for row in rows),
        publishers=len({row["company"] for row in stating}),
        first_year=years[0] if years else "",
        last_year=years[-1] if years else "",
        undated=sum(row["with_facts"] for row in rows if row["period"] == UNDATED),
        facts=sum(row["facts"] for row in rows),
        candidates=sum(row["candidates"] for row in rows),
        missing_filings=sum(row["status"] == "missing" for row in rows),
        missing_items=sum(len(row["missing"]) for row in rows if row["company_id"]),
        filers=tuple(_filer(rows, company) for company in companies),
    )


def _filer(rows: Sequence[dict[str, Any]], company_id: str) -> Filer:
    own = [row for row in rows if row["company_id"] == company_id]
    read = [row for row in own if row["documents"]]
    org = load_registry().organizations.get(company_id)
    periods = sorted(row["period"] for row in read)
    return Filer(
        company_id=company_id,
        name=org.name if org else own[0]["company"] if own else company_id,
        filings=sum(row["documents"] for row in read),
        first_period=periods[0] if periods else "",
        last_period=periods[-1] if periods else "",
        missing_filings=tuple(f"{row['form']} {row['period']}" for row in own if row["status"] == "missing"),
        missing_items=tuple(
            f"{item.partition(':')[0]} of {row['form']} {row['period']}" for row in read for item in row["missing"]
        ),
    )


def _of_filer(filer: Filer) -> str:
    if not filer.filings:
        return f"{filer.name}: no filing of its own was read; what is said of it, others say."
    read = (
        f"{filer.name}: {_count(filer.filings, 'filing')} of its own read, {filer.first_period} to {filer.last_period}"
    )
    missing = "; ".join(
        f"{what} missing: {_some(names)}"
        for what, names in (("filings between them", filer.missing_filings), ("items", filer.missing_items))
        if names
    )
    return f"{read}; {missing or 'nothing missing between them'}."


def _some(names: Sequence[str]) -> str:
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" and {more} more" if more > 0 else "")


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")
