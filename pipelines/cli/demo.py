"""What ``loadpath demo`` prints. What belongs here: the findings, and where to look further."""

import typer

from pipelines.settings import Settings
from pipelines.warehouse import store

_PATH = """
SELECT a.subject_id AS a_id, a.object_id AS b_id, sa.name AS first, a.predicate AS p1, sb.name AS second, b.predicate AS p2,
    sc.name AS third, a.best_quote AS q1, b.best_quote AS q2
FROM mart.fct_relationship a
JOIN mart.fct_relationship b ON b.subject_id = a.object_id AND b.object_id <> a.subject_id
JOIN mart.dim_party sa ON sa.party_id = a.subject_id
JOIN mart.dim_party sb ON sb.party_id = a.object_id
JOIN mart.dim_party sc ON sc.party_id = b.object_id
WHERE a.predicate IN ('SUPPLIES', 'DEPENDS_ON') AND b.predicate = a.predicate
    AND least(length(a.best_quote), length(b.best_quote)) >= 40
    AND sa.registered AND sb.registered AND sc.registered
ORDER BY a.n_publishers + b.n_publishers DESC, length(a.best_quote) + length(b.best_quote), first, second, third
LIMIT 1
"""


def print_findings(settings: Settings) -> None:
    """Print counts by predicate, the top bottlenecks, one dependency path with its quotes, and commands to go on."""
    with store.connection(settings.warehouse) as con:
        documents = store.rows(con, "SELECT count(*) AS n FROM mart.dim_document")[0]["n"]
        counts = store.rows(
            con,
            "SELECT predicate, count(*) FILTER (tier = 'fact') AS facts, count(*) FILTER (tier = 'candidate') AS candidates, "
            "count(*) FILTER (polarity = 'negative') AS negative FROM mart.fct_claim GROUP BY predicate ORDER BY facts DESC, predicate",
        )
        bottlenecks = store.rows(
            con,
            "SELECT p.name, count(DISTINCT e.subject_id) AS parties FROM mart.fct_relationship e JOIN mart.dim_party p ON p.party_id = e.object_id "
            "WHERE e.predicate = 'EXPOSED_TO' GROUP BY p.name ORDER BY parties DESC, p.name LIMIT 5",
        )
        path = store.rows(con, _PATH)
    total = sum(row["facts"] + row["candidates"] for row in counts)
    typer.echo(f"\n{documents} documents read, {total} claims found\n")
    typer.echo(f"{'predicate':16}{'facts':>7}{'candidates':>12}{'negative':>10}")
    for row in counts:
        typer.echo(f"{row['predicate']:16}{row['facts']:7}{row['candidates']:12}{row['negative']:10}")
    typer.echo("\nBottlenecks by number of parties said to be exposed")
    for row in bottlenecks:
        typer.echo(f"  {row['parties']:3}  {row['name']}")
    if path:
        _print_path(path[0])
    typer.echo(_FURTHER)


def _print_path(row: dict[str, str]) -> None:
    typer.echo(f"\nOne path: {row['first']} —{row['p1']}→ {row['second']} —{row['p2']}→ {row['third']}")
    typer.echo(f"  “{row['q1']}”\n  “{row['q2']}”")


_FURTHER = """
Look further:
  loadpath explore                             the market as a picture in the browser
  loadpath query list_large_customers          who depends on whom, with shares and sentences
  loadpath query rank_bottlenecks --engine sql the same answer from SQL
  loadpath claims --company NVIDIA             every claim with its quote
  loadpath cypher "MATCH (a)-[r:SUPPLIES]->(b) RETURN a.name, b.name, r.best_quote LIMIT 5"
  loadpath verify                              every quote cut again from the archived bytes
  make ui                                      Dagster's page: assets, runs, checks
(installed by make: the command is .venv/bin/loadpath)"""
