"""Refresh over the web: what is asked again, what a change, a loss and a reprint do, and what is refused."""

import csv
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.fetch.collect import collect_sources
from pipelines.fetch.lock import writing
from pipelines.settings import load_settings
from pipelines.warehouse import stages, store
from pipelines.warehouse.claims import find_claims
from tests.conftest import ROOT
from tests.faults.newsroom import Newsroom
from tests.faults.test_command_line import loadpath, snapshot

PAGE = "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
ITEM = "<item><title>{title}</title><link>{link}</link><pubDate>{day}</pubDate></item>"
MONDAY = "Mon, 02 Mar 2026 09:00:00 GMT"
FILLER = " ".join(
    f"The hall in row {n} was opened in spring and the crew of {n + 3} people checked each rack, each pump and each meter twice."
    for n in range(12)
)


def page(title, *sentences):
    return PAGE.format(title=title, text=" ".join(sentences))


def feed(*paths, day=MONDAY):
    items = "".join(ITEM.format(title=f"Title of {path}", link="{site}" + path, day=day) for path in paths)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'


@pytest.fixture
def site():
    running = Newsroom()
    running.put("/robots.txt", "User-agent: *\nDisallow: /private/\nCrawl-delay: 0.02\n")
    yield running
    running.close()


def settings_for(home, site, **more):
    given = {
        "LOADPATH_FEEDS": f"{site.base}/feed.xml",
        "LOADPATH_ALLOW_HOSTS": "127.0.0.1",
        "LOADPATH_JOBS": "1",
        **more,
    }
    return load_settings(home, given)


def fast(settings, name, body, reader):
    """Add a source of the user's own that asks quickly."""
    folder = settings.home / "sources" / name
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(
        f"title: T\nlicence: L\ncadence: daily\nvolume: {{min: 0, max: 50}}\nrate: 50\n{body}"
    )
    if reader:
        (folder / "parse.py").write_text(reader)


def feeds_source(settings, site):
    fast(settings, "news", f"start: ['{site.base}/feed.xml']\n", FEED_READER)


FEED_READER = (
    '"""The shipped reader of feeds."""\nfrom pipelines.fetch.source import SHIPPED, read_source\n'
    'links = read_source(SHIPPED / "feeds").links\n'
)


def collect(settings, *names, full=False):
    (report,) = collect_sources(names or ["news"], settings, full)
    return report


def counts(report):
    return report.new, report.changed, report.unchanged, len(report.vanished), len(report.refused)


def build(settings):
    stages.read_documents(settings)
    stages.read_claims(settings)
    stages.build_core(settings)
    stages.build_marts(settings)


def rows(settings, sql):
    with store.connection(settings.warehouse) as con:
        return [tuple(row.values()) for row in store.rows(con, sql)]


def test_a_second_refresh_asks_conditionally_and_writes_nothing(tmp_path, site):
    settings = settings_for(tmp_path / "home", site)
    feeds_source(settings, site)
    site.put("/feed.xml", feed("/a.html", "/b.html", "/private/c.html", "/missing.html"))
    site.put("/a.html", page("A", "NVIDIA supplies Dell with boards."))
    site.put("/b.html", page("B", "AMD supplies Dell with boards."))
    assert counts(collect(settings)) == (2, 0, 0, 0, 2)
    site.answered()
    before = snapshot(settings.home)

    report = collect(settings)

    assert counts(report) == (0, 0, 2, 0, 2)
    assert site.answered() == [(304, "/a.html"), (304, "/b.html"), (304, "/feed.xml"), (404, "/missing.html")]
    assert not report.wrote
    assert snapshot(settings.home) == before
    reasons = sorted(str(error).removeprefix(site.base) for error in report.refused)
    assert reasons[0].startswith("/missing.html: answers 404")
    assert reasons[1].startswith("/private/c.html: ") and "robots.txt" in reasons[1]


