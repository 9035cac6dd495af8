"""Markdown to canonical blocks, by markdown-it. What belongs here: tokens to blocks; front matter and wiki links.

What does not: offsets, or what a heading means.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from graph.errors import InputRefusedError
from pipelines.parse.boilerplate import is_beside
from pipelines.parse.canonical import Canonical, clean
from pipelines.parse.interests import is_legend
from pipelines.parse.plain import read_plain

_FRONT = re.compile(r"\A\ufeff?\s*(---|\+\+\+)[ \t]*\r?\n(.*?)\r?\n(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_SIMPLE_LINE = re.compile(r"^([A-Za-z][\w-]*):[ \t]+(\S.*?)\s*$", re.M)
_WIKI = re.compile(r"!?\[\[(?:[^\]|\n]*\\?\|)?([^\]\n]+)\]\]")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TAG = re.compile(r"<[^>]{0,2000}>")
_PAGE_MARK = re.compile(r"^#+ \[?page \d+\]?\s*$", re.I | re.M)
_TABLE = re.compile(r"^((?:\*\*[^*\n]+\*\*\s*\n\s*)?\|.*(?:\n\|.*)*)", re.M)
_NOTE = re.compile(r"^\[\^([^\]\s]{1,40})\]:[ \t]*(.*)$", re.M)
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,40})\](?!:)")
# "* denotes …" is a legend, and would be taken for a bullet.
_STARRED = re.compile(r"^((?:[ \t]*>)*[ \t]*)(\*{1,3})([ \t]+\S.*)$", re.M)
_BOLD_ONLY = re.compile(r"^(\*\*\*|\*\*|__)(?=\S)((?:(?!\1).)+)\1:?$")
_KEY = re.compile(r"^[A-Z][\w&/() -]{1,40}:(?:\s|$)")
_PARSER = MarkdownIt("commonmark", {"maxNesting": 60}).enable(["table", "strikethrough"])
_LONGEST_HEADING = 120
# Front matter of a page has a few hundred values; past this many they are no text.
_MOST_VALUES = 5_000
_SENTENCE = 8


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the front matter (YAML between ``---``, TOML between ``+++``) and the text below it.

    Of YAML that does not parse its plain ``key: value`` lines are kept; text that only looks like it stays text.
    """
    if not (match := _FRONT.match(text)):
        return {}, text
    try:
        values = tomllib.loads(match[2]) if match[1] == "+++" else yaml.safe_load(match[2])
    except (yaml.YAMLError, ValueError, RecursionError):
        values = {key: value.strip("'\"") for key, value in _SIMPLE_LINE.findall(match[2])}
    if values is None or (isinstance(values, dict) and (values or not match[2].strip())):
        return values or {}, text[match.end() :]
    return {}, text


def read_markdown(text: str, canonical: Canonical) -> None:
    """Append the blocks of ``text``, front matter already taken off."""
    tokens = _PARSER.parse(_prepared(text))
    depth, at = -1, 0
    while at < len(tokens):
        token = tokens[at]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type == "heading_open":
            canonical.heading(inline_text(tokens[at + 1]), int(token.tag[1]))
        elif token.type == "table_open":
            at = _table(tokens, at, canonical)
        elif token.type == "html_block":
            _html(token.content, canonical)
        elif token.type in ("fence", "code_block"):
            canonical.code(token.content)
        elif token.type == "inline" and tokens[at - 1].type == "paragraph_open":
            _paragraph(token, depth, canonical)
        at += 1


def _prepared(text: str) -> str:
    """Return ``text`` with wiki links, comments, footnotes and legends in a form that the parser reads as text."""
    plain = _WIKI.sub(lambda m: m[1].removesuffix("\\"), _COMMENT.sub("", text))
    plain = _STARRED.sub(lambda m: m[0] if not is_legend(m[2] + m[3]) else m[1] + "\\*" * len(m[2]) + m[3], plain)
    legends = {m[1] for m in _NOTE.finditer(plain) if is_legend(f"[1] {m[2]}")}
    # A note's number helps nobody inside of a sentence, unless it marks an interest.
    plain = _NOTE_MARK.sub(lambda m: f"[{m[1]}]" if m[1] in legends else "", plain)
    return _NOTE.sub(lambda m: f"\n\\[{m[1]}\\] {m[2]}", plain)


def _html(content: str, canonical: Canonical) -> None:
    """Append HTML that stands between Markdown."""
    if not _TAG.sub("", content).strip():
        return
    from pipelines.parse.html import read_html, tree_of
    from pipelines.parse.main_text import whole

    try:
        tree = tree_of(content)
    except InputRefusedError:
        canonical.paragraph(_TAG.sub(" ", content))
        return
    read_html(tree, canonical, whole(tree))


