"""Content codings, bounded. What belongs here: gzip and brotli to bytes, piece by piece, never past a limit.

What does not: files and requests. httpx decodes whatever one piece unpacks to (a kilobyte of brotli can be a gigabyte);
here no step makes more than is still allowed.
"""

import zlib
from collections.abc import Iterator
from typing import Protocol

STEP = 1 << 20


class TooLargeError(Exception):
    """The content is, or unpacks to, more than the limit."""


class BrokenCodingError(Exception):
    """The content is not what its coding says, or ends too early."""


class _Decoder(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what ``data`` decodes to, in pieces of about a megabyte at most."""

    def end(self) -> None:
        """Raise BrokenCodingError when the content is cut short."""


class Body:
    """Collects a body of at most ``limit`` bytes, decoded from ``coding``: '', identity, gzip, x-gzip or br."""

    def __init__(self, coding: str, limit: int) -> None:
        self._limit = limit
        self._data = bytearray()
        self._decoder = _decoder(coding.strip().lower())

    def add(self, data: bytes) -> None:
        """Take the next piece as it came; raise TooLargeError past the limit, BrokenCodingError for what cannot be."""
        for piece in self._decoder.feed(data):
            room = self._limit - len(self._data)
            self._data += piece[:room]
            if len(piece) > room:
                raise TooLargeError

    def so_far(self) -> bytes:
        """Return what came until now, at most ``limit`` bytes."""
        return bytes(self._data)

    def whole(self) -> bytes:
        """Return the body; raise BrokenCodingError when it is cut short."""
        self._decoder.end()
        return bytes(self._data)


def gunzip(data: bytes, limit: int) -> bytes:
    """Return gunzipped ``data`` of at most ``limit`` bytes; raise TooLargeError or BrokenCodingError."""
    body = Body("gzip", limit)
    body.add(data)
    return body.whole()


def _decoder(coding: str) -> _Decoder:
    if coding in ("", "identity"):
        return _Plain()
    if coding in ("gzip", "x-gzip"):
        return _Gzip()
    if coding == "br":
        return _Brotli()
    raise BrokenCodingError(f"content coding {coding[:40]!r} was not asked for")


class _Plain:
    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def end(self) -> None:
        return


class _Gzip:
    def __init__(self) -> None:
        self._engine = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        self._fed = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        try:
            while data:
                if self._engine.eof:  # one more member, or padding after the last, which gzip ignores too
                    if not data.startswith(b"\x1f"):
                        return
                    self._engine = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
                self._fed = True
                piece = self._engine.decompress(data, STEP)
                while piece and not self._engine.eof:  # all input may be taken while output is still to come
                    yield piece
                    piece = self._engine.decompress(self._engine.unconsumed_tail, STEP)
                yield piece
                data = self._engine.unused_data
        except zlib.error:
            raise BrokenCodingError("broken gzip") from None

    def end(self) -> None:
        if self._fed and not self._engine.eof:
            raise BrokenCodingError("broken gzip: it ends too early")


class _Brotli:
    def __init__(self) -> None:
        import brotli

        self._engine = brotli.Decompressor()
        self._error = brotli.error
        self._fed = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._fed = self._fed or bool(data)
        try:
            piece = self._engine.process(data, output_buffer_limit=STEP)
            while piece:  # all input may be taken while output is still to come
                yield piece
                piece = b"" if self._engine.is_finished() else self._engine.process(b"", output_buffer_limit=STEP)
        except self._error:
            raise BrokenCodingError("broken brotli") from None

    def end(self) -> None:
        if self._fed and not self._engine.is_finished():
            raise BrokenCodingError("broken brotli: it ends too early")
