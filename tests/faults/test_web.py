"""One request on a hostile or failing web: what is refused, with which reason, and what arrives all the same."""

import gzip
import logging
import shutil
import socket
import ssl
import subprocess
import threading
import time
from dataclasses import replace
from functools import partial

import brotli
import pytest

from graph.errors import UsageError
from pipelines.fetch.archive import Archive, Fetch
from pipelines.fetch.asking import Bounds
from pipelines.fetch.http import Web
from pipelines.fetch.request import Request, WebRefusedError
from pipelines.ids import sha256_hex
from pipelines.settings import load_settings
from tests.faults.conftest import SOON
from tests.site import Page, Site

FAST = 1000.0


def ask(web, url, **more):
    return web.get(Request(url, "test", rate=FAST, **more))


def refusal(web, url, **more):
    with pytest.raises(WebRefusedError) as caught:
        ask(web, url, **more)
    return caught.value


def keep(archive, answer):
    sha256 = sha256_hex(answer.body)
    return archive.keep(
        answer.body,
        Fetch(
            answer.url,
            answer.name,
            sha256,
            "2025-01-01T00:00:00+00:00",
            answer.status,
            "test",
            etag=answer.etag,
            last_modified=answer.last_modified,
            robots=answer.robots,
        ),
    )


def hang_up(_handler):
    """Close the connection without an answer."""


def test_a_page_comes_with_its_validators_and_we_say_who_we_are(site, web):
    site.pages["/a"] = Page(b"<p>x</p>", headers={"ETag": '"1"', "Last-Modified": "then", "Content-Type": "text/html"})

    answer = ask(web, site.base + "/a#part")

    assert (answer.status, answer.body, answer.name) == (200, b"<p>x</p>", "/a.html")
    assert (answer.etag, answer.last_modified, answer.robots) == ('"1"', "then", "no robots.txt")
    assert answer.url == answer.final_url == site.base + "/a"
    assert site.seen[-1].headers["user-agent"].startswith("loadpath/")
    assert "(me@mail.example)" in site.seen[-1].headers["user-agent"]


def test_an_unchanged_page_is_a_304_and_writes_nothing(site, web, archive, online):
    site.pages["/a"] = Page(b"text", headers={"ETag": '"1"', "Last-Modified": "Wed, 01 Jan 2025 00:00:00 GMT"})
    assert keep(archive, ask(web, site.base + "/a"))
    before = archive.log.read_bytes()

    with Web(online, Archive(online.archive), SOON, online.home) as later:
        answer = ask(later, site.base + "/a")
        fresh = ask(later, site.base + "/a", fresh=True)

    assert (answer.status, answer.body, fresh.status) == (304, None, 200)
    assert site.seen[-2].headers["if-none-match"] == '"1"'
    assert site.seen[-2].headers["if-modified-since"] == "Wed, 01 Jan 2025 00:00:00 GMT"
    assert "if-none-match" not in site.seen[-1].headers
    assert archive.log.read_bytes() == before
    counts = later.counts[f"127.0.0.1:{site.port}"]
    assert (counts.requests, counts.ok, counts.unchanged) == (3, 1, 1)


def test_a_page_whose_bytes_are_lost_is_asked_for_whole(site, web, archive):
    site.pages["/a"] = Page(b"text", headers={"ETag": '"1"'})
    keep(archive, ask(web, site.base + "/a"))
    shutil.rmtree(archive.folder / "objects")

    assert ask(web, site.base + "/a").body == b"text"


def test_a_page_that_is_gone_is_an_answer(site, web):
    site.pages["/gone"] = Page(status=410)

    assert ask(web, site.base + "/nothing").status == 404
    assert ask(web, site.base + "/gone").status == 410


