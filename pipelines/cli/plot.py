"""A plot of text: values over days on a logarithmic scale. What belongs here: drawing it in lines that fit 80 columns."""

import math
from collections.abc import Sequence
from datetime import date

_WIDTH, _HEIGHT, _LABEL = 64, 11, 9
_UNITS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))


def plot(points: Sequence[tuple[date, float, str]]) -> list[str]:
    """Return the lines of a plot of (day, value above zero, mark of one letter); marks that fall together become ``*``."""
    days = [day.toordinal() for day, _, _ in points]
    heights = [math.log10(value) for _, value, _ in points]
    first, last = min(days), max(days)
    low, high = math.floor(min(heights)), max(math.ceil(max(heights)), math.floor(min(heights)) + 1)
    rows = [[" "] * _WIDTH for _ in range(_HEIGHT)]
    for day, height, (_, _, mark) in zip(days, heights, points, strict=True):
        column = round((day - first) / max(last - first, 1) * (_WIDTH - 1))
        row = round((high - height) / (high - low) * (_HEIGHT - 1))
        rows[row][column] = mark if rows[row][column] in (" ", mark) else "*"
    labels = {
        round((high - power) / (high - low) * (_HEIGHT - 1)): short(10.0**power) for power in range(low, high + 1)
    }
    lines = [f"{labels.get(row, ''):>{_LABEL}} |{''.join(cells)}".rstrip() for row, cells in enumerate(rows)]
    begin, end = str(date.fromordinal(first)), str(date.fromordinal(last))
    lines.append(f"{'':>{_LABEL}} +{'-' * _WIDTH}")
    lines.append(f"{'':>{_LABEL}}  {begin}{end:>{_WIDTH - len(begin)}}")
    return lines


def short(value: float) -> str:
    """Return a number in at most a few signs: 3.7B, 400M, 0.02."""
    for size, letter in _UNITS:
        if value >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.3g}"
