"""YAML files of the model: reading one, and naming the line of what is wrong in it. What belongs here: files and lines.

What does not: what the entries mean (``model``). Lines are looked up only for a message, so that reading stays fast.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from graph.errors import ModelError

# libyaml reads six times as fast; a build of PyYAML without it still works.
_Base: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """A safe loader that refuses a key given twice, of which YAML would keep the last without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return the mapping of ``node``; raise ConstructorError at the second of two equal keys."""
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key.value!r} is given twice", key.start_mark)
            seen.add(key.value)
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found


def read_yaml(path: Path) -> Any:
    """Return the parsed YAML of ``path``; raise ModelError naming file and line when it cannot be parsed."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path.name}:{mark.line + 1}" if mark else path.name
        raise ModelError(f"{where}: not readable as YAML: {getattr(error, 'problem', error)}") from None


def wrong(path: Path, place: Iterable[Any], says: str) -> ModelError:
    """Return the error that names file and line of ``place``: keys and indexes from the top, then perhaps a word below them."""
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Base)
    line = 0
    for step in place:
        child = _below(node, step)
        if child is None:
            found = _scalar(node, str(step))
            line = found.start_mark.line if found else line
            break
        node, line = child
    return ModelError(f"{path.name}:{line + 1}: {says}")


def _below(node: yaml.Node | None, step: Any) -> tuple[yaml.Node, int] | None:
    """Return the node at a key or index of ``node`` with the line where it begins, or None."""
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark.line
    if isinstance(node, yaml.MappingNode):
        return next(((value, key.start_mark.line) for key, value in node.value if key.value == step), None)
    return None


def _scalar(node: yaml.Node | None, text: str) -> yaml.Node | None:
    """Return the first scalar below ``node`` that reads ``text``, or None."""
    if isinstance(node, yaml.ScalarNode):
        return node if node.value == text else None
    if not isinstance(node, yaml.CollectionNode):
        return None
    children = [part for item in node.value for part in (item if isinstance(item, tuple) else (item,))]
    return next((found for child in children if (found := _scalar(child, text))), None)


def check_keys(path: Path, place: tuple[Any, ...], entry: Any, needed: Iterable[str], allowed: Iterable[str]) -> None:
    """Raise ModelError where ``entry`` is no mapping, lacks a key of ``needed`` or has one of neither list."""
    if not isinstance(entry, dict):
        raise wrong(path, place, f"a mapping is expected here, not {entry!r:.60}")
    if unknown := sorted(str(key) for key in entry if key not in {*needed, *allowed}):
        raise wrong(path, (*place, unknown[0]), f"unknown key {unknown[0]!r}")
    if missing := sorted(key for key in needed if key not in entry):
        raise wrong(path, place, f"key {missing[0]!r} is missing")


def check_list(path: Path, place: tuple[Any, ...], value: Any) -> list[Any]:
    """Return ``value``; raise ModelError where it is no list."""
    if not isinstance(value, list):
        raise wrong(path, place, f"a list is expected here, not {value!r:.60}")
    return value
