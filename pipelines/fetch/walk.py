"""A source on the web, walked from its start addresses. What belongs here: what to ask for next, and what came of it.

What does not: how it is asked (``http``), kept (``archive``) or read (the source's ``parse.py``). The walk goes level by
level: all addresses of one level are asked at once and archived as they come; then their index pages are read, in the
order of their links, for the next level. So the result does not depend on which answer came first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import urldefrag, urlsplit

from graph.errors import InputRefusedError
from pipelines.fetch import lanes
from pipelines.fetch.address import redact
from pipelines.fetch.archive import GONE, GONE_TWICE, Archive, Fetch
from pipelines.fetch.report import Collected, Progress, silent
from pipelines.fetch.request import Answer, Request, WebRefusedError
from pipelines.fetch.source import Context, Found, Link, Page, Source
from pipelines.ids import sha256_hex

MAX_INDEX_PAGES = 20_000
BY_HAND = "added"
ABSENT = "is not there, and need not be"


class Web(Protocol):
    """What asks for an address; see ``http.Web``."""

    def get(self, request: Request) -> Answer:
        """Return the answer; raise WebRefusedError with the reason."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one address: settled (not asked again), new, changed, unchanged, vanished, absent or refused."""

    kind: str
    sha256: str = ""
    wrote: bool = False
    error: InputRefusedError | None = None