def test_full_asks_for_everything_anew(tmp_path, site):
    settings = settings_for(tmp_path / "home", site)
    feeds_source(settings, site)
    site.put("/feed.xml", feed("/a.html"))
    site.put("/a.html", page("A", "NVIDIA supplies Dell with boards."))
    collect(settings)
    site.answered()

    assert counts(collect(settings, full=True)) == (0, 0, 1, 0, 0)
    assert site.answered() == [(200, "/a.html"), (200, "/feed.xml")]


def test_loops_depth_and_maximum_end_the_walk(tmp_path, site):
    settings = settings_for(tmp_path / "home", site)
    reader = (
        '"""Every page lists itself, two further lists and a document."""\n'
        "from pipelines.fetch.source import Link\n\n\n"
        "def links(page, context):\n"
        "    yield Link(page.link.url, 'index')\n"
        "    yield Link(page.link.url + 'l', 'index')\n"
        "    yield Link(page.link.url + 'r', 'index')\n"
        "    yield Link(page.link.url + '.html')\n"
    )
    fast(settings, "loop", f"start: ['{site.base}/x']\ndepth: 3\n", reader)
    for name in ("x", "xl", "xr", "xll", "xlr", "xrl", "xrr"):
        site.put(f"/{name}", "a list")
        site.put(f"/{name}.html", page(name, "NVIDIA supplies Dell."))

    report = collect(settings, "loop")

    # Three levels of lists; the documents of the last would be a fourth.
    assert [path for _, path in site.answered()] == [
        "/x", "/x.html", "/xl", "/xl.html", "/xll", "/xlr", "/xr", "/xr.html", "/xrl", "/xrr",
    ]  # fmt: skip
    assert "deeper than 3 levels" in report.notes[0]


def test_a_reader_that_fails_is_one_refused_page(tmp_path, site):
    settings = settings_for(tmp_path / "home", site)
    fast(
        settings, "bad", f"start: ['{site.base}/x']\n", '"""Fails."""\n\n\ndef links(page, context):\n    yield 1 / 0\n'
    )
    site.put("/x", "a list")

    report = collect(settings, "bad")

    assert "the reader of bad fails: ZeroDivisionError" in str(report.refused[0])


def test_a_start_that_fails_refuses_its_source(tmp_path, site):
    settings = settings_for(tmp_path / "home", site)
    fast(settings, "bad", "", '"""Fails."""\n\n\ndef start(context):\n    yield context.nothing\n')

    report = collect(settings, "bad")

    assert "bad: its start(context) fails: AttributeError" in str(report.refused[0])


def test_an_answer_of_304_that_nobody_asked_for_is_refused(tmp_path, site):
    settings = settings_for(tmp_path / "home", site)
    fast(settings, "odd", f"start: ['{site.base}/a.html']\n", "")
    site.put("/a.html", 304)

    report = collect(settings, "odd")

    assert "304 to a request without conditions" in str(report.refused[0])


def test_an_address_belongs_to_the_source_that_brought_it_first(tmp_path, site):
    settings = settings_for(tmp_path / "home", site)
    feeds_source(settings, site)
    site.put("/feed.xml", feed("/a.html"))
    site.put("/a.html", page("A", "NVIDIA supplies Dell with boards."))
    collect(settings)
    fast(settings, "other", f"start: ['{site.base}/feed.xml']\npublisher: Other\n", FEED_READER)

    report = collect(settings, "other")

    assert (report.elsewhere, counts(report)) == (1, (0, 0, 0, 0, 0))


