"""Resources: how assets reach settings. What belongs here: configuration of a run. No work of its own."""

from pathlib import Path

import dagster as dg

from pipelines.settings import Settings, load_settings
from pipelines.warehouse.stages import Progress, no_progress


class Workspace(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The settings of a run; ``home`` overrides LOADPATH_HOME where it is given.

    ``show_progress`` writes the progress of long stages to stderr, for runs that the command line starts.
    """

    home: str = ""
    show_progress: bool = False

    def settings(self) -> Settings:
        """Return the settings."""
        return load_settings(Path(self.home) if self.home else None)

    def progress(self) -> Progress:
        """Return what long stages call as they go."""
        from pipelines.cli.output import progress

        return progress if self.show_progress else no_progress
