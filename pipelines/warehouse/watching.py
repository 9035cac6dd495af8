"""A user's watchlist over the warehouse. What belongs here: finding its companies among the parties that documents name."""

from pathlib import Path

from graph.companies import company_id
from graph.watchlist import Watchlist, load_watchlist
from pipelines.settings import Settings
from pipelines.warehouse import store


def watchlist_of(settings: Settings, path: Path) -> Watchlist:
    """Return the watchlist of ``path``; raise UsageError and ModelError as ``load_watchlist`` does."""
    with store.connection(settings.warehouse) as con:
        return load_watchlist(
            path,
            settings.home,
            lambda name: company_id(name, "sql", lambda text, values: store.rows(con, text, values)),
        )
