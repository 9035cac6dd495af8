"""`loadpath explore --static`: the file it writes, and what it leaves alone. No browser is needed."""

import json
import signal
import subprocess
import sys

from tests.conftest import ROOT


def explore(home, path):
    command = [
        sys.executable,
        "-c",
        "from pipelines.cli import main; main()",
        "--home",
        str(home),
        "explore",
        "--static",
        str(path),
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT)


def test_the_same_market_gives_the_same_bytes(built, tmp_path):
    for name in ("one.html", "two.html"):
        assert explore(built.home, tmp_path / name).returncode == 0
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_it_holds_the_words_around_each_quote(built, tmp_path):
    found = explore(built.home, tmp_path / "page.html")
    assert "page.html: 0." in found.stderr
    data = json.loads((tmp_path / "page.html").read_text("utf-8").split('id="market">')[1].split("</script>")[0])
    held = "".join(text for windows in data["texts"].values() for _, text in windows)
    assert "NVIDIA depends on TSMC as its sole source of wafers." in held


def test_ctrl_c_ends_the_server_in_a_word(built):
    command = [
        sys.executable,
        "-c",
        "from pipelines.cli import main; main()",
        "--home",
        str(built.home),
        "explore",
        "--port",
        "0",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout.readline().startswith("http://127.0.0.1:")
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=60)[1].splitlines()[-1] == "stopped"
    assert process.returncode == 0


def test_what_people_rejected_is_not_shown(built, tmp_path):
    import shutil

    from pipelines.settings import load_settings
    from pipelines.warehouse import explorer, store

    home = load_settings(tmp_path / "home", {})
    home.warehouse.parent.mkdir()
    shutil.copy(built.warehouse, home.warehouse)
    with store.connection(home.warehouse, read_only=False) as con:
        con.execute(
            "UPDATE mart.fct_claim SET review = 'rejected', tier = 'candidate' WHERE quote LIKE 'NVIDIA invested%'"
        )
    before, after = (len(explorer.market(each)["claim"]["id"]) for each in (built, home))
    assert before - after == 1


def test_a_folder_that_is_not_there_is_one_line_and_a_file_before_stays(built, tmp_path):
    found = explore(built.home, tmp_path / "nowhere" / "page.html")
    assert found.returncode == 2
    assert (
        "page.html: cannot be written (No such file or directory); name a file in a folder that is yours"
        in found.stderr
    )
    assert found.stderr.count("\n") == 1

    (tmp_path / "folder").mkdir()
    found = explore(built.home, tmp_path / "folder")
    assert found.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
