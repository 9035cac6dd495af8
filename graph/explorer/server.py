"""The explorer's server: one page, the market, words around a claim; it only reads. What belongs here: HTTP on this machine, nothing else.

What does not: what is answered (``Answers``; it comes from the caller), and the page (``page``).
"""

import errno
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from graph.errors import LoadpathError, NothingFoundError, UsageError
from graph.explorer.page import page

ADDRESS = "127.0.0.1"
WIDEST = 1_000_000
# So long a request may take to arrive; a reader that sends nothing holds no thread for ever.
SECONDS = 20
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Answers:
    """``market`` gives the page's JSON; ``around`` the JSON of the words about a claim, by its id and a width in characters."""

    market: Callable[[], str]
    around: Callable[[str, int], str]


class Server(ThreadingHTTPServer):
    """A server on 127.0.0.1 that asks ``answers``; ``port`` 0 takes a free one. Raises UsageError where the port is in use."""

    daemon_threads = True
    # Another program on the same port would get some of the requests.
    allow_reuse_port = False

    def __init__(self, port: int, answers: Answers) -> None:
        self.answers = answers
        try:
            super().__init__((ADDRESS, port), _Handler)
        except OSError as error:
            reason = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be opened ({error.strerror})"
            raise UsageError(f"port {port} of {ADDRESS} {reason}; take another one: --port 0 finds it") from None
        except OverflowError:
            raise UsageError(f"--port {port}: a port is a number from 0 to 65535") from None
        self.hosts = {f"{name}:{self.port}" for name in (ADDRESS, "localhost")}

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a browser go away midway without a word."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = SECONDS
    server_version = "loadpath"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    error_content_type = "text/plain; charset=utf-8"
    error_message_format = "%(message)s\n"

    def do_GET(self) -> None:
        """Answer one of the three addresses; whatever else there is, is not found."""
        # A page elsewhere may point a name of its own at this machine: only this machine's names are answered.
        if self.headers.get("Host", "") not in self.server.hosts:
            self._send(
                HTTPStatus.MISDIRECTED_REQUEST, "text/plain", "this server answers to 127.0.0.1 and localhost only\n"
            )
            return
        address = urlsplit(self.path)
        try:
            if address.path == "/":
                text, policy = page()
                self._send(HTTPStatus.OK, "text/html", text, policy)
            elif address.path == "/market.json":
                self._send(HTTPStatus.OK, "application/json", self.server.answers.market())
            elif address.path == "/around.json":
                self._send(HTTPStatus.OK, "application/json", self.server.answers.around(*_asked(address.query)))
            else:
                self._send(HTTPStatus.NOT_FOUND, "text/plain", "no such page\n")
        except UsageError as error:
            self._send(HTTPStatus.BAD_REQUEST, "text/plain", f"{error}\n")
        except NothingFoundError as error:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", f"{error}\n")
        except LoadpathError as error:
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain", f"{error}\n")

    do_HEAD = do_GET  # noqa: N815

    def _send(self, status: HTTPStatus, kind: str, text: str, policy: str = "default-src 'none'") -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", f"{policy}; frame-ancestors 'none'")
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: a page's own requests are no news."""


def _asked(query: str) -> tuple[str, int]:
    """Return the claim and the width that are asked for; raise UsageError where they are none."""
    given = {name: values[0] for name, values in parse_qs(query).items()}
    width = given.get("width", "")
    if not given.get("claim") or not width.isascii() or not width.isdigit() or int(width[:9]) > WIDEST:
        raise UsageError(f"claim=ID and width=CHARACTERS (at most {WIDEST}) are expected")
    return given["claim"], int(width)
