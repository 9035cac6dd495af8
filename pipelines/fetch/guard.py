"""The guard at the socket: which hosts may be connected to, and for how long. What belongs here: the last check.

What does not: what is asked for, or how often. A host is resolved once and the connection goes to an address that was
checked, so that a name cannot change its meaning between check and connection, and no spelling of an address
(0x7f.1, 2130706433, ::ffff:127.0.0.1) goes past: what counts is where the socket would lead. Proxies are not used,
since the check would then be theirs.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore

CONNECT_SECONDS = 10.0
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class HostRefusedError(Exception):
    """A host may not be connected to, or does not exist: ``str(error)`` says why."""


class Deadline(threading.local):
    """When the exchange that this thread is in must be over, in seconds of the monotonic clock."""

    at = float("inf")

    def start(self, seconds: float) -> None:
        """Give this thread's next exchange ``seconds`` in total."""
        self.at = time.monotonic() + seconds

    def left(self, at_most: float | None) -> float:
        """Return the seconds left, ``at_most`` those; raise httpcore.ReadTimeout when there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("total time")
        return left if at_most is None else min(left, at_most)


class GuardedBackend(httpcore.NetworkBackend):
    """Connections to checked addresses only, with a total time limit over all their reads and writes."""

    def __init__(self, allow_hosts: Iterable[str], deadline: Deadline) -> None:
        self._allowed = frozenset(_canonical(host) for host in allow_hosts)
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of ``host`` that answers; raise HostRefusedError where it may not be asked."""
        failure: Exception = httpcore.ConnectError("no address")
        for address in self.addresses(host, port):
            try:
                left = self._deadline.left(timeout)
                stream = self._plain.connect_tcp(address, port, left, local_address, socket_options)
                return TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses of ``host``, all of them public unless the settings name it."""
        try:
            found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise httpcore.ConnectError("the name server does not answer") from None
            raise HostRefusedError(f"host {host} is not known") from None
        except (OSError, UnicodeError, ValueError):
            raise HostRefusedError(f"host {host} is not known") from None
        addresses = [str(entry[4][0]) for entry in found]
        if not self._is_named(host, port) and not all(is_public(a) for a in addresses):
            raise HostRefusedError(f"host {host} is not public; name it in LOADPATH_ALLOW_HOSTS if you mean it")
        return addresses

    def _is_named(self, host: str, port: int) -> bool:
        name = _canonical(host)
        return name in self._allowed or f"{name}:{port}" in self._allowed


class TimedStream(httpcore.NetworkStream):
    """A stream whose every step ends by the deadline of the thread that takes it."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read at most ``max_bytes``."""
        return bytes(self._stream.read(max_bytes, self._deadline.left(timeout)))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of ``buffer``."""
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Return the same connection encrypted; the certificate is checked against ``server_hostname``."""
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore wants to know of the socket."""
        return self._stream.get_extra_info(info)


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public internet, by the address inside of it where it wraps one."""
    ip = _unwrapped(ipaddress.ip_address(address.partition("%")[0]))
    local = isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or local)


def _unwrapped(ip: Address) -> Address:
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)


def _canonical(host: str) -> str:
    """Return one spelling for one host: numeric addresses in the usual form, names without case and trailing dot."""
    name, port = host.strip(), ""
    if name.count(":") == 1 or "]:" in name:
        name, _, port = name.rpartition(":")
    name = name.strip("[]").rstrip(".").lower()
    try:
        ip = ipaddress.ip_address(name)
        name = str(ip.ipv4_mapped or ip) if isinstance(ip, ipaddress.IPv6Address) else str(ip)
    except ValueError:
        name = _numeric(name)
    return f"{name}:{port}" if port else name


def _numeric(name: str) -> str:
    try:
        return socket.inet_ntoa(socket.inet_aton(name)) if name[:1].isdigit() else name
    except OSError:
        return name