def test_change_loss_and_reprint_touch_only_their_claims(tmp_path, site):
    settings = settings_for(tmp_path / "home", site)
    feeds_source(settings, site)
    site.put("/feed.xml", feed("/stays.html", "/changes.html", "/goes.html", "/original.html"))
    site.put("/stays.html", page("Stays", "NVIDIA supplies Dell with boards."))
    site.put("/changes.html", page("Changes", "AMD supplies Dell with boards."))
    site.put("/goes.html", page("Goes", "Broadcom supplies Dell with switches."))
    site.put("/original.html", page("Original", "Vertiv supplies Dell with coolers.", FILLER))
    collect(settings)
    build(settings)
    claims = "SELECT subject_name, object_name, known_to IS NULL FROM mart.fct_claim WHERE predicate = 'SUPPLIES' ORDER BY ALL"
    first = rows(settings, "SELECT claim_id, quote FROM mart.fct_claim ORDER BY ALL")
    assert rows(settings, claims) == [
        ("AMD", "Dell", True), ("Broadcom", "Dell", True), ("NVIDIA", "Dell", True), ("Vertiv", "Dell", True),
    ]  # fmt: skip

    site.put("/changes.html", page("Changes", "AMD supplies Lenovo with boards."))
    site.put("/goes.html", 410)
    # The feed lists the lost page no more; the days of the others are new.
    site.put(
        "/feed.xml",
        feed("/stays.html", "/changes.html", "/original.html", "/reprint.html", day=MONDAY.replace(", 02", ", 09")),
    )
    site.put("/reprint.html", page("Original", "Vertiv supplies Dell with coolers.", FILLER, "Reprinted with thanks."))
    report = collect(settings)
    assert report.vanished == [f"{site.base}/goes.html"]
    assert counts(report)[:2] == (1, 3)
    build(settings)
    # Gone once is no proof.
    assert ("Broadcom", "Dell", True) in rows(settings, claims)

    assert collect(settings).wrote
    build(settings)
    assert rows(settings, claims) == [
        ("AMD", "Dell", False), ("AMD", "Lenovo", True), ("Broadcom", "Dell", False), ("NVIDIA", "Dell", True),
        ("Vertiv", "Dell", True), ("Vertiv", "Dell", True),
    ]  # fmt: skip
    assert not collect(settings).wrote
    # Before the change the old statement is what was known, and is found by the day.
    (then,) = find_claims(settings, "AMD", "SUPPLIES", "", "", "", "2026-03-05")
    assert then["object"] == "Dell"
    kept = {quote for _, quote in rows(settings, "SELECT claim_id, quote FROM mart.fct_claim")}
    assert {quote for _, quote in first} <= kept
    assert rows(settings, "SELECT url, status FROM raw.refusal") == [(f"{site.base}/goes.html", 410)]


def test_a_reprint_counts_as_its_originals_publisher(tmp_path, site):
    pytest.importorskip("pipelines.parse.signature")
    settings = settings_for(tmp_path / "home", site)
    feeds_source(settings, site)
    fast(settings, "wire", f"start: ['{site.base}/wire.html']\npublisher: Wire\n", "")
    site.put("/feed.xml", feed("/original.html"))
    site.put("/original.html", page("Original", "Vertiv supplies Dell with coolers.", FILLER))
    site.put("/wire.html", page("Original", "Vertiv supplies Dell with coolers.", FILLER, "Reprinted with thanks."))
    for name in ("news", "wire"):
        assert collect(settings, name).new == 1
    build(settings)

    (edge,) = rows(settings, "SELECT n_documents, n_publishers FROM mart.fct_relationship WHERE subject_id = 'vertiv'")
    publishers = rows(settings, "SELECT count(DISTINCT publisher), count(DISTINCT source_group) FROM core.document")

    assert (edge, publishers) == ((2, 1), [(2, 1)])


def test_a_document_in_another_language_is_kept_and_not_mined(tmp_path, site):
    settings = settings_for(tmp_path / "home", site)
    feeds_source(settings, site)
    text = "Der Betreiber hat die Anlage im Frühjahr eröffnet, und NVIDIA liefert die Karten an Dell. " * 12
    site.put("/feed.xml", feed("/de.html"))
    site.put("/de.html", page("Die Halle", text))
    collect(settings)
    stages.read_documents(settings)

    report = stages.read_claims(settings)

    assert (report.written, report.not_covered) == (0, 1)
    assert stages.read_claims(settings).unchanged == 1


