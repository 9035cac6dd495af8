"""The import contract, the size of modules, and that settings are documented."""

import ast
import re
import subprocess
import sys

import pytest

from pipelines.settings import KNOWN, NEO4J
from tests.conftest import ROOT

MODULES = sorted([*ROOT.glob("pipelines/**/*.py"), *ROOT.glob("graph/**/*.py")])
SLOW = {"dagster", "spacy", "neo4j", "pandas", "arcadedb"}


def imported(path, top_only=False):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_only else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def offenders(package, allowed):
    return [
        str(path.relative_to(ROOT))
        for path in MODULES
        if not re.match(allowed, str(path.relative_to(ROOT)))
        and any(name.split(".")[0] == package for name in imported(path))
    ]


@pytest.mark.parametrize(
    ("package", "allowed"),
    [
        ("pipelines", r"pipelines/"),
        ("dagster", r"pipelines/(defs/|definitions\.py)"),
        ("httpx", r"pipelines/fetch/"),
        ("lxml", r"pipelines/(parse|sources)/"),
    ],
)
def test_packages_are_imported_only_where_the_contract_says(package, allowed):
    assert offenders(package, allowed) == []


def test_only_settings_read_the_environment():
    readers = [
        p.name for p in MODULES if re.search(r"os\.environ\.get|os\.getenv|os\.environ\[[^]]*\](?! =)", p.read_text())
    ]
    assert readers == []


def test_the_command_line_starts_without_slow_imports():
    code = f"import sys, pipelines.cli; print(sorted({{m.split('.')[0] for m in sys.modules}} & {SLOW!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_modules_have_a_charter_and_stay_short():
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(text)), f"{path}: no charter"
        assert len(text.splitlines()) <= 400, f"{path}: too long"


def test_every_setting_is_in_the_example():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert [name for name in (*KNOWN, *NEO4J) if name not in example] == []
