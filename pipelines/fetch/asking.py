"""One exchange, had with patience: turns, retries, pauses, counts. What belongs here: when to ask, and when again.

What does not: what the answer means (``http``), how often a host may be asked (``limits``), sockets (``transport``).
"""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from pipelines.fetch.inputs import MAX_BYTES
from pipelines.fetch.limits import MAX_PAUSE_SECONDS, Limits, PausedError
from pipelines.fetch.transport import Exchange, ExchangeError, Line

TRANSIENT = (408, 425, 429)
# The pause of a host that says 429 without saying for how long.
THROTTLED_SECONDS = 2.0
# So many addresses of a host that failed all their tries, and none that did not in between, stand for the rest of the run.
FAILURES_IN_A_ROW = 5


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


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the address, under which limits, and how many bytes of the answer are wanted.

    ``cut``: a longer answer is cut at ``max_bytes``, not refused.
    """

    url: httpx.URL
    group: str
    rate: float
    headers: Mapping[str, str] = field(default_factory=dict)
    max_bytes: int = MAX_BYTES
    cut: bool = False

    def keys(self) -> tuple[str, ...]:
        """Return the limits that it counts under: its host's and its group's."""
        return (origin(self.url), f"group {self.group}") if self.group else (origin(self.url),)


@dataclass(slots=True)
class HostCounts:
    """What one host was asked and gave in this run; ``retried`` are tries that failed, ``bytes`` are as they travelled."""

    requests: int = 0
    ok: int = 0
    unchanged: int = 0
    retried: int = 0
    throttled: int = 0
    bytes: int = 0


class Asker:
    """Asks over ``line`` within ``limits``; threads may share it. ``counts`` holds what was asked, by host."""

    def __init__(self, line: Line, limits: Limits, bounds: Bounds) -> None:
        self._line = line
        self._limits = limits
        self._bounds = bounds
        self._lock = threading.Lock()
        self._failed: dict[str, int] = {}
        self.counts: dict[str, HostCounts] = {}

    def ask(self, question: Question) -> Exchange:
        """Ask until there is an answer; raise the last ExchangeError when all tries failed, or none can help.

        A host that failed address after address is not asked any more in this run.
        """
        host = origin(question.url)
        if self._failed.get(host, 0) >= FAILURES_IN_A_ROW:
            reason = f"the host failed {FAILURES_IN_A_ROW} addresses in a row; the next run asks again"
            raise ExchangeError(reason, transient=False)
        try:
            answer = self._patiently(question)
        except ExchangeError as error:
            with self._lock:
                self._failed[host] = self._failed.get(host, 0) + error.transient
            raise
        self._failed[host] = 0
        return answer

    def _patiently(self, question: Question) -> Exchange:
        longest = self._bounds.backoff_seconds
        retrying = Retrying(
            sleep=self._limits.sleep,
            stop=stop_after_attempt(self._bounds.tries),
            wait=wait_random_exponential(multiplier=longest / 64, max=longest),
            retry=retry_if_exception(lambda error: isinstance(error, ExchangeError) and error.transient),
            reraise=True,
        )
        return retrying(self._once, question)

    def _once(self, question: Question) -> Exchange:
        try:
            with self._limits.turn(question.keys(), question.rate):
                answer = self._line.exchange(question.url, question.headers, question.max_bytes, question.cut)
        except PausedError:
            raise ExchangeError(self._too_long(), transient=False) from None
        except ExchangeError as error:
            self._count(question.url, requests=1, retried=error.transient)
            raise
        failed = answer.status >= 500 or answer.status in TRANSIENT
        self._count(
            question.url,
            requests=1,
            ok=answer.status == 200,
            unchanged=answer.status == 304,
            retried=failed,
            throttled=answer.status == 429,
            bytes=answer.received,
        )
        if failed:
            self._pause(question, answer)
            raise ExchangeError(status_text(answer.status), transient=True, status=answer.status)
        return answer

    def _pause(self, question: Question, answer: Exchange) -> None:
        seconds = retry_after(answer.headers.get("retry-after", ""), datetime.now(UTC))
        if seconds is None and answer.status == 429:
            seconds = THROTTLED_SECONDS
        if seconds:
            self._limits.pause(question.keys(), seconds)
            if seconds > self._bounds.pause_seconds:
                raise ExchangeError(self._too_long(), transient=False, status=answer.status)

    def _too_long(self) -> str:
        return f"asks for a longer pause (Retry-After) than {self._bounds.pause_seconds:g} seconds; refresh again later"

    def _count(self, url: httpx.URL, **more: int) -> None:
        with self._lock:
            counts = self.counts.setdefault(url.netloc.decode("ascii"), HostCounts())
            for name, number in more.items():
                setattr(counts, name, getattr(counts, name) + number)


def retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for (a number, or a date), None where it asks for nothing."""
    if re.fullmatch(r"\d{1,9}", value.strip()):
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError):
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())


def origin(url: httpx.URL) -> str:
    """Return scheme, host and port: what has a robots.txt and a limit of its own."""
    return f"{url.scheme}://{url.host.rstrip('.')}:{port(url)}"


def port(url: httpx.URL) -> int:
    """Return the port, the scheme's own where the address names none."""
    return url.port or (443 if url.scheme == "https" else 80)


def status_text(status: int) -> str:
    """Return a status as the reason of a refusal."""
    phrase = {known.value: known.phrase for known in HTTPStatus}.get(status, "")
    return f"answers {status} {phrase}".rstrip()
