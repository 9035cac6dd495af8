"""Reads a sample page with a source's reader, without the web: what every test of a source does."""

from datetime import date
from pathlib import Path

from graph.errors import InputRefusedError
from pipelines.fetch.source import SHIPPED, Context, Link, Page, read_source
from pipelines.settings import load_settings

TODAY = date(2026, 3, 4)
CIKS = {"EXMP": "1000001", "1000001": "1000001", "SMPL": "1000002", "1000002": "1000002"}


def context(name, **settings):
    source = read_source(SHIPPED / name)
    return source, Context(source.spec, source.folder, load_settings(Path("home"), settings), TODAY, CIKS)


def start(name, **settings):
    source, ctx = context(name, **settings)
    return list(source.start(ctx))


def read(name, sample, url, link=None, **settings):
    source, ctx = context(name, **settings)
    data = sample.read_bytes() if isinstance(sample, Path) else sample
    return list(source.links(Page(link or Link(url, "index"), data), ctx))


def urls(found):
    return [f"refused: {link}" if isinstance(link, InputRefusedError) else link.url for link in found]
