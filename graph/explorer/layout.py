"""Where each company stands in the picture. What belongs here: columns, lanes and rows, computed once and the same on every run.

What does not: what is drawn there (``page``). Lengths are in units of the picture: a row is ROW high and a lane LANE wide.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from graph.errors import ModelError

PICTURE = Path(__file__).with_name("picture.yml")
ROW = 22
LANE = 150
GAP = 46
HEAD = 34
# The picture is wider than high, as screens are.
SHAPE = 1.75
SWEEPS = 12
# Rows of a column with few companies stand so many times as far apart.
WIDEST_PITCH = 1.7


@dataclass(frozen=True, slots=True)
class Layout:
    """``places`` by company: x and y; ``columns``: code, name, x and width; width and height of all."""

    places: dict[str, tuple[float, float]]
    columns: list[dict[str, Any]]
    width: float
    height: float

    def frame(self) -> dict[str, Any]:
        """Return columns, width and height: all but the places."""
        return {"columns": self.columns, "width": self.width, "height": self.height}


def load_picture() -> dict[str, Any]:
    """Return columns, predicates and marks of ``picture.yml``; raise ModelError where it is no such file."""
    try:
        picture = yaml.safe_load(PICTURE.read_text(encoding="utf-8"))
        columns, predicates = picture["columns"], picture["predicates"]
        assert columns
        assert predicates
    except (yaml.YAMLError, KeyError, TypeError, AssertionError) as error:
        raise ModelError(f"{PICTURE}: columns, predicates and marks are expected ({error})") from None
    return dict(picture)


def column_of(columns: Sequence[Mapping[str, Any]], segment: str, layers: Iterable[str]) -> str:
    """Return the code of the column for a company: by its segment, else its first layer that a column lists, else the last."""
    for column in columns:
        if segment and segment in column["segments"]:
            return str(column["code"])
    for layer in layers:
        for column in columns:
            if layer in column["layers"]:
                return str(column["code"])
    return str(columns[-1]["code"])


def lay_out(
    columns: Sequence[Mapping[str, Any]], companies: Mapping[str, str], ties: Mapping[tuple[str, str], float]
) -> Layout:
    """Return where each of ``companies`` (id to column code) stands, those near one another that ``ties`` (weight by pair) join."""
    weights = _weights(companies, ties)
    order = {
        str(column["code"]): sorted(
            (c for c, code in companies.items() if code == column["code"]),
            key=lambda c: (-sum(weights[c].values()), c),
        )
        for column in columns
    }
    rows = _rows([len(of) for of in order.values()])
    for _ in range(SWEEPS):
        _sweep(order, weights, rows)
    return _placed(columns, order, rows)


def _weights(companies: Mapping[str, str], ties: Mapping[tuple[str, str], float]) -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = {company: {} for company in sorted(companies)}
    for (a, b), weight in sorted(ties.items()):
        if a in weights and b in weights and a != b:
            weights[a][b] = weights[a].get(b, 0) + weight
            weights[b][a] = weights[b].get(a, 0) + weight
    return weights


def _rows(sizes: Sequence[int]) -> int:
    """Return how many rows a lane has, so that the picture comes nearest to SHAPE."""

    def shape(rows: int) -> float:
        lanes = sum(max(1, -(-size // rows)) for size in sizes)
        return (lanes * LANE + len(sizes) * GAP) / (rows * ROW)

    return min(range(8, max(9, max(sizes, default=0) + 1)), key=lambda rows: (abs(shape(rows) - SHAPE), rows))


def _sweep(order: dict[str, list[str]], weights: Mapping[str, Mapping[str, float]], rows: int) -> None:
    """Order each column once by the mean height of what its companies are joined to; those joined to nothing go last."""
    heights = {c: height for of in order.values() for c, height in _heights(of, rows).items()}
    for code, of in order.items():
        here = _heights(of, rows)
        wishes = {company: _wish(company, weights[company], heights, here[company]) for company in of}
        order[code] = sorted(of, key=wishes.__getitem__)
        heights |= _heights(order[code], rows)


def _wish(
    company: str, joined: Mapping[str, float], heights: Mapping[str, float], here: float
) -> tuple[bool, float, str]:
    """Return where a company wants to stand: at the mean height of what it is joined to, else last, where it is."""
    total = sum(joined.values())
    if not total:
        return True, here, company
    return False, round(sum(heights[other] * w for other, w in sorted(joined.items())) / total, 6), company


def _lanes(size: int, rows: int) -> int:
    return max(1, -(-size // rows))


def _heights(of: Sequence[str], rows: int) -> dict[str, float]:
    """Return the height of each company of a column: rows are filled lane by lane; a short column is spread, in the middle."""
    lanes = _lanes(len(of), rows)
    used = max(1, -(-len(of) // lanes))
    pitch = ROW * min(WIDEST_PITCH, rows / used)
    top = (rows * ROW - used * pitch) / 2
    return {company: top + (place // lanes + 0.5) * pitch for place, company in enumerate(of)}


def _placed(columns: Sequence[Mapping[str, Any]], order: Mapping[str, list[str]], rows: int) -> Layout:
    places: dict[str, tuple[float, float]] = {}
    bands = []
    x = 0.0
    for column in columns:
        of = order[str(column["code"])]
        lanes = _lanes(len(of), rows)
        width = lanes * LANE + GAP
        bands.append({"code": column["code"], "name": column["name"], "x": x, "width": width})
        heights = _heights(of, rows)
        for place, company in enumerate(of):
            places[company] = (
                round(x + GAP / 2 + (place % lanes) * LANE + 10, 1),
                round(HEAD + heights[company], 1),
            )
        x += width
    return Layout(places, bands, x, HEAD + rows * ROW + ROW)
