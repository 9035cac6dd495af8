"""Addresses to bytes. What belongs here: requests, their limits and refusals. What does not: keeping what came.

Loopback and private hosts are refused, at every redirect too, unless the settings name them (no request forgery).
"""

import ipaddress
import socket
from urllib.parse import urljoin, urlsplit

import httpx

from graph.errors import InputRefusedError
from pipelines.fetch.inputs import MAX_BYTES, Input, decompress

TIMEOUT_SECONDS = 30.0
MAX_REDIRECTS = 5


def fetch(url: str, contact: str = "", allow_hosts: frozenset[str] = frozenset()) -> Input:
    """Return what ``url`` answers; raise InputRefusedError with the reason (status, host, size, time, certificate)."""
    agent = f"loadpath/0.1 ({contact})" if contact else "loadpath/0.1"
    address = url
    with httpx.Client(headers={"User-Agent": agent}, timeout=TIMEOUT_SECONDS) as client:
        for _ in range(MAX_REDIRECTS + 1):
            _refuse_host(address, allow_hosts)
            answer = _get(client, address)
            if "location" not in answer.headers or not answer.is_redirect:
                return _input(url, answer)
            address = urljoin(address, answer.headers["location"])
    raise InputRefusedError(url, f"more than {MAX_REDIRECTS} redirects")


def _get(client: httpx.Client, url: str) -> httpx.Response:
    try:
        with client.stream("GET", url) as answer:
            body = bytearray()
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > MAX_BYTES:
                    raise InputRefusedError(url, f"answers more than {MAX_BYTES // 2**20} MB")
            return httpx.Response(answer.status_code, headers=_plain_headers(answer), content=bytes(body))
    except httpx.TimeoutException:
        raise InputRefusedError(url, f"no answer within {TIMEOUT_SECONDS:.0f} seconds") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise InputRefusedError(url, f"cannot be fetched: {error}") from None


def _plain_headers(answer: httpx.Response) -> dict[str, str]:
    return {k: v for k, v in answer.headers.items() if k in ("content-type", "location")}


def _input(url: str, answer: httpx.Response) -> Input:
    if not answer.is_success:
        raise InputRefusedError(url, f"answers {answer.status_code} {answer.reason_phrase}")
    if not answer.content.strip():
        raise InputRefusedError(url, "the answer is empty")
    name = urlsplit(url).path
    if name.endswith(".gz"):
        return Input(url, name[: -len(".gz")], decompress(answer.content, url))
    if "html" in answer.headers.get("content-type", "") and not name.endswith((".htm", ".html")):
        name += ".html"
    return Input(url, name, answer.content)


def _refuse_host(url: str, allow_hosts: frozenset[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputRefusedError(url, "only http and https addresses are fetched")
    if parts.hostname in allow_hosts:
        return
    try:
        found = socket.getaddrinfo(parts.hostname, None)
    except OSError:
        raise InputRefusedError(url, f"host {parts.hostname} is not known") from None
    for *_, address in found:
        if not ipaddress.ip_address(address[0]).is_global:
            raise InputRefusedError(
                url, f"host {parts.hostname} is not public; name it in LOADPATH_ALLOW_HOSTS if you mean it"
            )