@pytest.mark.parametrize(
    ("page", "reason", "status"),
    [
        (Page(status=403), "answers 403 Forbidden", 403),
        (Page(status=503), "answers 503 Service Unavailable", 503),
        (Page(b" \n"), "the answer is empty", 200),
        (Page(b"x" * 2001), "answers more than 2000 bytes", 200),
        (Page(b"x", headers={"Content-Encoding": "zstd"}), "'zstd' was not asked for", 200),
        (
            Page(gzip.compress(bytes(range(256)) * 3, mtime=0)[:-9], headers={"Content-Encoding": "gzip"}),
            "ends too early",
            200,
        ),
        (Page(b"plain", headers={"Content-Encoding": "gzip"}), "broken gzip", 200),
        (Page(b"plain", headers={"Content-Encoding": "br"}), "broken brotli", 200),
        (Page(status=302), "without saying where to", 302),
        (Page(raw=hang_up), "breaks off", 0),
        (Page(raw=lambda handler: handler.wfile.write(b"SSH-2.0-x\r\n\r\n")), "is no HTTP", 0),
        (
            Page(raw=lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab")),
            "breaks off",
            0,
        ),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_reason(site, online, archive, page, reason, status):
    site.pages["/a"] = page
    with Web(online, archive, Bounds(max_bytes=2000, tries=2, backoff_seconds=0.01), online.home) as web:
        error = refusal(web, site.base + "/a")

    assert reason in error.reason
    assert error.status == status
    assert error.robots == "no robots.txt"


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_bomb_is_stopped_at_the_limit(site, online, archive, coding):
    pack = gzip.compress if coding == "gzip" else partial(brotli.compress, quality=3)
    site.pages["/bomb"] = Page(pack(b"\0" * 20_000_000), headers={"Content-Encoding": coding})
    site.pages["/good"] = Page(pack(b"\0" * 500_000), headers={"Content-Encoding": coding})
    site.pages["/bomb.gz"] = Page(gzip.compress(b"\0" * 20_000_000))
    with Web(online, archive, Bounds(max_bytes=1_000_000), online.home) as web:
        assert "answers more than" in refusal(web, site.base + "/bomb").reason
        assert "unpacks to more than" in refusal(web, site.base + "/bomb.gz").reason
        assert ask(web, site.base + "/good").body == b"\0" * 500_000


def test_a_failing_server_is_asked_again_until_the_document_arrives(site, web):
    site.pages["/a"] = [Page(status=503), Page(status=500), Page(raw=hang_up), Page(b"text")]

    assert ask(web, site.base + "/a").body == b"text"
    assert site.asked("/a") == 4
    assert web.counts[f"127.0.0.1:{site.port}"].retried == 3


def test_a_host_that_fails_address_after_address_is_left_alone(site, online, archive):
    site.pages.update({f"/{n}": Page(status=500) for n in range(7)})
    site.pages["/good"] = Page(b"text")
    with Web(online, archive, Bounds(tries=2, backoff_seconds=0.01), online.home) as web:
        for path in ("/0", "/1", "/2", "/3"):
            refusal(web, site.base + path)
        assert ask(web, site.base + "/good").body == b"text"
        reasons = [refusal(web, f"{site.base}/{n}").reason for n in range(7)]

    assert reasons[:5] == ["answers 500 Internal Server Error"] * 5
    assert reasons[5:] == ["the host failed 5 addresses in a row; the next run asks again"] * 2
    assert site.asked("/5") == site.asked("/6") == 0


def test_what_is_held_stays_conditional_after_a_failure_and_becomes_current_by_a_304(site, web, archive):
    site.pages["/a"] = Page(b"text", headers={"ETag": '"1"'})
    answer = ask(web, site.base + "/a")
    keep(archive, answer)
    archive.record(Fetch(answer.url, "/a", "", "2025-01-02T00:00:00+00:00", 503, "test", reason="answers 503"))

    assert ask(web, site.base + "/a").status == 304
    assert archive.record(replace(archive.held(answer.url), fetched_at="2025-01-03T00:00:00+00:00"))
    assert archive.latest()[answer.url].sha256 == sha256_hex(b"text")


def test_retry_after_holds_all_workers_of_the_host(site, web):
    site.pages["/busy"] = [Page(status=429, headers={"Retry-After": "1"}), Page(b"text")]
    site.pages["/other"] = Page(b"text")
    ask(web, site.base + "/other")
    workers = [threading.Thread(target=ask, args=(web, site.base + path)) for path in ("/busy", "/other", "/other")]
    workers[0].start()
    while not site.asked("/busy"):
        time.sleep(0.01)
    time.sleep(0.2)
    for worker in workers[1:]:
        worker.start()
    for worker in workers:
        worker.join()

    refused_at = next(seen.at for seen in site.seen if seen.path == "/busy")
    later = [seen.at - refused_at for seen in site.seen if seen.at > refused_at]
    assert len(later) == 3
    assert min(later) >= 1.0
    assert web.counts[f"127.0.0.1:{site.port}"].throttled == 1


def test_a_pause_past_the_cap_is_a_refusal_for_the_whole_host(site, web, online, archive):
    site.pages["/busy"] = Page(status=503, headers={"Retry-After": "3600"})
    site.pages["/other"] = Page(b"text")

    assert "longer pause (Retry-After) than 2 seconds" in refusal(web, site.base + "/busy").reason
    assert "longer pause" in refusal(web, site.base + "/other").reason
    with Web(online, archive, SOON, online.home) as later:
        assert "longer pause" in refusal(later, site.base + "/other").reason
    assert (site.asked("/busy"), site.asked("/other")) == (1, 0)


def drip(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.1)


def drip_headers(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        handler.wfile.write(f"X-{number}: y\r\n".encode())
        time.sleep(0.1)


@pytest.mark.parametrize("slowly", [drip, drip_headers])
def test_an_answer_that_drips_ends_with_the_total_time(site, online, archive, slowly):
    site.pages["/slow"] = Page(raw=slowly)
    with Web(online, archive, Bounds(total_seconds=1.5), online.home) as web:
        assert refusal(web, site.base + "/slow").reason == "takes longer than 1.5 seconds in total"

    assert site.asked("/slow") == 1


def test_redirects_are_followed_within_the_host(site, web):
    site.pages["/old"] = Page(status=301, headers={"Location": "/new"})
    site.pages["/new"] = Page(b"text")

    answer = ask(web, site.base + "/old")

    assert (answer.body, answer.url, answer.final_url) == (b"text", site.base + "/old", site.base + "/new")


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("file:///etc/hostname", "no http or https address"),
        ("gopher://127.0.0.1/", "no http or https address"),
        ("http://me:secret@127.0.0.1/", "holds a password"),
        ("http://169.254.169.254/latest/meta-data", "redirects to another host, 169.254.169.254"),
        ("http://[::1]:1/", "redirects to another host, ::1"),
        ("http://other.example/", "redirects to another host, other.example"),
        ("http://127.0.0.1:1/", "redirects to another host, 127.0.0.1"),
        ("/loop", "more than 5 redirects"),
        ("http://[/", "redirects to another host"),
        ("http://[x]/", "no http or https address"),
        ("javascript:x", "no http or https address"),
    ],
)
def test_a_redirect_that_leads_astray_is_refused(site, web, target, reason):
    site.pages["/loop"] = Page(status=302, headers={"Location": target})

    error = refusal(web, site.base + "/loop")

    assert reason in error.reason
    assert "secret" not in str(error)


def test_a_redirect_leads_to_another_host_only_where_the_source_names_it_and_the_guard_agrees(
    site, web, tmp_path, archive
):
    site.pages["/old"] = Page(status=302, headers={"Location": f"http://localhost:{site.port}/new"})
    site.pages["/new"] = Page(b"text")

    assert "not public" in refusal(web, site.base + "/old", hosts=frozenset({"localhost"})).reason
    settings = load_settings(tmp_path / "other", {"LOADPATH_ALLOW_HOSTS": f"127.0.0.1:{site.port}, localhost"})
    with Web(settings, archive, SOON, settings.home) as both:
        assert ask(both, site.base + "/old", hosts=frozenset({"www.localhost"})).body == b"text"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "2130706433",
        "017700000001",
        "[::ffff:127.0.0.1]",
        "[::1]",
        "[::]",
        "localhost.",
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fec0::1]",
    ],
)
def test_a_host_that_is_not_public_is_refused_however_it_is_spelled(site, settings, archive, host):
    with Web(settings, archive, SOON, settings.home) as web:
        reason = refusal(web, f"http://{host}:{site.port}/").reason

    # Not every resolver knows the name with its final dot.
    assert "is not public; name it in LOADPATH_ALLOW_HOSTS" in reason or (
        host == "localhost." and "not known" in reason
    )
    assert site.seen == []


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://127.0.0.1/a", "file:///etc/hostname", "http://", "http://[", "http:///a", "//a/b", "", " http://a/"),
        *(
            "http://xn--a.example/",
            "http://\u2603/",
            "http://a/\ud800",
            "http://a\nb/",
            "http://127.0.0.1:x/",
            "http://[::1/",
        ),
    ],
)
def test_what_is_no_web_address_is_refused(web, url):
    reason = refusal(web, url).reason

    assert "only http and https" in reason or "no web address" in reason or "is not known" in reason


