"""Writes the table of questions in docs/how-to/questions.md from the headers of ``graph/queries``; a test holds that it is current."""

import re
from pathlib import Path

from graph.query import Parameter, queries

PAGE = Path(__file__).parent / "how-to" / "questions.md"
_TABLE = re.compile(r"(?<=<!-- questions -->\n).*?(?=<!-- end of questions -->)", re.S)


def page() -> str:
    """Return the page with its table made anew."""
    chosen = sorted(queries().values(), key=lambda query: (query.number, query.name))
    lines = ["| | question | name | parameters beside the two times |", "|---|---|---|---|"]
    for query in chosen:
        given = ", ".join(_parameter(p) for p in query.parameters if p.name not in ("as_of", "known_on"))
        lines.append(f"| {query.number or ''} | {query.question} | `{query.name}` | {given} |")
    table = "\n".join(lines) + "\n"
    return _TABLE.sub(lambda _: table, PAGE.read_text(encoding="utf-8"))


def _parameter(parameter: Parameter) -> str:
    """Return a parameter with its default, where that is no list of words."""
    return f"`{parameter.name}`" + ("" if "|" in parameter.default else f" ({parameter.default})")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
