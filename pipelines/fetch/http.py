"""The web for one run. What belongs here: what a request means and an answer says: robots, conditions, redirects.

What does not: patience (``asking``), sockets (``transport``, ``guard``), what to ask for (``collect``), keeping what came
(``archive``; only robots.txt is kept from here, since nobody else asks for it).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urldefrag

import httpx

from graph.errors import UsageError
from pipelines.fetch import robots
from pipelines.fetch.address import bare_host, redact
from pipelines.fetch.archive import GONE, Archive, Fetch
from pipelines.fetch.asking import Asker, Bounds, HostCounts, Question, origin, port, status_text
from pipelines.fetch.decoding import BrokenCodingError, TooLargeError, gunzip
from pipelines.fetch.limits import DEFAULT_RATE, Limits, shared_folder
from pipelines.fetch.request import Answer, Request, WebRefusedError
from pipelines.fetch.robots import Robots, RobotsCache
from pipelines.fetch.transport import Exchange, ExchangeError, Line
from pipelines.ids import sha256_hex
from pipelines.settings import Settings

REDIRECTS = (301, 302, 303, 307, 308)
_SUFFIXES = {"html": ".html", "pdf": ".pdf"}


class Web:
    """The web for one run: ``with Web(settings, archive) as web: web.get(request)``; threads may share it."""

    def __init__(
        self, settings: Settings, archive: Archive, bounds: Bounds | None = None, limits: Path | None = None
    ) -> None:
        """Take contact and allowed hosts of ``settings``; raise UsageError for a contact that cannot be sent.

        Whatever uses the same ``limits`` folder shares its limits; by default all runs of this user on this machine do.
        """
        self._archive = archive
        self._bounds = bounds or Bounds()
        self._limits = Limits(limits or shared_folder(), self._bounds.pause_seconds)
        self._line = Line(
            user_agent(settings.contact), settings.allow_hosts, self._bounds.step_seconds, self._bounds.total_seconds
        )
        self._asker = Asker(self._line, self._limits, self._bounds)
        self._robots = RobotsCache()

    @property
    def counts(self) -> dict[str, HostCounts]:
        """Return what was asked and given in this run, by host."""
        return self._asker.counts

    def __enter__(self) -> "Web":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._line.close()

    def stop(self) -> None:
        """End all waits: requests that wait raise StoppedError, and so do later ones."""
        self._limits.stop()

    def get(self, request: Request) -> Answer:
        """Return the answer; raise WebRefusedError with the reason for what cannot be fetched.

        The request is conditional where the archive holds bytes of the address, whatever failed since. So a 304 may
        come after a refusal or an absence: what is held is current again, and the caller records that.
        """
        asked = urldefrag(request.url).url
        url = first = self._parse(asked, asked)
        headers = {} if request.fresh else self._validators(redact(asked))
        for _ in range(self._bounds.redirects + 1):
            decision, rate = self._allowed(asked, url, request)
            answer = self._ask(asked, url, request, rate, headers, decision)
            if answer.status not in REDIRECTS:
                return self._answer(asked, url, answer, decision)
            url = self._redirected(asked, first, url, answer, request, decision)
        raise WebRefusedError(redact(asked), f"more than {self._bounds.redirects} redirects", answer.status, decision)

    def _parse(self, asked: str, address: str) -> httpx.URL:
        try:
            url = httpx.URL(address)
            scheme, host = url.scheme, url.host
        except (httpx.InvalidURL, ValueError):
            raise WebRefusedError(redact(asked), "is no web address") from None
        if scheme and scheme not in ("http", "https"):
            raise WebRefusedError(redact(asked), f"only http and https addresses are fetched, not {scheme}:")
        if not scheme or not host:
            raise WebRefusedError(redact(asked), "is no web address")
        if url.userinfo:
            raise WebRefusedError(
                redact(asked), "the address holds a user or password; addresses with one are not fetched"
            )
        return url

    def _validators(self, url: str) -> dict[str, str]:
        held = self._archive.held(url)
        if held is None or not self._archive.has(held.sha256):
            return {}
        given = {"If-None-Match": held.etag, "If-Modified-Since": held.last_modified}
        return {name: value for name, value in given.items() if value}

    def _allowed(self, asked: str, url: httpx.URL, request: Request) -> tuple[str, float]:
        """Return robots' decision for ``url`` and the rate that it and the request leave; raise where it is denied."""
        rules = self._robots.of(origin(url), lambda: self._ask_robots(url, request))
        decision = rules.decision(str(url))
        if not rules.allows(str(url)):
            raise WebRefusedError(redact(asked), decision, robots=decision)
        between = rules.seconds_between()
        if between > robots.MAX_DELAY_SECONDS:
            reason = f"robots.txt asks for {between:g} seconds between requests; at most {robots.MAX_DELAY_SECONDS:g} are kept"
            raise WebRefusedError(redact(asked), reason, robots=decision)
        rate = request.rate or DEFAULT_RATE
        return decision, min(rate, 1 / between) if between else rate

    def _redirected(
        self, asked: str, first: httpx.URL, url: httpx.URL, answer: Exchange, request: Request, decision: str
    ) -> httpx.URL:
        location, reason = answer.headers.get("location", ""), ""
        try:
            target = self._parse(asked, str(url.join(location).copy_with(fragment=None)))
            if not location:
                reason = f"answers {answer.status} without saying where to"
            elif not _may_lead(first, target, request.hosts):
                reason = f"redirects to another host, {target.host}; ask there if you mean it"
        except (WebRefusedError, httpx.InvalidURL, ValueError):
            reason = "redirects to what is no http or https address, or holds a password"
        if reason:
            raise WebRefusedError(redact(asked), reason, answer.status, decision)
        return target

    def _answer(self, asked: str, url: httpx.URL, came: Exchange, decision: str) -> Answer:
        if came.status not in (200, 304, *GONE):
            raise WebRefusedError(redact(asked), status_text(came.status), came.status, decision)
        content_type = came.header("content-type")
        name, body = self._unpacked(asked, httpx.URL(asked).path, came.body, content_type)
        if came.status == 200 and not body.strip():
            raise WebRefusedError(redact(asked), "the answer is empty", came.status, decision)
        return Answer(
            redact(asked),
            redact(str(url)),
            came.status,
            body if came.status == 200 else None,
            name,
            came.header("etag"),
            came.header("last-modified"),
            content_type,
            decision,
        )

    def _unpacked(self, asked: str, path: str, body: bytes, content_type: str) -> tuple[str, bytes]:
        """Return the name that hints at the type, and the body out of a ``.gz`` file."""
        if path.endswith(".gz"):
            if not body.startswith(b"\x1f\x8b"):
                return path[: -len(".gz")], body
            try:
                return path[: -len(".gz")], gunzip(body, self._bounds.max_bytes)
            except TooLargeError:
                raise WebRefusedError(
                    redact(asked), f"unpacks to more than {self._bounds.max_bytes} bytes", 200
                ) from None
            except BrokenCodingError as error:
                raise WebRefusedError(redact(asked), str(error), 200) from None
        for kind, suffix in _SUFFIXES.items():
            known = (suffix, ".htm") if kind == "html" else (suffix,)
            if kind in content_type and not path.lower().endswith(known):
                return path + suffix, body
        return path, body

    def _ask(
        self, asked: str, url: httpx.URL, request: Request, rate: float, headers: Mapping[str, str], decision: str
    ) -> Exchange:
        try:
            return self._asker.ask(Question(url, request.group, rate, headers, self._bounds.max_bytes))
        except ExchangeError as error:
            raise WebRefusedError(redact(asked), error.reason, error.status, decision) from None

    def _ask_robots(self, site: httpx.URL, request: Request) -> Robots:
        """Fetch, keep and return the rules of a site; what cannot be had stands for everything or nothing allowed."""
        url = site.copy_with(raw_path=b"/robots.txt", fragment=None)
        named = str(url)
        headers = self._validators(named)
        rate = request.rate or DEFAULT_RATE
        outcome = Fetch(named, "/robots.txt", "", _now(), 0, request.source, role="robots")
        for _ in range(robots.MAX_REDIRECTS + 1):
            try:
                answer = self._asker.ask(Question(url, request.group, rate, headers, robots.MAX_BYTES, cut=True))
                if answer.status in REDIRECTS:
                    url = self._parse(named, str(url.join(answer.headers.get("location", ""))))
                    continue
            except (ExchangeError, WebRefusedError, httpx.InvalidURL) as error:
                reason = error.reason if isinstance(error, ExchangeError | WebRefusedError) else "is no web address"
                self._archive.record(replace(outcome, reason=reason, status=getattr(error, "status", 0)))
                return robots.unreachable(reason, getattr(error, "transient", False))
            return self._robots_of(answer, outcome)
        self._archive.record(replace(outcome, reason=f"more than {robots.MAX_REDIRECTS} redirects"))
        return Robots(None)

    def _robots_of(self, answer: Exchange, outcome: Fetch) -> Robots:
        held = self._archive.held(outcome.url)
        if answer.status == 304 and held:
            self._archive.record(replace(held, fetched_at=outcome.fetched_at))
            return robots.read(self._archive.read(held.sha256))
        if answer.status != 200:
            self._archive.record(replace(outcome, status=answer.status, reason=robots.ABSENT))
            return Robots(None)
        kept = replace(
            outcome,
            status=200,
            sha256=sha256_hex(answer.body),
            etag=answer.header("etag"),
            last_modified=answer.header("last-modified"),
        )
        self._archive.keep(answer.body, kept)
        return robots.read(answer.body)


def user_agent(contact: str) -> str:
    """Return how Loadpath names itself; raise UsageError for a contact that no header can hold."""
    if not (contact.isascii() and contact.isprintable()):
        raise UsageError("LOADPATH_CONTACT: plain ASCII on one line is needed, such as a mail address")
    own = f"loadpath/{version('loadpath')}"
    return f"{own} ({contact})" if contact else own


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _may_lead(first: httpx.URL, target: httpx.URL, hosts: frozenset[str]) -> bool:
    """Return whether a redirect from ``first`` may lead to ``target``: the same host, or one that was named."""
    host, named = bare_host(target.host), {bare_host(h) for h in hosts}
    if host in named or f"{host}:{port(target)}" in named:
        return True
    return host == bare_host(first.host) and port(target) in (port(first), 80, 443)
