"""Fixtures for faults of the web: a scripted site, and a web that gives up soon enough for a test."""

import pytest

from pipelines.fetch.archive import Archive
from pipelines.fetch.asking import Bounds
from pipelines.fetch.http import Web
from pipelines.settings import load_settings
from tests.site import Site

SOON = Bounds(tries=5, backoff_seconds=0.1, step_seconds=10.0, total_seconds=30.0, pause_seconds=2.0)


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


@pytest.fixture
def online(tmp_path):
    return load_settings(
        tmp_path / "home", {"LOADPATH_ALLOW_HOSTS": "127.0.0.1", "LOADPATH_CONTACT": "me@mail.example"}
    )


@pytest.fixture
def archive(online):
    return Archive(online.archive)


@pytest.fixture
def web(online, archive):
    with Web(online, archive, SOON, online.home) as web:
        yield web
