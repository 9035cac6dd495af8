"""robots.txt by RFC 9309. What belongs here: reading one, and the decision for an address. What does not: fetching it.

Absent (4xx, or redirects without end): everything is allowed. Unreachable (5xx, no answer): nothing is. At most 500 KiB
are read, as far as the last whole line.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

AGENT = "loadpath"
MAX_BYTES = 500 * 1024
MAX_DELAY_SECONDS = 60.0
MAX_REDIRECTS = 5

ALLOWED, ABSENT, DENIED = "allowed", "no robots.txt", "disallowed by robots.txt"


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host: its robots.txt, or ``rules`` None with what stands for it in ``otherwise``."""

    rules: Protego | None
    otherwise: str = ABSENT

    def decision(self, url: str) -> str:
        """Return the decision for ``url`` in words: allowed, absent, denied, unreachable."""
        if self.rules is None:
            return self.otherwise
        return ALLOWED if self.rules.can_fetch(url, AGENT) else DENIED

    def allows(self, url: str) -> bool:
        """Return whether ``url`` may be fetched."""
        return self.decision(url) in (ALLOWED, ABSENT)

    def seconds_between(self) -> float:
        """Return the least seconds between two requests that it asks for, 0 where it asks for none."""
        if self.rules is None:
            return 0.0
        rate = self.rules.request_rate(AGENT)
        return max(self.rules.crawl_delay(AGENT) or 0.0, rate.seconds / rate.requests if rate else 0.0)


def read(body: bytes) -> Robots:
    """Return the rules of a robots.txt; what is no rule in it is passed over, as the RFC says."""
    if len(body) >= MAX_BYTES:
        body = body[:MAX_BYTES]
        body = body[: body.rfind(b"\n") + 1] or body
    return Robots(Protego.parse(body.decode("utf-8-sig", errors="replace")))


def unreachable(reason: str, transient: bool) -> Robots:
    """Return what stands for a robots.txt that cannot be had: nothing is allowed.

    What is not ``transient`` (the host, its certificate) is no matter of robots.txt and stands for itself.
    """
    return Robots(None, f"robots.txt cannot be had ({reason}), so nothing is fetched" if transient else reason)


class RobotsCache:
    """The rules of each host, asked for once a run, by whichever thread comes first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hosts: dict[str, threading.Lock] = {}
        self._known: dict[str, Robots] = {}

    def of(self, origin: str, ask: Callable[[], Robots]) -> Robots:
        """Return the rules of ``origin`` (scheme, host, port), by ``ask`` the first time."""
        with self._lock:
            host = self._hosts.setdefault(origin, threading.Lock())
        with host:
            if origin not in self._known:
                self._known[origin] = ask()
            return self._known[origin]
