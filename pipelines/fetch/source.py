"""What a source is: its description (``source.yml``) and its reader (``parse.py``). What belongs here: their form, strictly.

What does not: asking for anything (``walk``, ``files``). A reader is pure: bytes of an index page in, links out.
"""

import importlib.util
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from graph.errors import InputRefusedError
from pipelines.settings import KNOWN, Settings

SHIPPED = Path(__file__).parent.parent / "sources"
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
Role = Literal["document", "index"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Volume(_Strict):
    """How many documents are expected of one refresh; fewer refuse its result, more are not asked for."""

    min: int = Field(ge=0)
    max: int = Field(ge=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            raise ValueError(f"min {self.min} is more than max {self.max}")
        return self


class Files(_Strict):
    """A folder instead of the web: ``folder`` (below the source's own unless it is ``{inbox}``) and a pattern in it.

    ``address`` stands before a file's path in the document's address; without it the address is the file's own.
    """

    folder: Text
    pattern: Text
    address: str = ""


class Spec(_Strict):
    """One ``source.yml``. ``rate`` is in requests a second, over all hosts of ``group`` (default: each host alone).

    ``start`` are addresses; ``{edgar}`` and ``{edgar_data}`` stand for the base addresses of the settings. ``hosts`` may
    be redirected to. ``turned_on`` is always, never, or the name of the setting that turns the source on.
    """

    title: Text
    publisher: str = ""
    licence: Text
    cadence: Text
    volume: Volume
    start: tuple[Text, ...] = ()
    hosts: tuple[Text, ...] = ()
    rate: float = Field(default=1.0, gt=0, le=50)
    group: str = ""
    needs: tuple[Literal["contact"], ...] = ()
    turned_on: Text = "always"
    since: date = date(2000, 1, 1)
    depth: int = Field(default=3, ge=1, le=10)
    files: Files | None = None

    @model_validator(mode="after")
    def _switch_exists(self) -> Self:
        if self.turned_on not in ("always", "never", *KNOWN):
            raise ValueError(f"turned_on: {self.turned_on!r} is neither always, never nor a setting")
        return self


@dataclass(frozen=True, slots=True)
class Link:
    """One address to ask for, and what the page that names it knows of it; empty where it does not.

    ``published`` is an ISO date. ``once``: what lies there never changes, so one answer is enough, a 404 too.
    ``optional``: its absence is no refusal. Raises ValueError for a day that is none.
    """

    url: str
    role: Role = "document"
    title: str = ""
    published: str = ""
    publisher: str = ""
    once: bool = False
    optional: bool = False

    def __post_init__(self) -> None:
        if self.published:
            date.fromisoformat(self.published)


@dataclass(frozen=True, slots=True)
class Page:
    """One index page as it came: the link that led there, and its bytes."""

    link: Link
    data: bytes


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader may look at beside the page: its description and folder, the settings, the day, the CIKs by ticker."""

    spec: Spec
    folder: Path
    settings: Settings
    today: date
    ciks: Mapping[str, str]

    @property
    def since(self) -> date:
        """Return the first day that is wanted."""
        return self.settings.since or self.spec.since

    def address(self, template: str) -> str:
        """Return ``template`` with the base addresses of the settings put in."""
        placed = template.replace("{edgar_data}", self.settings.edgar_data_url)
        return placed.replace("{edgar}", self.settings.edgar_url)


# A reader yields links, and refusals of what the page holds but no link can be made of.
Found = Link | InputRefusedError
Start = Callable[[Context], Iterator[Found]]
Links = Callable[[Page, Context], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Source:
    """One source, ready to be asked."""

    name: str
    folder: Path
    spec: Spec
    start: Start
    links: Links

    def is_on(self, settings: Settings) -> bool:
        """Return whether a refresh that names no source asks this one."""
        return self.spec.turned_on == "always" or self.spec.turned_on in settings.given


def read_source(folder: Path) -> Source:
    """Return the source in ``folder``; raise InputRefusedError naming file, line and reason for anything unknown."""
    spec = read_spec(folder / "source.yml")
    reader = folder / "parse.py"
    module = _load(folder.name, reader) if reader.exists() else None
    default = _start_of(spec, "index" if hasattr(module, "links") else "document")
    return Source(folder.name, folder, spec, getattr(module, "start", default), getattr(module, "links", no_links))


def read_spec(path: Path) -> Spec:
    """Return the description at ``path``; raise InputRefusedError naming file, line and reason."""
    body, where = read_mapping(path)
    try:
        return Spec(**body)
    except ValidationError as error:
        first = error.errors()[0]
        keys = tuple(str(key) for key in first["loc"])
        line = next((where[keys[:n]] for n in range(len(keys), 0, -1) if keys[:n] in where), 1)
        raise InputRefusedError(f"{path}:{line}", f"{'.'.join(keys) or 'entry'}: {_reason(first)}") from None


def read_mapping(path: Path) -> tuple[dict[str, Any], dict[tuple[str, ...], int]]:
    """Return the YAML mapping at ``path``, and the line of each key by its path of keys.

    Raises InputRefusedError naming file and line when it is not one.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tree = yaml.compose(text)
        body = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise InputRefusedError(where, f"not readable as YAML: {getattr(error, 'problem', error)}") from None
    if not isinstance(body, dict) or not all(isinstance(key, str) for key in body):
        raise InputRefusedError(f"{path}:1", "the file is no mapping of keys to values")
    return body, dict(_lines(tree, ()))


def _lines(node: Any, at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*at, key.value), key.start_mark.line + 1
            yield from _lines(value, (*at, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield (*at, str(number)), value.start_mark.line + 1
            yield from _lines(value, (*at, str(number)))


def _reason(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        return "unknown key"
    if error["type"] == "missing":
        return "this key is missing"
    return f"{error['msg'].removeprefix('Value error, ')} (found {error['input']!r})"


def _load(name: str, path: Path) -> ModuleType:
    found = importlib.util.spec_from_file_location(f"loadpath_source_{name}", path)
    if found is None or found.loader is None:
        raise InputRefusedError(str(path), "cannot be loaded")
    module = importlib.util.module_from_spec(found)
    try:
        found.loader.exec_module(module)
    except Exception as error:
        raise InputRefusedError(str(path), f"cannot be loaded: {type(error).__name__}: {error}") from None
    if not hasattr(module, "links") and not hasattr(module, "start"):
        raise InputRefusedError(str(path), "defines neither start(context) nor links(page, context)")
    return module


def _start_of(spec: Spec, role: Role) -> Start:
    def start(context: Context) -> Iterator[Found]:
        for address in spec.start:
            yield Link(context.address(address), role)

    return start


def no_links(*_: object) -> Iterator[Found]:
    """Read nothing: the pages of the source are documents all."""
    yield from ()
