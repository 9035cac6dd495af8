"""robots.txt by RFC 9309: obeyed, bounded, asked for once, and its decision told."""

import threading

import pytest

from pipelines.fetch.asking import Bounds
from pipelines.fetch.http import Web
from pipelines.fetch.request import Request
from tests.faults.conftest import SOON
from tests.faults.test_web import ask, hang_up, refusal
from tests.site import Page

RULES = b"""
User-agent: *
Disallow: /

User-agent: Loadpath
Disallow: /private/
Allow: /private/open/
Disallow: /*.pdf$
"""


def rules(site, body, **more):
    site.pages["/robots.txt"] = Page(body, **more)
    for path in ("/a", "/private/a", "/private/open/a", "/a.pdf", "/a.pdf?x"):
        site.pages[path] = Page(b"text")


def test_our_group_is_obeyed_and_the_longest_rule_wins(site, web):
    rules(site, RULES)

    assert [ask(web, site.base + path).robots for path in ("/a", "/private/open/a", "/a.pdf?x")] == ["allowed"] * 3
    for path in ("/private/a", "/a.pdf"):
        error = refusal(web, site.base + path)
        assert (error.reason, error.robots, error.status) == ("disallowed by robots.txt", "disallowed by robots.txt", 0)
        assert site.asked(path) == 0


def test_a_redirect_does_not_lead_past_robots(site, web):
    rules(site, RULES)
    site.pages["/a"] = Page(status=301, headers={"Location": "/private/a"})

    assert refusal(web, site.base + "/a").reason == "disallowed by robots.txt"
    assert site.asked("/private/a") == 0


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_none_means_all_is_allowed(site, web, archive, status):
    rules(site, b"", status=status)

    assert ask(web, site.base + "/a").robots == "no robots.txt"
    line = archive.latest()[site.base + "/robots.txt"]
    assert (line.role, line.status, line.sha256, line.reason) == ("robots", status, "", "no robots.txt")


@pytest.mark.parametrize("page", [Page(status=500), Page(status=503), Page(status=429), Page(raw=hang_up)])
def test_unreachable_means_nothing_is_allowed(site, online, archive, page):
    site.pages.update({"/robots.txt": page, "/a": Page(b"text")})
    with Web(online, archive, Bounds(tries=2, backoff_seconds=0.01), online.home) as web:
        error = refusal(web, site.base + "/a")

    assert "robots.txt cannot be had" in error.reason
    assert site.asked("/a") == 0
    assert site.asked("/robots.txt") == 2


def test_it_is_asked_again_while_it_fails(site, web):
    rules(site, RULES)
    site.pages["/robots.txt"] = [Page(status=503), Page(status=503), Page(RULES)]

    assert refusal(web, site.base + "/private/a").reason == "disallowed by robots.txt"


def test_of_ten_megabytes_the_first_half_is_read(site, web, archive):
    early, late = b"User-agent: *\nDisallow: /private/\n", b"Disallow: /a\n"
    rules(site, early + b"# filler\n" * 1_200_000 + late)

    assert ask(web, site.base + "/a").robots == "allowed"
    assert refusal(web, site.base + "/private/a").reason == "disallowed by robots.txt"
    assert len(archive.read(archive.latest()[site.base + "/robots.txt"].sha256)) == 500 * 1024


def test_a_rule_that_the_limit_cuts_is_no_rule(site, web):
    start = b"User-agent: *\n#"
    rule = b"\nDisallow: /abc\n"
    rules(site, start + b"x" * (500 * 1024 - len(start) - len(rule) + 4) + rule)

    assert ask(web, site.base + "/a").robots == "allowed"


def test_its_redirects_are_followed_and_a_loop_counts_as_none(site, web, online, archive):
    rules(site, RULES)
    site.pages["/robots.txt"] = Page(status=301, headers={"Location": "/rules"})
    site.pages["/rules"] = Page(RULES)
    assert refusal(web, site.base + "/private/a").reason == "disallowed by robots.txt"

    site.pages["/robots.txt"] = Page(status=301, headers={"Location": "/robots.txt"})
    with Web(online, archive, SOON, online.home) as later:
        assert ask(later, site.base + "/private/a").robots == "no robots.txt"
    assert site.asked("/robots.txt") == 1 + 6


@pytest.mark.parametrize("target", ["file:///etc/hostname", "http://[::1]:1/robots.txt", "http://me:pw@127.0.0.1/"])
def test_a_redirect_of_it_that_leads_astray_allows_nothing(site, web, target):
    rules(site, RULES)
    site.pages["/robots.txt"] = Page(status=302, headers={"Location": target})

    refusal(web, site.base + "/a")
    assert site.asked("/a") == 0


@pytest.mark.parametrize(
    "body",
    [b"\xef\xbb\xbfUser-agent: *\nDisallow: /private/", b"User-agent: *\r\nDisallow: /private/\r\n\xff\xfe\x00\r\n"],
)
def test_it_is_read_whatever_its_bytes(site, web, body):
    rules(site, body)

    assert refusal(web, site.base + "/private/a").reason == "disallowed by robots.txt"


def test_a_page_in_its_place_has_no_rules(site, web):
    rules(site, b"<html><p>Not found: disallow nothing</p></html>")

    assert ask(web, site.base + "/a").robots == "allowed"


def test_it_is_asked_for_once_a_run_whoever_comes_first(site, web, online, archive):
    rules(site, RULES, headers={"ETag": '"1"'})
    threads = [threading.Thread(target=ask, args=(web, site.base + "/a")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert site.asked("/robots.txt") == 1

    before = archive.log.read_bytes()
    with Web(online, archive, SOON, online.home) as later:
        assert refusal(later, site.base + "/private/a").reason == "disallowed by robots.txt"
    assert later.counts[f"127.0.0.1:{site.port}"].unchanged == 1
    assert archive.log.read_bytes() == before


@pytest.mark.parametrize("rule", [b"Crawl-delay: 1.2", b"Request-rate: 5/6s"])
def test_the_delay_that_it_asks_for_is_the_least(site, web, rule):
    rules(site, b"User-agent: *\n" + rule)
    web.get(Request(site.base + "/a", "test", rate=50))

    first, second = site.seen
    assert (first.path, second.path) == ("/robots.txt", "/a")
    assert second.at - first.at >= 1.2


def test_a_delay_past_all_patience_is_a_refusal(site, web):
    rules(site, b"User-agent: *\nCrawl-delay: 86400")

    assert (
        refusal(web, site.base + "/a").reason
        == "robots.txt asks for 86400 seconds between requests; at most 60 are kept"
    )
