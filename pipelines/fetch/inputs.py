"""Inputs by hand: files, folders and addresses to bytes. What belongs here: finding and refusing inputs.

What does not: reading content (``pipelines.parse``). A refused input is one line with its reason; the others go on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InputRefusedError
from pipelines.fetch.decoding import BrokenCodingError, TooLargeError, gunzip

# Larger than any filing seen (the largest 10-K of the corpus has 5 MB), small enough to read whole.
MAX_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Input:
    """One input as bytes: its address, and its name without ``.gz`` as a hint for its type."""

    url: str
    name: str
    data: bytes


def is_address(text: str) -> bool:
    """Return whether ``text`` is a web address rather than a path."""
    return text.startswith(("http://", "https://"))


def find_files(path: Path) -> list[Path]:
    """Return ``path`` itself or, for a folder, all files below it in order, hidden ones left out.

    Raises InputRefusedError when nothing is there.
    """
    if path.is_file():
        return [path]
    if not path.exists():
        raise InputRefusedError(str(path), "no such file or folder")
    files = sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path)))
    if not files:
        raise InputRefusedError(str(path), "the folder holds no files")
    return files


def read_file(path: Path) -> Input:
    """Return the bytes of ``path``, decompressed where it ends in ``.gz``; raise InputRefusedError with the reason."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputRefusedError(str(path), f"larger than {MAX_BYTES // 2**20} MB; split it")
        data = path.read_bytes()
    except OSError as error:
        raise InputRefusedError(str(path), f"cannot be read: {error.strerror}") from None
    if path.suffix == ".gz":
        data = decompress(data, str(path))
    return Input(path.absolute().as_uri(), plain_name(path), _not_empty(data, str(path)))


def plain_name(path: Path) -> str:
    """Return the path's text without a trailing ``.gz``."""
    return str(path)[: -len(".gz")] if path.suffix == ".gz" else str(path)


def decompress(data: bytes, name: str) -> bytes:
    """Return gunzipped ``data``; raise InputRefusedError for a broken file or one that unpacks past the limit."""
    try:
        return gunzip(data, MAX_BYTES)
    except TooLargeError:
        raise InputRefusedError(name, f"unpacks to more than {MAX_BYTES // 2**20} MB") from None
    except BrokenCodingError as error:
        raise InputRefusedError(name, str(error)) from None


def read_all(targets: Iterable[str], refused: list[InputRefusedError]) -> Iterator[Path]:
    """Yield the files that path ``targets`` name, each once; what is refused is appended to ``refused``."""
    seen: set[Path] = set()
    for target in targets:
        try:
            found = find_files(Path(target))
        except InputRefusedError as error:
            refused.append(error)
            continue
        for path in found:
            if path.absolute() not in seen:
                seen.add(path.absolute())
                yield path


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _not_empty(data: bytes, name: str) -> bytes:
    if not data.strip():
        raise InputRefusedError(name, "the file is empty")
    return data
