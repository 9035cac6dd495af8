"""httpx on guarded sockets, and one exchange on it. What belongs here: a request, its bounded answer, why there is none.

What does not: politeness, retries, redirects (``http``). No cookies, no proxies, certificates always verified.
"""

import logging
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpcore
import httpx

from pipelines.fetch.decoding import Body, BrokenCodingError, TooLargeError
from pipelines.fetch.guard import CONNECT_SECONDS, Deadline, GuardedBackend, HostRefusedError

# As much of an unwanted body is read as makes the connection fit for the next request.
DRAIN_BYTES = 64 * 1024
CODINGS = "gzip, br"
# Their lines name addresses whole, credentials included; ours say what is worth saying.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class ExchangeError(Exception):
    """There is no usable answer: ``reason`` says why, ``transient`` whether asking again may help."""

    def __init__(self, reason: str, transient: bool, status: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.transient = transient
        self.status = status


@dataclass(frozen=True, slots=True)
class Exchange:
    """One answer as it came: ``body`` is decoded, and empty unless ``status`` is 200."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    received: int

    def header(self, name: str) -> str:
        """Return a header that is fit to be sent back and logged, or nothing."""
        value = self.headers.get(name, "").strip()
        return value if value.isascii() and value.isprintable() and len(value) <= 1000 else ""


class Line:
    """The connections of one run, shared by its threads."""

    def __init__(self, agent: str, allow_hosts: frozenset[str], step_seconds: float, total_seconds: float) -> None:
        self._total = total_seconds
        self._deadline = Deadline()
        self._client = httpx.Client(
            transport=_Transport(GuardedBackend(allow_hosts, self._deadline)),
            headers={"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": CODINGS},
            timeout=httpx.Timeout(step_seconds, connect=min(step_seconds, CONNECT_SECONDS)),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            trust_env=False,
        )
        self._step = step_seconds

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def exchange(self, url: httpx.URL, headers: Mapping[str, str], limit: int, cut: bool = False) -> Exchange:
        """Return the answer of ``url`` with at most ``limit`` bytes; raise ExchangeError with the reason.

        With ``cut`` a longer body is cut at the limit, not refused.
        """
        self._deadline.start(self._total)
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                return _read(response, limit, cut)
        except HostRefusedError as error:
            raise ExchangeError(str(error), transient=False) from None
        except TooLargeError:
            raise ExchangeError(f"answers more than {_size(limit)}", transient=False, status=200) from None
        except BrokenCodingError as error:
            raise ExchangeError(str(error), transient=True, status=200) from None
        except httpcore.TimeoutException:
            raise self._timeout() from None
        except httpcore.ConnectError as error:
            raise _no_connection(error) from None
        except (httpcore.NetworkError, httpcore.ProtocolError):
            raise ExchangeError("the answer breaks off, or is no HTTP", transient=True) from None
        except (httpx.RemoteProtocolError, httpx.InvalidURL):  # the client's own, for a Location that it cannot read
            raise ExchangeError("redirects to what is no http or https address", transient=False) from None
        except (httpx.HTTPError, httpcore.UnsupportedProtocol, ValueError) as error:
            raise ExchangeError(f"cannot be asked for ({type(error).__name__})", transient=False) from None

    def _timeout(self) -> ExchangeError:
        if time.monotonic() >= self._deadline.at:
            return ExchangeError(f"takes longer than {self._total:g} seconds in total", transient=False)
        return ExchangeError(f"no answer within {self._step:g} seconds", transient=True)


class _Transport(httpx.BaseTransport):
    def __init__(self, backend: GuardedBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), network_backend=backend, max_connections=64, keepalive_expiry=15.0
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Stream(answer))

    def close(self) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _read(response: httpx.Response, limit: int, cut: bool) -> Exchange:
    status, received = response.status_code, 0
    if status != 200:
        for chunk in response.iter_raw():
            received += len(chunk)
            if received > DRAIN_BYTES:
                break
        return Exchange(status, response.headers, b"", received)
    body = Body(response.headers.get("content-encoding", ""), limit)
    try:
        for chunk in response.iter_raw():
            received += len(chunk)
            body.add(chunk)
    except TooLargeError:
        if not cut:
            raise
        return Exchange(status, response.headers, body.so_far(), received)
    return Exchange(status, response.headers, body.whole(), received)


def _no_connection(error: httpcore.ConnectError) -> ExchangeError:
    cause = error.args[0] if error.args else None  # the pool cuts __cause__ off
    if isinstance(cause, ssl.SSLCertVerificationError):
        return ExchangeError(f"its certificate does not verify ({cause.verify_message})", transient=False)
    if isinstance(cause, ssl.SSLError):
        return ExchangeError(
            f"no encrypted connection ({(cause.reason or 'broken off').replace('_', ' ').lower()})", transient=True
        )
    detail = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
    return ExchangeError(f"no connection ({detail})", transient=True)


def _size(limit: int) -> str:
    return f"{limit // 2**20} MB" if limit >= 2**20 else f"{limit} bytes"