@dataclass(slots=True)
class Walk:
    """One walk over one source; ``full`` asks for everything anew, what never changes too."""

    source: Source
    context: Context
    web: Web
    archive: Archive
    full: bool = False
    progress: Progress = silent
    report: Collected = field(default_factory=Collected)
    _seen: set[str] = field(init=False, default_factory=set)
    _pages: int = field(init=False, default=0)
    _documents: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.report.name = self.source.name

    def run(self, start: Iterable[Found]) -> Collected:
        """Walk from ``start`` to the end; return what came. What is refused is listed, the rest is done."""
        level = self._accepted(start)
        for _ in range(self.source.spec.depth):
            held = self._ask(level)
            level = self._accepted(found for link in level if link in held for found in self._read(link, held[link]))
            if not level:
                break
        else:
            self.report.notes.append(f"{len(level)} addresses lie deeper than {self.source.spec.depth} levels (depth)")
        if self.source.name != BY_HAND:
            self._ask(self._no_longer_listed())
        self._check_volume()
        return self.report

    def _accepted(self, found: Iterable[Found]) -> list[Link]:
        """Return the links not met before, within the bounds; refusals go to the report."""
        accepted = []
        for link in found:
            if isinstance(link, InputRefusedError):
                self.report.refused.append(link)
            elif _same(link) not in self._seen and self._may_ask(link):
                self._seen.add(_same(link))
                accepted.append(link)
        return accepted

    def _may_ask(self, link: Link) -> bool:
        if link.role == "index":
            self._pages += 1
            return self._within(self._pages, MAX_INDEX_PAGES, "index pages")
        known = self.archive.held(_key(link.url))
        if known is not None and BY_HAND not in (self.source.name, known.source) and known.source != self.source.name:
            # An address belongs to the source that brought it first: two would overwrite what the other knows of it.
            self.report.elsewhere += 1
            return False
        self._documents += 1
        return self._within(self._documents, self.source.spec.volume.max, "documents")

    def _within(self, count: int, most: int, what: str) -> bool:
        if count == most + 1:
            self.report.notes.append(f"more than {most} {what}: the rest is not asked for (volume in source.yml)")
        return count <= most

    def _ask(self, links: list[Link]) -> dict[Link, str]:
        """Ask for every link; return the hash of each index page that came, or is held as it was."""
        pages = {}
        left = len(links)
        for done in lanes.run(links, _host, self._outcome, lambda missing: self.progress(self.report, missing)):
            left -= 1
            link, outcome = done.task, done.result
            if outcome is None:
                raise done.error or AssertionError("a task ended with neither result nor error")
            self._tally(link, outcome)
            if link.role == "index" and outcome.sha256:
                pages[link] = outcome.sha256
            self.progress(self.report, left)
        return pages

    def _outcome(self, link: Link) -> Outcome:
        """Bring one address into the archive; return what came of it (in a thread of its own)."""
        last = self.archive.latest().get(_key(link.url))
        if link.once and not self.full and last is not None and (last.sha256 or last.status in GONE):
            return Outcome("settled", last.sha256)
        spec, role = self.source.spec, link.role
        request = Request(link.url, self.source.name, frozenset(spec.hosts), spec.rate, spec.group, role, self.full)
        try:
            answer = self.web.get(request)
        except InputRefusedError as error:
            status, robots = (error.status, error.robots) if isinstance(error, WebRefusedError) else (0, "")
            return self._refused(link, status, robots, error.reason)
        held = self.archive.held(_key(link.url))
        if answer.status in GONE:
            return self._gone(link, answer, held)
        return self._came(link, answer, held)

    def _came(self, link: Link, answer: Answer, held: Fetch | None) -> Outcome:
        if answer.body is None:
            if held is None:
                return self._refused(link, answer.status, answer.robots, "answers 304 to a request without conditions")
            fetch = replace(self._with_known(link, held, held), fetched_at=_now(), source=self.source.name)
            return Outcome(_kind(held, fetch), fetch.sha256, self.archive.record(fetch))
        fetch = Fetch(
            url=answer.url,
            name=answer.name,
            sha256=sha256_hex(answer.body),
            fetched_at=_now(),
            status=answer.status,
            source=self.source.name,
            role=link.role,
            etag=answer.etag,
            last_modified=answer.last_modified,
            robots=answer.robots,
        )
        fetch = self._with_known(link, fetch, held)
        wrote = self.archive.keep(answer.body, fetch)
        return Outcome(_kind(held, fetch), fetch.sha256, wrote)

    def _with_known(self, link: Link, fetch: Fetch, before: Fetch | None) -> Fetch:
        """Return ``fetch`` with what is known from outside of its bytes: the link says, else what was known before."""
        return replace(
            fetch,
            title=link.title or (before.title if before else ""),
            published=link.published or (before.published if before else ""),
            publisher=link.publisher or (before.publisher if before else "") or self.source.spec.publisher,
        )

    def _gone(self, link: Link, answer: Answer, held: Fetch | None) -> Outcome:
        reason = ABSENT if link.optional else f"answers {answer.status}"
        nothing = self._nothing(link, answer.status, answer.robots, reason)
        wrote = self.archive.record(nothing)
        if held is not None and link.role == "document":
            return Outcome("vanished", wrote=wrote)
        if link.optional:
            return Outcome("absent", wrote=wrote)
        return Outcome("refused", wrote=wrote, error=InputRefusedError(_key(link.url), nothing.reason))

    def _refused(self, link: Link, status: int, robots: str, reason: str) -> Outcome:
        wrote = self.archive.record(self._nothing(link, status, robots, reason))
        return Outcome("refused", wrote=wrote, error=InputRefusedError(_key(link.url), reason))

    def _nothing(self, link: Link, status: int, robots: str, reason: str) -> Fetch:
        name = urlsplit(link.url).path
        return Fetch(
            _key(link.url), name, "", _now(), status, self.source.name, role=link.role, robots=robots, reason=reason
        )

    def _tally(self, link: Link, outcome: Outcome) -> None:
        report = self.report
        report.asked += outcome.kind != "settled"
        report.wrote |= outcome.wrote
        if outcome.error is not None:
            report.refused.append(outcome.error)
        elif outcome.kind == "vanished":
            report.vanished.append(link.url)
        elif outcome.kind == "absent":
            report.absent += 1
        elif link.role == "document":
            report.sha256s.append(outcome.sha256)
            report.new += outcome.kind == "new"
            report.changed += outcome.kind == "changed"
            report.unchanged += outcome.kind in ("unchanged", "settled")

    def _read(self, link: Link, sha256: str) -> Iterator[Found]:
        """Yield what the reader finds; a page that it refuses is one refusal, and what came before that counts."""
        try:
            yield from self.source.links(Page(link, self.archive.read(sha256)), self.context)
        except InputRefusedError as error:
            yield error
        except Exception as error:  # (a user's own reader may raise anything)
            yield InputRefusedError(
                link.url, f"the reader of {self.source.name} fails: {type(error).__name__}: {error}"
            )

    def _no_longer_listed(self) -> list[Link]:
        """Return documents of this source that no index names any more, at hosts that this walk asked anyway.

        They are asked too: that is how a page that vanished or changed is noticed. Closed ones stay closed.
        """
        listed = {_key(url) for url in self._seen}
        hosts = {_host_of(url) for url in listed}
        return [
            Link(url)
            for url, fetch in sorted(self.archive.latest().items())
            if fetch.source == self.source.name
            and fetch.role == "document"
            and url not in listed
            and self.archive.held(url)
            and fetch.reason != GONE_TWICE
            and _host_of(url) in hosts
        ]

    def _check_volume(self) -> None:
        low, found = self.source.spec.volume.min, len(self.report.sha256s)
        if found < low:
            self.report.refused.append(
                InputRefusedError(
                    self.source.name, f"{found} documents, expected at least {low} (volume in source.yml)"
                )
            )


def _kind(held: Fetch | None, fetch: Fetch) -> str:
    if held is None:
        return "new"
    before, after = ((f.sha256, f.title, f.published, f.publisher) for f in (held, fetch))
    return "unchanged" if before == after else "changed"


def _host(link: Link) -> str:
    return _host_of(link.url)


def _same(link: Link) -> str:
    """Return what makes two links one: for a reader of an index, what follows # may mean another part of it."""
    return link.url if link.role == "index" else _key(link.url)


def _key(url: str) -> str:
    """Return the address as the log has it: what follows # is for the reader, secrets are no one's."""
    return redact(urldefrag(url).url)


def _host_of(url: str) -> str:
    return urlsplit(url).netloc


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
