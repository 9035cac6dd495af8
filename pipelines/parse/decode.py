"""Bytes to characters. What belongs here: which encoding, and mending text that was decoded wrongly before it was stored.

What does not: what the text means. In order: byte order mark, a declared encoding of seven bits, UTF-8 where the bytes
are valid (no other text is by chance), the declared encoding, Windows-1252 for HTML that declares none.
"""

import re

from graph.errors import InputRefusedError

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.I)
# Bytes that no text of these formats holds.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What browsers read under these names, since the narrower encoding is seldom meant.
_WIDER = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "iso-8859-9": "cp1254",
}  # fmt: skip
_LOOKED_AT = 2048
# UTF-8 with a few broken bytes is still UTF-8: at most this many for one good character outside of ASCII.
_BROKEN = 0.34
# UTF-8 read as Windows-1252: a lead byte's character and its followers'.
_FOLLOWS = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_WRONG = re.compile(f"(?:[\xc2-\xdf]{_FOLLOWS}|[\xe0-\xef]{_FOLLOWS}{{2}}|\xf0{_FOLLOWS}{{3}})")
_SUSPECT = ("Ã", "Â", "â€")
_LEADS = re.compile("[ÂÃ]")
_FEW = 3


def decoded(data: bytes, name: str, html: bool) -> str:
    """Return the text of ``data``.

    Raises InputRefusedError with the reason: empty, binary, wrongly encoded.
    """
    if not data.strip():
        raise InputRefusedError(name, "the file is empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mended(_strict(data, encoding, name))
    if _BINARY.search(data[:4096]):
        raise InputRefusedError(name, "binary, not text")
    declared = _declared(data)
    if declared.startswith(("iso-2022", "hz")):
        return _strict(data, declared, name)
    try:
        return mended(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if declared and declared not in ("utf-8", "utf8"):
            return _strict(data, _WIDER.get(declared, declared), name)
        if html:
            return _html(data, name)
        raise InputRefusedError(name, f"not UTF-8 (byte {error.start}) and no other encoding declared") from None


def mended(text: str) -> str:
    """Return ``text`` with UTF-8 that was read as Windows-1252 and stored so ("â€™" for an apostrophe) put right.

    Only where that is certain: at least three such places, and none of their first letters outside of one.
    """
    if not any(sign in text for sign in _SUSPECT):
        return text
    places = [match for match in _WRONG.finditer(text) if _right(match) != match[0]]
    leads = sum(match[0][0] in "ÂÃ" for match in places)
    if len(places) < _FEW or leads < len(_LEADS.findall(text)):
        return text
    return _WRONG.sub(_right, text)


def _right(match: re.Match[str]) -> str:
    try:
        return b"".join(_byte(character) for character in match[0]).decode("utf-8")
    except UnicodeError:
        return match[0]


def _byte(character: str) -> bytes:
    return bytes([ord(character)]) if ord(character) < 256 else character.encode("cp1252")


def _declared(data: bytes) -> str:
    match = _CHARSET.search(data[:_LOOKED_AT])
    return match[1].decode("ascii").lower() if match else ""


def _html(data: bytes, name: str) -> str:
    text = data.decode("utf-8", "replace")
    good = sum(1 for character in text if character > "\x7f" and character != "\ufffd")
    if good and text.count("\ufffd") <= _BROKEN * good:
        return text
    return _strict(data, "cp1252", name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise InputRefusedError(name, f"does not decode as {encoding}") from None
