"""A web site on loopback for tests: real HTTP over real sockets, each page scripted, each request noted with its time."""

import http.server
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Handler = http.server.BaseHTTPRequestHandler


@dataclass
class Page:
    """One answer; ``write`` takes over after the headers, or before them when ``raw`` is set."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: Callable[[Handler], None] | None = None


@dataclass
class Seen:
    """One request as the server saw it."""

    at: float
    path: str
    headers: dict[str, str]


class Site:
    """``pages`` by path: one page, or a list of pages of which the last one stays. Unknown paths are 404."""

    def __init__(self, context=None) -> None:
        self.pages: dict[str, Page | list[Page]] = {}
        self.seen: list[Seen] = []
        self._lock = threading.Lock()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # a client that hung up is what some tests are about
        if context is not None:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_port
        self.base = f"{'http' if context is None else 'https'}://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def asked(self, path: str) -> int:
        return sum(seen.path == path for seen in self.seen)

    def busiest_second(self) -> int:
        """Return the most requests in any window of one second, by this server's clock."""
        times = sorted(seen.at for seen in self.seen)
        return max((sum(t <= other <= t + 1.0 for other in times) for t in times), default=0)

    def _page(self, path: str) -> Page:
        with self._lock:
            page = self.pages.get(path, Page(status=404))
            if isinstance(page, list):
                page = page.pop(0) if len(page) > 1 else page[0]
            return page

    def _handler(self):
        site = self

        class SiteHandler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site.seen.append(Seen(time.monotonic(), self.path, {k.lower(): v for k, v in self.headers.items()}))
                page = site._page(self.path)
                if page.raw is not None:
                    self.close_connection = True
                    page.raw(self)
                    return
                etag = page.headers.get("ETag")
                unchanged = etag is not None and self.headers.get("If-None-Match") == etag
                self.send_response(304 if unchanged else page.status)
                for name, value in page.headers.items():
                    self.send_header(name, value)
                body = b"" if unchanged else page.body
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        return SiteHandler
