"""Marks of interest: a sign beside a name, and the legend that says what it means. What belongs here: knowing a legend.

What does not: claims about the companies so marked (``pipelines.nlp``). A legend is a sign, what it does, and what it
stands for ("* denotes a portfolio company of …"), or those in another order; "portfolio company" in running prose is none.
The words are data: ``legends.yml``.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.records import Interest

# A legend holds one of these whatever its language.
_HINT = re.compile(
    r"portf|portaf|cartera|carteira|portef|particip|partecip|beteilig|invest|stake|position|equity|holds?\b|owns?\b|"
    r"[投出]資先|ポートフォリオ|保有銘柄|被投|投[资資]|持仓|포트폴리오|투자",
    re.I,
)
# What a line must hold to be looked at: a sign, the word for one, or a number in brackets at its start.
_SIGNS = (*"*^", "\n(", "\n[", "sterisk", "sterisc", "agger", "with (", "by (")
_RARE_SIGNS = (*"†‡§¶°¹²³⁴⁵⁶⁷⁸⁹＊※", "stérisque", "ternchen", "星号", "アスタリスク")
_MARK = (
    r"(?P<mark>\*{1,3}|†{1,2}|‡|§|¶|\^|#|°|[¹²³⁴-⁹]|＊|※|\[\d{1,2}\]|\(\d{1,2}\)|\([a-z]\)|"
    r"\(\*{1,3}\)|\[\*{1,3}\]|\(†\)|\[†\]|\(‡\)|\[‡\])"
)
_OPENS = r"(?:^|(?<=[.;,|])\s|(?<=\n))[ \t]*(?:\((?=[*†‡]\s))?(?:(?i:notes?|key|legend|disclosures?|nota|leyenda|hinweis|légende|注)\s*[:：]\s*)?[\"“‘']?"
_NAME = r"[A-Z][\w&.’'+-]*(?:\s+(?:[A-Z&][\w&.’'+-]*|of|and|de|du|der|und|y|et))*"
_HOLDERS = (
    re.compile(rf"\b(?:of|by|de|del|du|von|der|di|da|do)\s+(?:the\s+|la\s+|el\s+)?(?P<name>{_NAME})"),
    re.compile(
        rf"\b(?:an?|the|is|are|denotes|indicates|marks|=|:)\s+(?P<name>{_NAME})(?:['’]s?)?\s+(?:portfolio|invest|equity)"
    ),
    re.compile(rf"\b(?:in which|where|that|which)\s+(?P<name>{_NAME})\s+(?:has|have|is|holds|invested|owns|and)\b"),
    re.compile(rf"\bin\s+(?:the\s+)?(?P<name>{_NAME})['’]s?\s+(?:investment\s+)?portfolio"),
    re.compile(
        r"(?:は|が|为|表示|[:：=\s*＊※†])(?P<name>[\w&.ー ]{2,30}?)(?:の|的)(?:投資先|出資先|ポートフォリオ|被投|投资组合)"
    ),
    re.compile(rf"(?P<name>{_NAME})\s+portfolio\b"),
)
_OWN = re.compile(
    r"(?:an?|our|we|us|the|this|当社|弊社|私たち|我们|本公司|portfolio|investor)\b|.*(?:当社|弊社|我们)", re.I
)
_DENIED = re.compile(r"\b(?:not|no longer|never|neither|nor|nicht|kein\w*|pas|jamais|nunca|não|sin)\b", re.I)


@cache
def _words() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "legends.yml").read_text("utf-8"))
    return loaded


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    words = _words()
    verbs = "|".join(part.strip() for part in words["verbs"].split("|"))
    fillers = "|".join(part.strip() for part in words["fillers"].split("|"))
    phrase, bare = "|".join(words["phrases"]), "|".join(words["bare"])
    gap = rf"(?:(?:(?i:{fillers})|{_NAME}(?:['’]s?)?)\s+){{0,6}}?"
    stop = r"[^.;|\n]{0,160}"
    signs = "|".join(words["signs"].values())
    return (
        # "* denotes a portfolio company of X"
        re.compile(rf"{_OPENS}{_MARK}[\"”’']?\s*(?i:{verbs})\s*{gap}(?i:{phrase}){stop}", re.M),
        # "* Portfolio company of X." and no more
        re.compile(
            rf"{_OPENS}(?!#){_MARK}\s*(?:(?i:an?|our|the)\s+)?(?:[A-Z][\w&.]*(?:\s+[A-Z][\w&.]*)+\s+)?(?i:{bare})"
            rf"(?:\s+(?i:of|in|de|du|von|der)\s+(?i:the\s+)?{_NAME})?(?=\s*[.;)\]|]?\s*(?:$|[*†‡(\[]))",
            re.M,
        ),
        # "Companies marked with an asterisk (*) are portfolio companies of X"
        re.compile(
            rf"(?:^|(?<=[.;|\n])\s?)[^.;|\n]{{0,80}}?(?:(?:(?i:an?|un|une|ein)\s+)?(?P<sign>(?i:{signs}))(?:\s*[(\[]?{_MARK}[)\]]?)?|"
            rf"(?i:marked|denoted|indicated|flagged|identified|with|by|con|mit|avec)\s+[\"“‘(']?{_MARK.replace('mark', 'named')}[\"”’)']?),?\s*"
            rf"(?:(?i:{verbs})|(?i:next to|beside|after)\s[^.;|\n]{{0,40}}?(?i:{verbs}))\s*{gap}(?i:{phrase}){stop}",
            re.M,
        ),
        # "* は当社の投資先"
        re.compile(
            rf"{_OPENS}{_MARK}(?:印|マーク)?\s*(?:は|が|为|為|表示|代表|：|:|=|는|은)?\s*[^。\n]{{0,30}}?{words['unspaced']}[^。\n]{{0,60}}",
            re.M,
        ),
    )


def is_legend(text: str) -> bool:
    """Tell whether ``text`` holds a legend of marks of interest."""
    return next(_matches(text), None) is not None


def interests_of(text: str, publisher: str) -> tuple[Interest, ...]:
    """Return the marks that a legend in ``text`` explains; ``publisher`` holds where the legend names nobody.

    ``holder`` is empty where neither says whose interest it is.
    """
    found: dict[tuple[str, str], Interest] = {}
    for match in _matches(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip(" \t|.;\n"))
        # A lone bracket in front belongs to the mark, not to the sentence.
        if text[start - 1 : start] in ("(", "[") and match["mark"] and match["mark"][0] not in "([":
            start -= 1
        end = match.start() + len(match[0].rstrip(" \t)|;,"))
        if text[end : end + 1] == ".":
            end += 1
        mark = _mark(match)
        interest = Interest(mark, _holder(match[0]) or publisher, start, end)
        found.setdefault((mark, interest.holder), interest)
    return tuple(sorted(found.values(), key=lambda interest: interest.start))


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield what reads as a legend, looking only at lines that hold a sign and a word of one."""
    for start, end in _lines(text):
        seen: set[int] = set()
        for form in _forms() if _HINT.search(text, start, end) else ():
            for match in form.finditer(text, start, end):
                if match.end() not in seen and not _DENIED.search(match[0]):
                    seen.add(match.end())
                    yield match


def _lines(text: str) -> list[tuple[int, int]]:
    """Return the lines that hold a sign; plain searches, since most documents have no legend at all."""
    found: set[int] = {0} if text[:1] in ("(", "[") else set()
    for sign in _SIGNS if text.isascii() else (*_SIGNS, *_RARE_SIGNS):
        at = text.find(sign)
        while at >= 0:
            at += sign[0] == "\n"
            found.add(text.rfind("\n", 0, at) + 1)
            end = text.find("\n", at)
            at = text.find(sign, end) if end >= 0 else -1
    return [(start, end if (end := text.find("\n", start)) >= 0 else len(text)) for start in sorted(found)]


def _mark(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if mark := groups.get("mark") or groups.get("named"):
        return str(mark)
    sign = groups.get("sign") or ""
    signs: dict[str, str] = _words()["signs"]
    return max((m for m, words in signs.items() if re.fullmatch(words, sign, re.I)), key=len, default=sign)


def _holder(legend: str) -> str:
    for form in _HOLDERS:
        if (match := form.search(legend)) and not _OWN.match(match["name"]):
            return match["name"].strip(" .,")
    return ""
