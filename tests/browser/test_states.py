"""The explorer when things are not as they should be: hostile text, nothing read, a slow or a silent server, no JavaScript."""

import threading

import pytest

from graph.errors import NothingFoundError
from graph.explorer.server import Answers, Server
from pipelines.warehouse import explorer
from tests.browser.chromium import chromium
from tests.browser.conftest import Page, serving
from tests.browser.market import TRAP

HOSTILE = [
    TRAP,
    "\u202etxet desrever\u2066",
    "=HYPERLINK(1)",
    "A" * 1_000_000,
    "e\u0301" * 50,
    "{{7*7}}${alert(1)}",
    "\x00\x1b[2J",
]


@pytest.fixture
def answering():
    """Start a server in this process that gives what a test says."""
    running = []

    def start(market, around=None):
        server = Server(0, Answers(market, around))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.port}/"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def test_markup_in_a_document_is_only_words(page, served):
    page.open(served, "#at=micron")
    assert (
        page.text("[data-group='SUPPLIES out'] q").strip('“”"')
        == f"Micron supplies memory to NVIDIA {TRAP} and to others."
    )
    page.one("[data-group='SUPPLIES out'] .quote").click()
    page.until("return document.querySelector('#text mark')")
    assert page.text("#text mark") == f"Micron supplies memory to NVIDIA {TRAP} and to others."
    assert "</script><script>" in page.text("#reader h2")
    assert page.run("return [document.title, document.images.length]") == ["Loadpath", 0]


def test_words_after_marks_and_signs_of_two_halves_are_cut_where_they_stand(page, built, tmp_path):
    """A static page cuts the words out of the text that it holds, and JavaScript counts 😀 as two."""
    file = tmp_path / "market.html"
    file.write_text(explorer.static_page(built)[0], encoding="utf-8")
    page.open(file.as_uri(), "#at=samsung")
    page.one("[data-group='SUPPLIES out'] .quote").click()
    page.until("return document.querySelector('#text mark')")
    marked = page.run("return document.querySelector('#text mark').textContent")
    assert marked.endswith("\u202c 😀 Samsung supplies memory to NVIDIA.")


@pytest.mark.parametrize("at", range(len(HOSTILE)))
def test_any_name_title_and_address_is_shown_as_text(page, tables, tmp_path, at):
    text = HOSTILE[at]
    for row in tables["company"]:
        row["name"] = row["also"] = text
    for row in tables["document"]:
        row |= {"title": text, "publisher": text, "url": "javascript:document.title='taken'"}
    for row in tables["claim"]:
        row |= {"subject_name": text, "object_name": text, "amount": text, "section": text, "quote": text}
    page.open_file(tmp_path / "market.html", explorer.shown(tables), "#at=nvidia")
    assert len(page.companies()) == 11
    assert page.run("return document.documentElement.scrollWidth") <= 1400
    page.one("#panel .quote").click()
    page.until("return document.querySelector('#reader mark')")
    page.run("app.go({view: 'list'})")
    assert page.run("return [document.title, document.images.length, document.querySelectorAll('a').length]") == [
        "Loadpath",
        0,
        0,
    ]
    assert page.run("return document.querySelectorAll('script:not([type])').length") == 9


def test_a_script_that_would_write_markup_is_stopped_by_the_page_itself(browser, served):
    page = Page(browser).open(served)
    stopped = "try { document.body.insertAdjacentHTML('beforeend', '<b id=taken>'); return false } catch (error) { return error instanceof TypeError }"
    assert page.run(stopped)
    assert page.all("#taken") == []
    page.said()


def test_only_an_address_of_the_web_is_a_link(page, tables, tmp_path):
    for row in tables["document"]:
        row["url"] = 'https://example.org/a?b="><script>'
    page.open_file(tmp_path / "market.html", explorer.shown(tables), "#at=micron")
    page.one("#panel .quote").click()
    link = page.one("#reader a")
    assert link.get_attribute("href") == "https://example.org/a?b=%22%3E%3Cscript%3E"
    assert [link.get_attribute(name) for name in ("rel", "target", "referrerpolicy")] == [
        "noopener noreferrer",
        "_blank",
        "no-referrer",
    ]


def test_a_market_without_claims_says_what_to_do(page, tmp_path):
    page.open_file(tmp_path / "market.html", explorer.shown({table: [] for table in explorer.TABLES}))
    assert "loadpath demo" in page.text("#hint")
    page.keys("/", "nvidia")
    assert "Nothing is called “nvidia”" in page.text("#found")


def test_filters_that_leave_nothing_offer_the_way_back(page, served):
    page.open(served, "#known-on=2020-01-01&theme=dark")
    assert "No relation stands under these filters." in page.text("#hint")
    page.one("#reset").click()
    assert len(page.companies()) == 11
    assert page.state() == "#theme=dark"


def test_a_slow_market_is_waited_for_in_words(page, answering, built):
    may = threading.Event()

    def slow():
        may.wait(30)
        return explorer.as_json(explorer.market(built))

    address = answering(slow)
    page.open(address, wait="document.readyState === 'complete'")
    assert "Reading the market" in page.text("#state")
    may.set()
    page.until("return app instanceof Explorer && $('state').hidden")


def test_a_market_that_does_not_come_is_said_in_a_line(browser, answering):
    def nothing():
        raise NothingFoundError("nothing published yet; run `loadpath demo`")

    page = Page(browser)
    for market, said in (
        (nothing, "nothing published yet; run `loadpath demo`"),
        (lambda: '{"company":', "What came is not whole."),
    ):
        address = answering(market)
        page.open(address, wait="document.querySelector('.broken')")
        assert said in page.text(".broken")
        assert page.one(".broken button").text == "Try again"


def test_a_server_that_is_gone_leaves_the_quote(browser, built):
    page = Page(browser)
    with serving(built.home) as address:
        page.open(address, "#at=coreweave")
    page.one("[data-group='SUPPLIES in'] .quote").click()
    page.until("return document.querySelector('#text .broken')")
    assert "The text cannot be read" in page.text("#text")
    assert page.text("#text mark") == "CoreWeave buys servers from Supermicro."


def test_without_javascript_the_page_says_so(browser, served):
    with chromium(800, 600, javascript=False) as plain:
        plain.get(served)
        shown = plain.find_element("css selector", ".noscript")
        assert shown.is_displayed()
        assert "needs JavaScript" in shown.text
        assert "loadpath brief NVIDIA" in shown.text


def test_the_static_page_asks_nothing_and_does_the_same(page, built, tmp_path):
    from tests.browser.test_explorer import ALL

    file = tmp_path / "market.html"
    file.write_text(explorer.static_page(built)[0], encoding="utf-8")
    page.open(file.as_uri(), "#at=coreweave&cut-off=coreweave&theme=dark")
    assert page.relations() == ALL
    assert "Without CoreWeave" in page.text("#shock")
    page.run("app.go({hide: ['FINANCES']})")
    assert "hide=FINANCES" in page.browser.current_url
