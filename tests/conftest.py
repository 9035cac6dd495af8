"""Fixtures that all tests share: settings in a fresh home, the shared corpus where it lies beside the checkout."""

from pathlib import Path

import pytest
from hypothesis import settings as effort

from pipelines.settings import Settings, load_settings

ROOT = Path(__file__).parent.parent

# Speed is never a timed test: a busy machine is no failure.
effort.register_profile("no deadline", deadline=None)
effort.load_profile("no deadline")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where tests run in several processes: a file stays in one, and all that need the one Neo4j stay together."""
    if not config.pluginmanager.hasplugin("xdist"):
        return
    for item in items:
        path = item.path.relative_to(ROOT)
        one_server = path.parts[:2] == ("tests", "graph") or "neo4j" in path.name
        item.add_marker(pytest.mark.xdist_group("neo4j" if one_server else str(path)))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(tmp_path / "home", {"LOADPATH_JOBS": "1"})


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    folder = ROOT.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("the shared corpus and gold are not beside the checkout")
    return folder


@pytest.fixture(scope="session")
def nlp():
    from pipelines.nlp.pipeline import load_pipeline

    return load_pipeline()
