"""Resources: how assets reach settings. What belongs here: configuration of a run. No work of its own."""

from pathlib import Path

import dagster as dg

from pipelines.settings import Settings, load_settings


class Workspace(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The settings of a run; ``home`` overrides LOADPATH_HOME where it is given."""

    home: str = ""

    def settings(self) -> Settings:
        """Return the settings."""
        return load_settings(Path(self.home) if self.home else None)