@pytest.fixture
def mirror(shared_dir, tmp_path):
    """The mirror over a small part of the corpus: the filings of two companies that are short, and some commentary."""
    corpus, wanted = tmp_path / "corpus", []
    with (shared_dir / "corpus" / "manifest.csv").open(newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    eight_ks = [row for row in table if row["form"] in ("8-K", "8-K (index page)") and "Archives" in row["local_path"]]
    pages = [row for row in table if row["kind"] == "commentary" and row["local_path"].endswith(".md")]
    wanted = eight_ks + sorted(pages, key=lambda row: int(row["bytes"]))[:4]
    for row in wanted:
        target = corpus / (row["local_path"] + ".gz")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shared_dir / "corpus" / (row["local_path"] + ".gz"), target)
    with (corpus / "manifest.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(table[0]))
        writer.writeheader()
        writer.writerows(wanted)
    log = tmp_path / "requests.log"
    command = [sys.executable, shared_dir / "tools" / "mirror.py", "--port", "0", "--corpus", corpus, "--log", log]
    free = Newsroom()
    free.close()
    command[command.index("0")] = port = str(free.port)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    process.stdout.readline()
    yield f"http://127.0.0.1:{port}", log
    process.terminate()
    process.wait()
    process.stdout.close()


@pytest.mark.corpus
def test_two_refreshes_of_the_mirror(tmp_path, mirror):
    url, log = mirror
    home = tmp_path / "home"
    environment = {
        "LOADPATH_EDGAR_URL": url,
        "LOADPATH_EDGAR_DATA_URL": url,
        "LOADPATH_FEEDS": f"{url}/feeds/commentary.xml",
        "LOADPATH_COMPANIES": "META,1045810",
        "LOADPATH_CONTACT": "tests@example.org",
        "LOADPATH_ALLOW_HOSTS": "127.0.0.1",
    }
    arguments = ("refresh", "--source", "edgar", "--source", "feeds")
    done = loadpath(home, *arguments, **environment)
    assert (done.returncode, "edgar: 2 documents: 2 new" in done.stderr) == (0, True), done.stderr
    assert "feeds: 4 documents: 4 new" in done.stderr
    before, _ = snapshot(home), log.write_text("")

    done = loadpath(home, *arguments, **environment)

    assert done.returncode == 0
    assert "nothing changed; what is published is current" in done.stderr
    assert snapshot(home) == before
    asked = [line.split() for line in log.read_text().splitlines() if not line.endswith("/robots.txt")]
    # Two lists of filings, two filings, a feed and its pages; the index pages of filings never change.
    assert (len(asked), {status for status, *_ in asked}) == (9, {"304"})


def test_the_how_to_does_what_it_says(tmp_path, site):
    """Every code block of the page, as it stands; only the site's address is that of the test's own."""
    text = (ROOT / "docs" / "how-to" / "add-a-source.md").read_text(encoding="utf-8")
    files = re.findall(r"in `(var/sources/[^`]+)`[^`]*?```\w+\n(.*?)```", text, re.S)
    assert [Path(name).name for name, _ in files] == ["source.yml", "parse.py"]
    for name, body in files:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body.replace("https://www.example.com", site.base).replace("rate: 0.5", "rate: 50"))
    item = '<article><a href="{}">{}</a> <time datetime="{}">x</time></article>'
    site.put("/newsroom/", item.format("a.html", "A hall", "2026-03-02") + '<a rel="next" href="?page=2">more</a>')
    site.put(
        "/newsroom/?page=2", item.format("b.html", "A yard", "2026-02-27") + '<a rel="next" href="?page=2">more</a>'
    )
    site.put("/newsroom/a.html", page("A hall", "NVIDIA supplies Dell with boards."))
    site.put("/newsroom/b.html", page("A yard", "AMD supplies Dell with boards."))
    (commands,) = re.findall(r"```sh\n(.*?)```", text, re.S)
    said = []
    for line in commands.splitlines():
        name, *arguments = shlex.split(line, comments=True)
        assert name == "loadpath"
        said.append(run_in(tmp_path, arguments))

    assert "example_newsroom: 2 documents: 2 new" in said[0].stderr
    assert "nothing changed" in said[1].stderr
    assert [status for status, _ in site.answered()].count(304) == 4
    for found in ("A hall", "A yard", "Example Corporation", "2026-02-27"):
        assert found in said[2].stdout