def is_rendered(text: str) -> bool:
    """Return whether ``text`` is pages of lines (a PDF turned into Markdown), each below a heading with its number."""
    return len(_PAGE_MARK.findall(text)) > 2


def read_rendered(text: str, canonical: Canonical) -> None:
    """Append rendered pages: lines as plain text, so that what a page break cut is whole again; tables as Markdown."""
    for number, piece in enumerate(_TABLE.split(_PAGE_MARK.sub("", text))):
        if number % 2:
            read_markdown(piece, canonical)
        else:
            read_plain(piece, canonical)


def read_front_matter_texts(front: dict[str, Any], canonical: Canonical) -> None:
    """Append the lists of sentences and of records that front matter holds ("key_takeaways"), each under its key's words.

    Where a file has no text below its front matter (an episode's record), its plain sentences too.
    """
    alone = not canonical.blocks
    for key, value in front.items():
        if key == "title":
            continue
        texts = list(_texts(value, set())) if alone or isinstance(value, dict | list) else []
        if texts:
            canonical.heading(str(key).replace("_", " ").replace("-", " ").capitalize(), 1)
        for text in texts:
            if isinstance(value, str):
                read_markdown(text, canonical)
            else:
                canonical.list_item(text)


def _texts(value: Any, seen: set[int]) -> Iterator[str]:
    """Yield the sentences of a value; those of a record that names something open with the name: "Acme: it sells racks"."""
    if isinstance(value, dict | list):
        # YAML's aliases can make a value hold itself.
        if id(value) in seen or len(seen) > _MOST_VALUES:
            return
        seen.add(id(value))
        label = _label(value) if isinstance(value, dict) else ""
        for inner in value.values() if isinstance(value, dict) else value:
            if label and inner == label:
                continue
            for text in _texts(inner, seen):
                yield f"{label}: {text}" if label else text
    elif isinstance(value, str) and len(value.split()) >= _SENTENCE:
        yield value


def _label(record: dict[str, Any]) -> str:
    named = (record.get(key) for key in ("name", "question", "title", "company", "term"))
    return next((str(name).strip() for name in named if isinstance(name, str) and name.strip()), "")


def _paragraph(token: Token, depth: int, canonical: Canonical) -> None:
    if depth >= 0:
        canonical.list_item(inline_text(token), depth)
        return
    for source, text in _lines(token):
        bold = _BOLD_ONLY.match(source.strip())
        if bold and len(text) < _LONGEST_HEADING and not text.endswith("."):
            canonical.heading(text.rstrip(":") if text.count(":") == 1 else text, 6)
        elif not is_beside(text):
            canonical.paragraph(text)


def _lines(token: Token) -> Iterator[tuple[str, str]]:
    """Yield source and text of a paragraph's lines, joined but for "Key: value" lines and a bold line that heads the rest."""
    children = token.children or []
    runs: list[list[Token]] = [[]]
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            runs.append([])
        else:
            runs[-1].append(child)
    sources = token.content.split("\n")
    if len(sources) != len(runs):
        yield token.content, inline_text(token)
        return
    texts = [clean(_text_of(run)) for run in runs]
    source, text = sources[0], texts[0]
    for next_source, next_text in zip(sources[1:], texts[1:], strict=True):
        own = (_KEY.match(text) and _KEY.match(next_text)) or _BOLD_ONLY.match(source.strip())
        if own:
            yield source, text
            source, text = next_source, next_text
        else:
            source, text = f"{source}\n{next_source}", f"{text} {next_text}"
    yield source, text


def _table(tokens: list[Token], at: int, canonical: Canonical) -> int:
    rows: list[list[str]] = []
    headers = 0
    while tokens[at].type != "table_close":
        if tokens[at].type == "tr_open":
            rows.append([])
        elif tokens[at].type == "thead_close":
            headers = len(rows)
        elif tokens[at].type == "inline":
            rows[-1].append(inline_text(tokens[at]))
        at += 1
    canonical.table(rows, headers)
    return at


def inline_text(token: Token) -> str:
    """Return the visible text of an inline token: link texts without targets, no marks."""
    return clean(_text_of(token.children or []))


def _text_of(children: list[Token]) -> str:
    pieces = []
    for child in children:
        if child.type in ("text", "code_inline", "image"):
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak") or (
            child.type == "html_inline" and child.content.startswith("<br")
        ):
            pieces.append(" ")
    return "".join(pieces)
