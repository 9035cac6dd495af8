"""What browser tests share: a built market, the command that serves it, a browser, and the page as a test sees it."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

import pytest

from graph.explorer.page import page as page_of
from pipelines.warehouse import explorer, store
from tests.browser import market
from tests.browser.chromium import PROGRAMS, chromium
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    return market.build(tmp_path_factory.mktemp("market"))


@pytest.fixture(scope="session")
def served(built):
    """The address at which `loadpath explore` serves the market."""
    with serving(built.home) as address:
        yield address


@contextmanager
def serving(home):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LOADPATH_")}
    command = [
        sys.executable,
        "-c",
        "from pipelines.cli import main; main()",
        "--home",
        str(home),
        "explore",
        "--port",
        "0",
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    )
    try:
        line = process.stdout.readline().strip()
        assert line.startswith("http://127.0.0.1:"), process.stderr.read()
        yield line
    finally:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture(scope="session")
def browser():
    missing = [str(program) for program in PROGRAMS if not program.exists()]
    if missing:
        if os.environ.get("LOADPATH_REQUIRE_BROWSER") == "1":
            pytest.fail(f"a browser is required here: {', '.join(missing)} missing")
        pytest.skip(f"no browser: {', '.join(missing)} missing")
    with chromium(1400, 900) as opened:
        yield opened


@pytest.fixture
def page(browser):
    """The browser as a page; at the end nothing was said on its console, and nothing asked of another place than it came from."""
    opened = Page(browser)
    yield opened
    opened.resize(1400, 900)
    assert opened.said() == []
    assert opened.asked_elsewhere() == []


@pytest.fixture
def tables(built):
    """The rows of the market by table, for a test to change."""
    with store.connection(built.warehouse) as con:
        return {table: store.rows(con, store.sql(f"explorer/{table}")) for table in explorer.TABLES}


class Page:
    """What a test does to the explorer and sees of it."""

    def __init__(self, browser):
        self.browser = browser
        self.from_where = ""
        self.said()
        self.browser.get_log("performance")

    def open(self, address, state="", wait="app instanceof Explorer && app.picture.drawn > 0"):
        self.from_where = address
        # From an empty page, so that an address that differs behind its # only is loaded anew.
        self.browser.get("about:blank")
        self.browser.get(address + state)
        if wait:
            self.until(f"return {wait}")
        return self

    def open_file(self, path, shown, state="", **further):
        text, _ = page_of(explorer.as_json({**shown, "texts": {}, **further}))
        path.write_text(text, encoding="utf-8")
        return self.open(path.as_uri(), state)

    def resize(self, width, height):
        from tests.browser.chromium import resize

        resize(self.browser, width, height)

    def run(self, script, *arguments):
        return self.browser.execute_script(script, *arguments)

    def until(self, script, *arguments):
        from selenium.webdriver.support.ui import WebDriverWait

        return WebDriverWait(self.browser, 30, poll_frequency=0.05).until(lambda _: self.run(script, *arguments))

    def all(self, selector):
        return self.browser.find_elements("css selector", selector)

    def one(self, selector):
        return self.browser.find_element("css selector", selector)

    def text(self, selector):
        return self.one(selector).text

    def keys(self, *keys):
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.browser).send_keys(*keys).perform()

    def click_company(self, company):
        """Click where the picture has the company."""
        from selenium.webdriver.common.action_chains import ActionChains

        x, y = self.run(
            "const {picture} = app, n = picture.byId.get(arguments[0]), v = picture.view, b = $('canvas').getBoundingClientRect();"
            "return [Math.round(b.left + n.x * v.k + v.x), Math.round(b.top + n.y * v.k + v.y)]",
            company,
        )
        ActionChains(self.browser).w3c_actions.pointer_action.move_to_location(x, y).click()
        chain = ActionChains(self.browser)
        chain.w3c_actions.pointer_action.move_to_location(x, y).click()
        chain.perform()

    def companies(self):
        return set(self.run("return app.picture.nodes.map(n => n.id)"))

    def relations(self):
        """The relations that the picture draws, as texts like `a|SUPPLIES|b`."""
        return set(
            self.run(
                "const p = app.picture; return p.relations.filter(r => p.byId.has(r.from) && p.byId.has(r.to)).map(r => r.key)"
            )
        )

    def group(self, key):
        """The names in one group of the panel, in order."""
        return self.run(
            'return [...document.querySelectorAll(`[data-group="${arguments[0]}"] .who > .link`)].map(e => e.textContent)',
            key,
        )

    def state(self):
        return self.run("return location.hash")

    def said(self):
        return [entry["message"] for entry in self.browser.get_log("browser")]

    def asked_elsewhere(self):
        asked = []
        for entry in self.browser.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked.append(message["params"]["request"]["url"])
        root = self.from_where.partition("#")[0]
        return [url for url in asked if not url.startswith((root, "data:", "about:", "chrome"))]
