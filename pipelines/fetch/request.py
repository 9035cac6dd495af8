"""One request and its answer, as records. What belongs here: what callers say and get. What does not: asking (``http``)."""

from dataclasses import dataclass

from graph.errors import InputRefusedError


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask for, for whom, and how politely.

    ``hosts`` are those that a redirect may lead to besides the address's own. ``rate`` is in requests a second, for the
    host and, where ``group`` names one, for all hosts of that group together; None is the default of one a second.
    ``role`` is document or index. ``fresh`` asks without validators, so that an unchanged document comes again.
    """

    url: str
    source: str
    hosts: frozenset[str] = frozenset()
    rate: float | None = None
    group: str = ""
    role: str = "document"
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: ``status`` is 200, 304 (as archived), 404 or 410; everything else is a WebRefusedError.

    ``url`` and ``final_url`` are without credentials; ``url`` is the address in the fetch log. ``body`` is decompressed,
    and None unless ``status`` is 200. ``name`` hints at the type, by suffix. ``robots`` is the decision in words.
    """

    url: str
    final_url: str
    status: int
    body: bytes | None
    name: str
    etag: str
    last_modified: str
    content_type: str
    robots: str


class WebRefusedError(InputRefusedError):
    """An address cannot be fetched: ``status`` is the last answer's, 0 where none came, ``robots`` the decision."""

    def __init__(self, source: str, reason: str, status: int = 0, robots: str = "") -> None:
        super().__init__(source, reason)
        self.status = status
        self.robots = robots

    def __reduce__(self) -> tuple[type[InputRefusedError], tuple[str, str, int, str]]:  # type: ignore[override]
        return type(self), (self.source, self.reason, self.status, self.robots)
