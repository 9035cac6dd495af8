"""Hostile statements: each write in each disguise, and what must not be read. What belongs here: reading the lists of ``hostile_statements``."""

from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "hostile_statements"


def statements(name, **places):
    """Return (those that must be refused, that must have no effect, that must not outlive their time), addresses filled in."""
    lists = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    hidden = [disguise.replace("…", write) for write in lists["writes"] for disguise in lists["disguises"]]
    groups = ([*hidden, *lists["once"]], lists["harmless"], lists["endless"])
    return tuple([_fill(text, places) for text in group] for group in groups)


def _fill(text, places):
    for word, place in places.items():
        text = text.replace(word, place)
    return text