def test_a_name_that_changes_its_address_after_the_check_leads_nowhere_else(site, settings, archive, monkeypatch):
    real, asked = socket.getaddrinfo, []

    def turncoat(host, port, *rest, **more):
        if host != "turncoat.example":
            return real(host, port, *rest, **more)
        asked.append(host)
        return real("192.0.2.1" if len(asked) % 2 == 0 else "198.41.0.4", port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", turncoat)
    connected = []

    def connect(address, *_, **__):
        connected.append(address[0])
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", connect)
    with Web(settings, archive, Bounds(tries=1), settings.home) as web:
        refusal(web, f"http://turncoat.example:{site.port}/")

    assert asked == ["turncoat.example"]
    assert connected == ["198.41.0.4"]


def test_proxies_of_the_environment_are_not_used(site, web, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.pages["/a"] = Page(b"text")

    assert ask(web, site.base + "/a").body == b"text"


def test_cookies_are_not_kept(site, web):
    site.pages["/a"] = Page(b"text", headers={"Set-Cookie": "who=me; Path=/"})
    ask(web, site.base + "/a")
    ask(web, site.base + "/a")

    assert "cookie" not in site.seen[-1].headers


def test_a_certificate_that_does_not_verify_is_an_error(tmp_path, web):
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl command to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    site = Site(context)
    try:
        assert refusal(web, site.base + "/a").reason == "its certificate does not verify (self-signed certificate)"
    finally:
        site.close()
    assert site.seen == []


def test_no_message_and_no_log_line_holds_a_credential(site, web, archive, caplog):
    caplog.set_level(logging.DEBUG)
    site.pages["/a?id=7&token=s3cret&api_key=s3cret"] = Page(b"text")
    answer = ask(web, site.base + "/a?id=7&token=s3cret&api_key=s3cret")
    keep(archive, answer)
    archive.record(Fetch(site.base + "/b?X-Amz-Signature=s3cret", "b", "", "2025-01-01T00:00:00+00:00", 0, "test"))

    assert answer.url == answer.final_url == site.base + "/a?id=7&token=***&api_key=***"
    assert "s3cret" not in str(refusal(web, site.base.replace("//", "//me:s3cret@") + "/a"))
    assert "s3cret" not in str(refusal(web, "http://nowhere.invalid/?signature=s3cret"))
    assert "s3cret" not in archive.log.read_text()
    assert "s3cret" not in caplog.text


def test_a_contact_that_no_header_can_hold_is_wrong_usage(tmp_path, archive):
    settings = load_settings(tmp_path, {"LOADPATH_CONTACT": "me\r\nHost: x"})

    with pytest.raises(UsageError, match="LOADPATH_CONTACT"):
        Web(settings, archive)


def test_a_stopped_web_ends_its_waits(site, web):
    site.pages["/a"] = Page(b"text")
    ask(web, site.base + "/a")
    done = threading.Event()

    def wait():
        with pytest.raises(Exception, match="stopped"):
            web.get(Request(site.base + "/a", "test", rate=0.01))
        done.set()

    threading.Thread(target=wait, daemon=True).start()
    web.stop()

    assert done.wait(10)
