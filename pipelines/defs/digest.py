"""Asset ``digest``: what the last publication brought, for people to read and feed readers to fetch."""

import dagster as dg

from pipelines.defs.exports import exports
from pipelines.defs.resources import Workspace
from pipelines.export.digest_files import write_digest


@dg.asset(deps=[exports], group_name="loadpath", kinds={"markdown", "html", "json"})
def digest(workspace: Workspace) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """The digest as Markdown, HTML, JSON and an Atom feed in the folder ``digest`` of the home."""
    written = write_digest(workspace.settings())
    return dg.MaterializeResult(metadata={form: str(path) for form, path in written.items()})
