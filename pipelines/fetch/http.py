"""The web for one run: one request at a time, politely. What belongs here: robots, limits, retries, redirects, counts.

What does not: sockets (``transport``, ``guard``), what to ask for (``collect``), keeping what came (``archive``; only
robots.txt is kept from here, since nobody else asks for it).
"""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib.metadata import version
from urllib.parse import urldefrag

import httpx
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from graph.errors import UsageError
from pipelines.fetch import robots
from pipelines.fetch.address import bare_host, redact
from pipelines.fetch.archive import GONE, Archive, Fetch
from pipelines.fetch.decoding import BrokenCodingError, TooLargeError, gunzip
from pipelines.fetch.inputs import MAX_BYTES
from pipelines.fetch.limits import DEFAULT_RATE, MAX_PAUSE_SECONDS, Limits, PausedError
from pipelines.fetch.request import Answer, Request, WebRefusedError
from pipelines.fetch.robots import Robots, RobotsCache
from pipelines.fetch.transport import Exchange, ExchangeError, Line
from pipelines.ids import sha256_hex
from pipelines.settings import Settings

REDIRECTS = (301, 302, 303, 307, 308)
TRANSIENT = (408, 425, 429)
THROTTLED_SECONDS = 2.0
_SUFFIXES = {"html": ".html", "pdf": ".pdf"}


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much and how long: bytes decoded, seconds of one step and of one exchange, tries, redirects, pauses."""

    max_bytes: int = MAX_BYTES
    step_seconds: float = 30.0
    total_seconds: float = 120.0
    tries: int = 8
    backoff_seconds: float = 30.0
    pause_seconds: float = MAX_PAUSE_SECONDS
    redirects: int = 5


@dataclass(slots=True)
class HostCounts:
    """What one host was asked and gave in this run; ``bytes`` are as they travelled."""

    requests: int = 0
    ok: int = 0
    unchanged: int = 0
    retried: int = 0
    throttled: int = 0
    bytes: int = 0


class Web:
    """The web for one run: ``with Web(settings, archive) as web: web.get(request)``; threads may share it.

    ``counts`` holds what was asked, by host.
    """

    def __init__(self, settings: Settings, archive: Archive, bounds: Bounds | None = None) -> None:
        """Take contact, allowed hosts and home of ``settings``; raise UsageError for a contact that cannot be sent."""
        self._archive = archive
        self._bounds = bounds or Bounds()
        self._limits = Limits(settings.home, self._bounds.pause_seconds)
        self._line = Line(
            user_agent(settings.contact), settings.allow_hosts, self._bounds.step_seconds, self._bounds.total_seconds
        )
        self._robots = RobotsCache()
        self._lock = threading.Lock()
        self.counts: dict[str, HostCounts] = {}

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

        The request is conditional where the archive's last outcome for the address brought bytes that are still there.
        """
        asked = urldefrag(request.url).url
        url, first = self._parse(asked, asked), self._parse(asked, asked)
        headers = {} if request.fresh else self._validators(redact(asked))
        for _ in range(self._bounds.redirects + 1):
            decision, rate = self._allowed(asked, url, request)
            answer = self._ask(asked, url, request, rate, headers, decision)
            if answer.status not in REDIRECTS:
                return self._answer(asked, url, answer, decision)
            url = self._redirected(asked, first, url, answer, request)
        raise WebRefusedError(redact(asked), f"more than {self._bounds.redirects} redirects", 310)

    def _parse(self, asked: str, address: str) -> httpx.URL:
        try:
            url = httpx.URL(address)
        except (httpx.InvalidURL, ValueError, TypeError):
            raise WebRefusedError(redact(asked), "is no web address") from None
        if url.scheme not in ("http", "https") or not url.host:
            raise WebRefusedError(
                redact(asked), f"only http and https addresses are fetched, not {url.scheme or 'this'}:"
            )
        if url.userinfo:
            raise WebRefusedError(
                redact(asked), "the address holds a user or password; addresses with one are not fetched"
            )
        return url

    def _validators(self, url: str) -> dict[str, str]:
        last = self._archive.latest().get(url)
        if last is None or not last.sha256 or not self._archive.has(last.sha256):
            return {}
        given = {"If-None-Match": last.etag, "If-Modified-Since": last.last_modified}
        return {name: value for name, value in given.items() if value}

    def _allowed(self, asked: str, url: httpx.URL, request: Request) -> tuple[str, float]:
        """Return robots' decision for ``url`` and the rate that it and the request leave; raise where it is denied."""
        rules = self._robots.of(_origin(url), lambda: self._ask_robots(url, request))
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
        self, asked: str, first: httpx.URL, url: httpx.URL, answer: Exchange, request: Request
    ) -> httpx.URL:
        location = answer.headers.get("location", "")
        if not location:
            raise WebRefusedError(redact(asked), f"answers {answer.status} without saying where to", answer.status)
        try:
            target = self._parse(asked, str(url.join(location).copy_with(fragment=None)))
        except (WebRefusedError, httpx.InvalidURL, ValueError):
            reason = "redirects to what is no http or https address, or holds a password"
            raise WebRefusedError(redact(asked), reason, answer.status) from None
        if not _may_lead(first, target, request.hosts):
            reason = f"redirects to another host, {target.host}; ask there if you mean it"
            raise WebRefusedError(redact(asked), reason, answer.status)
        return target

    def _answer(self, asked: str, url: httpx.URL, came: Exchange, decision: str) -> Answer:
        if came.status not in (200, 304, *GONE):
            raise WebRefusedError(redact(asked), _status_text(came.status), came.status, decision)
        content_type = came.header("content-type")
        name, body = _unpacked(asked, httpx.URL(asked).path, came.body, content_type)
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

    def _ask(
        self, asked: str, url: httpx.URL, request: Request, rate: float, headers: Mapping[str, str], decision: str
    ) -> Exchange:
        try:
            return self._retried(url, request.group, rate, headers, self._bounds.max_bytes)
        except ExchangeError as error:
            raise WebRefusedError(redact(asked), error.reason, error.status, decision) from None

    def _retried(
        self, url: httpx.URL, group: str, rate: float, headers: Mapping[str, str], limit: int, cut: bool = False
    ) -> Exchange:
        """Ask until there is an answer; raise the last ExchangeError when all tries failed, or none can help."""
        retrying = Retrying(
            sleep=self._limits.sleep,
            stop=stop_after_attempt(self._bounds.tries),
            wait=wait_random_exponential(
                multiplier=self._bounds.backoff_seconds / 64, max=self._bounds.backoff_seconds
            ),
            retry=retry_if_exception(lambda error: isinstance(error, ExchangeError) and error.transient),
            reraise=True,
        )
        return retrying(self._once, url, group, rate, headers, limit, cut)

    def _once(
        self, url: httpx.URL, group: str, rate: float, headers: Mapping[str, str], limit: int, cut: bool
    ) -> Exchange:
        keys = (_origin(url), f"group {group}") if group else (_origin(url),)
        counts = self._counts_of(url)
        try:
            with self._limits.turn(keys, rate):
                answer = self._line.exchange(url, headers, limit, cut)
        except PausedError:
            raise ExchangeError(self._too_long(), transient=False) from None
        except ExchangeError as error:
            self._count(counts, requests=1, retried=error.transient)
            raise
        failed = answer.status >= 500 or answer.status in TRANSIENT
        self._count(
            counts,
            requests=1,
            ok=answer.status == 200,
            unchanged=answer.status == 304,
            retried=failed,
            throttled=answer.status == 429,
            bytes=answer.received,
        )
        if failed:
            self._pause(keys, answer)
            raise ExchangeError(_status_text(answer.status), transient=True, status=answer.status)
        return answer

    def _pause(self, keys: tuple[str, ...], answer: Exchange) -> None:
        seconds = retry_after(answer.headers.get("retry-after", ""), datetime.now(UTC))
        if seconds is None and answer.status == 429:
            seconds = THROTTLED_SECONDS
        if seconds:
            self._limits.pause(keys, seconds)
            if seconds > self._bounds.pause_seconds:
                raise ExchangeError(self._too_long(), transient=False, status=answer.status)

    def _too_long(self) -> str:
        return f"asks for a longer pause (Retry-After) than {self._bounds.pause_seconds:g} seconds; refresh again later"

    def _ask_robots(self, site: httpx.URL, request: Request) -> Robots:
        """Fetch, keep and return the rules of a site; what cannot be had stands for everything or nothing allowed."""
        url = site.copy_with(raw_path=b"/robots.txt", fragment=None)
        named = str(url)
        headers = self._validators(named)
        rate = request.rate or DEFAULT_RATE
        outcome = Fetch(named, "/robots.txt", "", _now(), 0, request.source, role="robots")
        for _ in range(robots.MAX_REDIRECTS + 1):
            try:
                answer = self._retried(url, request.group, rate, headers, robots.MAX_BYTES, True)
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
        if answer.status == 304:
            return robots.read(self._archive.read(self._archive.latest()[outcome.url].sha256))
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

    def _counts_of(self, url: httpx.URL) -> HostCounts:
        with self._lock:
            return self.counts.setdefault(url.netloc.decode("ascii"), HostCounts())

    def _count(self, counts: HostCounts, **more: int) -> None:
        with self._lock:
            for name, number in more.items():
                setattr(counts, name, getattr(counts, name) + number)