def run_in(folder, arguments):
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", *arguments]
    env = {
        "PYTHONPATH": str(ROOT),
        "PATH": "",
        "LOADPATH_ALLOW_HOSTS": "127.0.0.1",
        "LOADPATH_JOBS": "1",
        "COLUMNS": "200",
    }
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, env=env, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done


def test_a_refresh_that_is_refused_in_part_says_what_and_why(tmp_path, site):
    home = tmp_path / "home"
    settings = settings_for(home, site)
    fast(settings, "news", f"start: ['{site.base}/feed.xml']\nvolume_x: 1\n", FEED_READER)

    done = loadpath(home, "refresh", "--source", "news", LOADPATH_ALLOW_HOSTS="127.0.0.1")

    assert done.returncode == 4
    assert re.search(r"refused: .*/news/source\.yml:7: volume_x: unknown key", done.stderr)


def test_edgar_without_a_contact_is_wrong_usage(tmp_path):
    done = loadpath(tmp_path / "home", "refresh", "--source", "edgar")

    assert (done.returncode, "set LOADPATH_CONTACT" in done.stderr) == (2, True)
    assert not (tmp_path / "home" / "archive").exists()


def test_ctrl_c_is_one_line_and_the_same_command_goes_on(tmp_path, site):
    home = tmp_path / "home"
    fast(settings_for(home, site), "news", f"start: ['{site.base}/feed.xml']\n", FEED_READER)
    names = [f"/{number}.html" for number in range(40)]
    site.put("/feed.xml", feed(*names))
    for name in names:
        site.put(name, page(name, "NVIDIA supplies Dell with boards."))
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.2\n")
    command = [
        sys.executable,
        "-c",
        "from pipelines.cli import main; main()",
        "--home",
        home,
        "refresh",
        "--source",
        "news",
    ]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT), "LOADPATH_ALLOW_HOSTS": "127.0.0.1"}
    )
    while not site.asked("/3.html"):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)

    assert process.returncode == 1
    assert said == "loadpath: stopped; what was done is kept, the same command goes on from there\n"
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    site.answered()
    collect(settings_for(home, site))
    pages = [status for status, path in site.answered() if path != "/feed.xml"]
    assert (len(pages), set(pages)) == (40, {200, 304})


def test_a_second_process_waits_and_says_for_whom(tmp_path):
    with writing(tmp_path):
        code = (
            "import sys; from pathlib import Path; from pipelines.fetch.lock import writing\n"
            "with writing(Path(sys.argv[1]), lambda line: print(line, flush=True)): print('mine')"
        )
        process = subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert f"process {os.getpid()} is writing there; waiting" in process.stdout.readline()
        with writing(tmp_path):
            assert process.poll() is None
    said, _ = process.communicate(timeout=20)
    assert said == "mine\n"


def test_ctrl_c_in_the_middle_of_the_job_is_one_line_too(tmp_path):
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "--home", tmp_path / "home", "demo"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT, env={"PATH": ""})
    while "documents: 2 of" not in (line := process.stderr.readline()):
        assert line
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)

    assert process.returncode == 1
    assert said.splitlines()[-1] == "loadpath: stopped; what was done is kept, the same command goes on from there"
    assert "Traceback" not in said
