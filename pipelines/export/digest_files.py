"""The digest of the last publication as files. What belongs here: where they lie, and that each is whole whenever it is there.

What does not: what is new (``pipelines.warehouse.digest``), how it looks (``digests``).
"""

from pathlib import Path

from pipelines.export.digests import FORMS
from pipelines.settings import Settings
from pipelines.warehouse.digest import digest
from pipelines.warehouse.publications import Publications

NAMES = {"markdown": "digest.md", "html": "digest.html", "json": "digest.json", "atom": "digest.atom"}


def write_digest(settings: Settings) -> dict[str, Path]:
    """Write what the last publication brought, in every form, to ``<home>/digest``; return the files by form.

    The first publication has nothing to be compared with: nothing is written.
    """
    if len(Publications(settings.home).all()) < 2:
        return {}
    found = digest(settings, "")
    folder = settings.home / "digest"
    folder.mkdir(exist_ok=True)
    written = {form: folder / name for form, name in NAMES.items()}
    for form, path in written.items():
        part = path.with_name(f".{path.name}.part")
        part.write_text(FORMS[form](found, 0), encoding="utf-8")
        part.replace(path)
    return written
