"""Encodings, mending of wrongly decoded text, and languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputRefusedError
from graph.model import load_ontology, load_registry
from pipelines.nlp.extract import extract_claims
from pipelines.parse.decode import decoded, mended
from pipelines.parse.language import language_of
from pipelines.parse.read import read_document

JAPANESE = "電力が足りないと会社は言う。"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("é".encode("utf-8-sig"), "é"),
        ("é".encode("utf-16"), "é"),
        ("<meta charset=latin1>é".encode(), "<meta charset=latin1>é"),
        ("<meta charset=iso-8859-1>“é”".encode("cp1252"), "<meta charset=iso-8859-1>“é”"),
        (f"<meta charset=shift_jis>{JAPANESE}".encode("cp932"), f"<meta charset=shift_jis>{JAPANESE}"),
        (f"<meta charset=iso-2022-jp>{JAPANESE}".encode("iso-2022-jp"), f"<meta charset=iso-2022-jp>{JAPANESE}"),
        (
            f"<?xml version='1.0' encoding='euc-jp'?>{JAPANESE}".encode("euc-jp"),
            f"<?xml version='1.0' encoding='euc-jp'?>{JAPANESE}",
        ),
        ("“café”".encode("cp1252"), "“café”"),
        ("é“” — ü".encode() + b"\xff", "é“” — ü\ufffd"),
    ],
)
def test_the_encoding_is_found(data, found):
    assert decoded(data, "a.html", html=True) == found


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\x00\x01", "binary"),
        (b"caf\xe9", "not UTF-8"),
        (b"charset=nonsense-9 \xe9", "does not decode as nonsense-9"),
    ],
)
def test_what_does_not_decode_is_refused(data, reason):
    with pytest.raises(InputRefusedError, match=reason):
        decoded(data, "a.txt", html=False)


def test_text_decoded_wrongly_before_it_was_stored_is_mended():
    right = "Acme’s café – “naïve”, 12 °C, 5 €, €5"

    assert mended(right.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d")) == right


@pytest.mark.parametrize(
    "text", ["São Paulo e Ânia: Ã© uma vez", "CÂMARA, Âmbar, Ãrea", "Ã is a letter", "a price of Â£5 once"]
)
def test_text_that_may_be_right_is_left(text):
    assert mended(text) == text


@given(st.text(alphabet=st.characters(max_codepoint=0x2FFF, exclude_categories=["Cs"]), max_size=60))
def test_mending_never_raises_and_is_done_after_one_pass_of_plain_text(text):
    assert mended(text) is not None
    if not any(sign in text for sign in "ÃÂâ"):
        assert mended(text) == text


@pytest.mark.parametrize(
    ("text", "code", "how"),
    [
        ("Acme buys its pumps from Bolt, and the two of them have done so for years. " * 3, "en", "words"),
        ("Volt will supply Acme with pumps.", "en", "words"),
        (
            "Acme compra las bombas a Bolt desde hace años, y las dos empresas lo confirman en sus informes. " * 3,
            "es",
            "identifier",
        ),
        (
            "Acme achète ses pompes à Bolt depuis des années, et les deux entreprises le confirment chaque trimestre. "
            * 3,
            "fr",
            "identifier",
        ),
        (
            "Acme kauft seine Pumpen seit Jahren bei Bolt, und beide Unternehmen bestätigen das in ihren Berichten. "
            * 3,
            "de",
            "identifier",
        ),
        (JAPANESE, "ja", "script"),
        ("公司的电力不足。" * 4, "zh", "script"),
        ("회사는 전력이 부족하다고 말한다.", "ko", "script"),
        ("Acme 12", "", ""),
        ("12 % | 13 %", "", ""),
    ],
)
def test_the_language_is_told_from_the_text(text, code, how):
    assert language_of(text) == (code, how)


def test_names_do_not_tell_a_language():
    assert language_of("# Volt\n\n## Investors\n\n- Blackwood Trust\n- Neuberg Partners\n- Cisco") == ("", "")


def test_a_text_too_short_to_tell_is_read(nlp):
    text = b"# Groq\n\n## Investors\n\n- BlackRock\n- Samsung\n"
    document = read_document(text, "note.md")

    claims = extract_claims(document, load_ontology(), load_registry(), nlp)

    assert document.language == ""
    assert {(c.subject.name, c.predicate, c.object.name) for c in claims} >= {("BlackRock", "FINANCES", "Groq")}
