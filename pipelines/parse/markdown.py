"""Markdown to canonical blocks, by markdown-it. What belongs here: tokens to blocks; front matter and wiki links.

What does not: offsets, or what a heading means.
"""

import re
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipelines.parse.canonical import Canonical, clean
from pipelines.parse.plain import read_plain

_FRONT = re.compile(r"\A---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.S)
_WIKI = re.compile(r"!?\[\[(?:[^\]|\n]*\\?\|)?([^\]\n]+)\]\]")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TAG = re.compile(r"<[^>]{0,2000}>")
_BOLD_ONLY = re.compile(r"^\*\*([^*]+)\*\*:?$")
_PAGE_MARK = re.compile(r"^#+ \[?page \d+\]?\s*$", re.I | re.M)
_TABLE = re.compile(r"^((?:\*\*[^*\n]+\*\*\s*\n\s*)?\|.*(?:\n\|.*)*)", re.M)
_PARSER = MarkdownIt("commonmark", {"maxNesting": 60}).enable(["table", "strikethrough"])


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the YAML front matter (empty where there is none that reads) and the text below it."""
    if not (match := _FRONT.match(text)):
        return {}, text
    try:
        values = yaml.safe_load(match[1])
    except yaml.YAMLError:
        return {}, text[match.end() :]
    return (values if isinstance(values, dict) else {}), text[match.end() :]


def read_markdown(text: str, canonical: Canonical) -> None:
    """Append the blocks of ``text``, front matter already taken off."""
    plain = _WIKI.sub(lambda m: m[1].removesuffix("\\"), _COMMENT.sub("", text))
    tokens = _PARSER.parse(plain)
    depth, in_item, at = -1, False, 0
    while at < len(tokens):
        token = tokens[at]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type in ("list_item_open", "list_item_close"):
            in_item = token.type == "list_item_open"
        elif token.type == "heading_open":
            canonical.heading(inline_text(tokens[at + 1]), int(token.tag[1]))
        elif token.type == "table_open":
            at = _table(tokens, at, canonical)
        elif token.type == "html_block":
            canonical.paragraph(_TAG.sub(" ", token.content))
        elif token.type in ("fence", "code_block"):
            canonical.code(token.content)
        elif token.type == "inline" and tokens[at - 1].type == "paragraph_open":
            _paragraph(token, depth if in_item or depth >= 0 else -1, canonical)
        at += 1


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
    """Append the sentences that front matter holds, for files (such as episode records) that have no text below it."""
    stack: list[Any] = [front]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            stack.extend(reversed(list(value.values())))
        elif isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, str) and len(value.split()) >= 8:
            canonical.paragraph(value)


def _paragraph(token: Token, depth: int, canonical: Canonical) -> None:
    if depth >= 0:
        canonical.list_item(inline_text(token), depth)
    elif (bold := _BOLD_ONLY.match(token.content.strip())) and len(bold[1]) < 120:
        canonical.heading(bold[1], 6)
    else:
        canonical.paragraph(inline_text(token))


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
    pieces = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
        elif child.type == "image":
            pieces.append(child.content)
    return clean("".join(pieces))