def user_agent(contact: str) -> str:
    """Return how Loadpath names itself; raise UsageError for a contact that no header can hold."""
    if not (contact.isascii() and contact.isprintable()):
        raise UsageError("LOADPATH_CONTACT: plain ASCII on one line is needed, such as a mail address")
    own = f"loadpath/{version('loadpath')}"
    return f"{own} ({contact})" if contact else own


def retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for (a number, or a date), None where it asks for nothing."""
    if re.fullmatch(r"\d{1,9}", value.strip()):
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError):
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.host.rstrip('.')}:{_port(url)}"


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _may_lead(first: httpx.URL, target: httpx.URL, hosts: frozenset[str]) -> bool:
    """Return whether a redirect from ``first`` may lead to ``target``: the same host, or one that was named."""
    host, named = bare_host(target.host), {bare_host(h) for h in hosts}
    if host in named or f"{host}:{_port(target)}" in named:
        return True
    return host == bare_host(first.host) and _port(target) in (_port(first), 80, 443)


def _status_text(status: int) -> str:
    phrase = {known.value: known.phrase for known in HTTPStatus}.get(status, "")
    return f"answers {status} {phrase}".rstrip()


def _unpacked(asked: str, path: str, body: bytes, content_type: str) -> tuple[str, bytes]:
    """Return the name that hints at the type, and the body out of a ``.gz`` file."""
    if path.endswith(".gz"):
        if not body.startswith(b"\x1f\x8b"):
            return path[: -len(".gz")], body
        try:
            return path[: -len(".gz")], gunzip(body, MAX_BYTES)
        except TooLargeError:
            raise WebRefusedError(redact(asked), f"unpacks to more than {MAX_BYTES // 2**20} MB", 200) from None
        except BrokenCodingError as error:
            raise WebRefusedError(redact(asked), str(error), 200) from None
    for kind, suffix in _SUFFIXES.items():
        known = (suffix, ".htm") if kind == "html" else (suffix,)
        if kind in content_type and not path.lower().endswith(known):
            return path + suffix, body
    return path, body
