"""Documentation is tested: generated pages are current, every command that the README shows exists, every command has an example."""

import re
import runpy

import pytest
import typer

from pipelines.cli import app
from tests.conftest import ROOT

COMMANDS = sorted(typer.main.get_command(app).commands)


@pytest.mark.parametrize("name", ["data_model", "graph_model"])
def test_generated_pages_are_current(name):
    page = runpy.run_path(str(ROOT / "docs" / f"generate_{name}.py"))["page"]()

    assert (ROOT / "docs" / f"{name.replace('_', '-')}.md").read_text(encoding="utf-8") == page


def test_the_readme_shows_commands_that_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"^loadpath (\w+)", readme, re.M))

    assert shown and shown <= set(COMMANDS)


def test_the_readme_opens_with_the_two_commands():
    first_screen = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:20])

    assert "make demo" in first_screen and "make test" in first_screen


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name):
    text = typer.main.get_command(app).commands[name].help

    assert text and "loadpath" in text and "xample" in text


def test_links_between_pages_lead_somewhere():
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_how_to_pages_show_commands_that_exist():
    for page in (ROOT / "docs" / "how-to").glob("*.md"):
        shown = set(
            re.findall(r"^(?:\$ )?loadpath (?:--\w+ \S+ )?([a-z][\w-]*)", page.read_text(encoding="utf-8"), re.M)
        )

        assert shown <= set(COMMANDS), page.name
