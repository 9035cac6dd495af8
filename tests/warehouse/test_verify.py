"""Verification over everything: one byte changed anywhere in an archived object is found and named."""

import gzip

import pytest

from pipelines.warehouse import verify
from pipelines.warehouse.stages import no_progress
from tests.faults.test_command_line import loadpath

NOTE = "NVIDIA supplies Dell with boards.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("verify")
    (folder / "a.md").write_text(NOTE)
    (folder / "b.md").write_text("Nothing is claimed here.\n")
    assert loadpath(folder / "home", "add", folder / "a.md", folder / "b.md").returncode == 0
    return folder / "home"


def objects(home):
    return sorted((home / "archive" / "objects").rglob("*.gz"))


def of(home, text):
    return next(path for path in objects(home) if gzip.decompress(path.read_bytes()).decode() == text)


def test_every_byte_of_an_object_counts(built):
    from pipelines.settings import load_settings

    path = of(built, NOTE)
    whole = path.read_bytes()
    missed = []
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        result = verify.verify(load_settings(built, {}), no_progress)
        if [document for document, _, _ in result.damaged] != [path.name.removesuffix(".gz")]:
            missed.append(place)
    path.write_bytes(whole)

    assert missed == []
    assert verify.verify(load_settings(built, {}), no_progress).lines() == []


def test_the_command_names_object_document_and_address_and_ends_with_5(built):
    path = of(built, NOTE)
    whole = path.read_bytes()
    path.write_bytes(whole[:12] + bytes([whole[12] ^ 1]) + whole[13:])
    done = loadpath(built, "verify")
    path.write_bytes(whole)

    assert done.returncode == 5
    assert done.stdout.startswith("evidence debt 1: ")
    assert str(path) in done.stderr and f"document {path.name.removesuffix('.gz')}" in done.stderr
    assert "a.md; 1 claims hang on it" in done.stderr


@pytest.mark.parametrize("how", ["changed", "missing"])
def test_a_document_without_claims_is_verified_too(built, how):
    path = of(built, "Nothing is claimed here.\n")
    whole = path.read_bytes()
    if how == "missing":
        path.unlink()
    else:
        path.write_bytes(whole[:-1] + b"\x01")
    done = loadpath(built, "verify")
    path.write_bytes(whole)

    assert done.returncode == 5
    assert done.stdout.startswith("evidence debt 0: ") and str(path) in done.stderr
    assert "1 archived objects are damaged or missing" in done.stderr
