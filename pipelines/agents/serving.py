"""The tools over the Model Context Protocol, on standard input and output. What belongs here: names, schemas, hints, errors.

What does not: what they answer (``tools``). Needs the extra ``mcp``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations

from graph.errors import LoadpathError, NothingFoundError
from pipelines.agents.tools import Tools
from pipelines.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")
INSTRUCTIONS = """Loadpath holds what documents say about the AI buildout: who supplies, depends on, finances and owns whom, which \
scarcities limit them, and the sentence behind each statement. Nothing is generated: every row has claim_ids and quotes; cite them.
Start with `ask` (plain English) or `list_named_queries` and `run_named_query`. `explain_claim` takes any claim id. Lists come in pages of \
50 rows: pass next_cursor on, with the same arguments. What no row says is not denied: it was not read."""
HINTS = {
    NothingFoundError: "it was asked rightly; nothing was read that says so",
    LoadpathError: "search_companies finds names, list_named_queries the questions with their parameters",
}


def serve(settings: Settings) -> None:
    """Answer on standard input and output until the client leaves."""
    server(settings).run("stdio")


def server(settings: Settings) -> MCPServer[Any]:
    """Return the server with all tools; each reads only."""
    tools = Tools(settings)
    found: MCPServer[Any] = MCPServer(name="loadpath", instructions=INSTRUCTIONS, log_level="ERROR")
    for tool in (
        tools.search_companies,
        tools.get_company,
        tools.ask,
        tools.run_named_query,
        tools.list_named_queries,
        tools.explain_claim,
        tools.list_bottlenecks,
        tools.trace_path,
    ):
        found.tool(
            description=DESCRIPTIONS[tool.__name__],
            annotations=ToolAnnotations(
                read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
            ),
        )(_told(tool))
    return found


def _told(tool: Callable[P, T]) -> Callable[P, T]:
    """Return ``tool`` with its foreseeable failures as errors that an agent reads, each with what to do."""

    @wraps(tool)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return tool(*args, **kwargs)
        except LoadpathError as error:
            hint = next(says for kind, says in HINTS.items() if isinstance(error, kind))
            raise ToolError(f"{error} (hint: {hint})") from None

    return call


DESCRIPTIONS = {
    "search_companies": "Companies whose name, alias or ticker holds a text, with ids and how many facts are known. "
    "text: at least a part of a name, for instance 'Lumen'. cursor: next_cursor of the page before.",
    "get_company": "One company on one page: suppliers, customers, bottlenecks, commitments, sites, figures, contradictions, each line with "
    "its best quote; and how complete it is. company: name, ticker or id. as_of, known_on: YYYY-MM-DD; what it is about, and what could be known.",
    "ask": "One question in plain English by a closed grammar, for instance 'Who depends on TSMC for packaging within 3 hops?' or 'Which "
    "customers of CoreWeave are above 10% since 2024?'. Says how it was understood; what is not understood whole is refused with the nearest "
    "questions that can be asked.",
    "run_named_query": "The rows of a named question. name: as list_named_queries gives it. parameters: texts by name; those left out have "
    "their defaults. cursor: next_cursor of the page before, with the same name and parameters.",
    "list_named_queries": "The named questions with their parameters (name, type, default, meaning) and columns.",
    "explain_claim": "What stands behind a claim or relationship: the quote with the words around it, document, date, trust part by part, what "
    "confirms or contradicts it, what people decided. id: of any answer's claim_ids, or how it begins; or 'tsmc|SUPPLIES|nvidia'.",
    "list_bottlenecks": "Scarcities by how many filers name them, this year and last, and who named each first. as_of, known_on: YYYY-MM-DD.",
    "trace_path": "The shortest path, of at most four hops, by which one company depends on another, with the sentence of each hop. "
    "dependent, supplier: name, ticker or id.",
}
