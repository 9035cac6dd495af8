"""A folder put in another one's place. What belongs here: doing it in one step, so that who opens a file by its path never misses it.

What does not: what is in the folders. Systems that can exchange two names at once (Linux, macOS) do; elsewhere, and on file systems
that cannot, there are two renames, and between them a moment without the folder.
"""

import ctypes
import os
import shutil
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are not relative to an open folder
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS


def put_in_place(built: Path, folder: Path) -> None:
    """Make ``built`` the content of ``folder`` and remove what was there; files that are open stay readable to who opened them."""
    if not folder.exists():
        built.rename(folder)
        return
    old = built
    if not _exchange(built, folder):
        old = folder.with_name(f".{folder.name}.old")
        remove(old)
        folder.rename(old)
        built.rename(folder)
    remove(old)


def remove(folder: Path) -> None:
    """Remove ``folder`` where it is there."""
    if folder.exists():
        shutil.rmtree(folder)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names at once; return False where the system or the file system cannot."""
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    paths = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return bool(library.renamex_np(*paths, _EXCHANGE) == 0)
    if library is not None and hasattr(library, "renameat2"):
        return bool(library.renameat2(_HERE, paths[0], _HERE, paths[1], ctypes.c_uint(_EXCHANGE)) == 0)
    return False
