"""Fixtures that all tests share: settings in a fresh home, the shared corpus where it lies beside the checkout."""

from pathlib import Path

import pytest
from hypothesis import settings as effort

from pipelines.settings import Settings, load_settings

ROOT = Path(__file__).parent.parent

# Speed is never a timed test: a busy machine is no failure.
effort.register_profile("no deadline", deadline=None)
effort.load_profile("no deadline")


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
