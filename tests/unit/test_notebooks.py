"""The notebooks run over the sample market as they are kept, and find what their text says."""

import os
import re
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import ROOT

NOTEBOOKS = ROOT / "docs" / "notebooks"
NAMES = ("how-a-bottleneck-moves", "who-rests-on-whom")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder that lies to the sample market as docs/notebooks does."""
    made = tmp_path_factory.mktemp("checkout")
    demo = [sys.executable, "-c", "from pipelines.cli import main; main()", "--home", str(made / "var"), "demo"]
    subprocess.run(demo, check=True, capture_output=True, cwd=ROOT, env=environment(), timeout=240)
    place = made / "docs" / "notebooks"
    place.mkdir(parents=True)
    return place


def environment():
    own = {key: value for key, value in os.environ.items() if not key.startswith(("LOADPATH_", "MPLBACKEND"))}
    return {**own, "LOADPATH_JOBS": "1", "PYTHONPATH": str(ROOT)}


def read(name):
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


@pytest.mark.parametrize(
    ("name", "pictures", "says"),
    [
        (
            "who-rests-on-whom",
            2,
            [
                "NVIDIA: 7 suppliers   (loadpath query list_suppliers --param company=NVIDIA)",
                "  ASML: other, sole source\n    “TSMC”\n    “TSMC, Samsung and Intel depend on ASML, as no alternative exists.”",
                "8 of the 8 that rest on NVIDIA rest on TSMC too. On TSMC, but not on NVIDIA: Cerebras, G42, NVIDIA.",
                "Microsoft: 72% of the revenue of CoreWeave, told 2025-06-05\n"
                "    “In the first quarter of 2025, Microsoft accounted for 72% of CoreWeave's revenue.”",
                "Super Micro Computer has no customer ≥10%",
            ],
        ),
        (
            "how-a-bottleneck-moves",
            2,
            [
                "Loadpath field notes: 28 claims, 9 of them facts, of 11 bottlenecks, 2023-09-14 to 2026-07-18",
                "2026-07-14  HBM memory: NVIDIA (is)\n    “NVIDIA is limited by the supply of HBM.”",
                "2026-07-06  CoreWeave, Capital: strengthened from “may” to “has_occurred” (candidate)",
                "2025-10-20  Meta → Constellation: power purchase agreement, no amount read (fact)\n"
                "    “Meta signed a power purchase agreement with Constellation that starts in June 2027.”",
                "falls due in 2027: Meta → Constellation, power purchase agreement",
            ],
        ),
    ],
)
def test_a_notebook_runs_and_finds_what_it_tells(folder, name, pictures, says):
    notebook = read(name)

    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute(env=environment())

    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    printed = "".join(output.text for output in outputs if output.output_type == "stream")
    assert [line for line in says if line not in printed] == []
    assert "Warning" not in printed
    assert sum("image/png" in output.get("data", {}) for output in outputs) == pictures


def test_notebooks_are_kept_without_outputs():
    assert tuple(sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))) == NAMES
    for name in NAMES:
        cells = [cell for cell in read(name).cells if cell.cell_type == "code"]

        assert cells and all(not cell.outputs and cell.execution_count is None for cell in cells), name


@pytest.mark.parametrize("name", NAMES)
def test_links_of_notebooks_lead_somewhere(name):
    text = "".join(cell.source for cell in read(name).cells if cell.cell_type == "markdown")
    targets = re.findall(r"\]\(([^)#:]+)\)", text)

    assert targets and all((NOTEBOOKS / target).exists() for target in targets)
