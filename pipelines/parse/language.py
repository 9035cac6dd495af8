"""Which language a text is in. What belongs here: deciding it from the text. What does not: what a page declares.

English, which is nearly every document, is told by its most usual words; the identifier's model, half a second to load, is
asked only about the rest.
"""

import re

_ENGLISH = "the of and to is that for with we our by it from at this have has not which were their its they been"
# Usual in English as well, but words of other languages too: they count only in a text of some length.
_SHARED = "a in on as are an was will or be"
_OWN_WORDS = frozenset(_ENGLISH.split())
_ALL_WORDS = _OWN_WORDS | frozenset(_SHARED.split())
_SHARE = 0.18
_WORDS = re.compile(r"[^\W\d_]+")
_FEW_WORDS = 12
_TOO_FEW = 6
_SAMPLE = 1_500
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
# What the identifier may answer: living languages in which companies write.
_LANGUAGES = "ar bg ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv th tr uk vi zh"
_identifier: list[object] = []


def language_of(text: str) -> tuple[str, str]:
    """Return the ISO 639-1 code of ``text`` and how it was found ("words", "script", "identifier").

    Both are empty where the text is too short to tell.
    """
    sample = _sample(text)
    words = _WORDS.findall(sample.lower())
    few = len(words) < _FEW_WORDS
    if sum(word in (_OWN_WORDS if few else _ALL_WORDS) for word in words) >= max(
        1, (0 if few else _SHARE) * len(words)
    ):
        return "en", "words"
    letters = sum(map(len, words)) or 1
    for code, script in _SCRIPTS:
        share = len(script.findall(sample)) / letters
        # Kana mark Japanese even among many Chinese characters.
        if share > (0.1 if code == "ja" else 0.3) and code not in ("ru", "ar"):
            return code, "script"
    # Names say nothing of the language around them.
    plain = [word for word in _WORDS.findall(sample) if not word[0].isupper()]
    if len(plain) < _TOO_FEW:
        return "", ""
    return _identified(sample), "identifier"


def _sample(text: str) -> str:
    """Return two pieces of the text, after its opening and from its middle."""
    if len(text) <= 2 * _SAMPLE:
        return text
    first, second = len(text) // 10, len(text) // 2
    return text[first : first + _SAMPLE] + " " + text[second : second + _SAMPLE]


def _identified(sample: str) -> str:
    # Half a second: only for texts that need it.
    import py3langid

    if not _identifier:
        py3langid.set_languages(_LANGUAGES.split())
        _identifier.append(True)
    code: str = py3langid.classify(sample)[0]
    return code
