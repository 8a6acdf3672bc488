from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefer.errors import InputError
from briefer.intake import Intake
from briefer.intake.encoding import by_charset, decode
from briefer.services.ports import Taken

JAPANESE = "港湾四市は、大型貨物船を案内する水先人を共同で運用することで合意した。カタカナも含む。" * 3


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
        ("cp932", "cp932"), ("euc_jp", "euc_jp"), ("iso2022_jp", "iso-2022-jp"), ("utf-32", "utf-32-le"),
    ],
)  # fmt: skip
def test_japanese(encoding: str, name: str) -> None:
    # Without a mark, UTF-16 gives itself away only where it holds line ends and the like.
    text = "Harbour\n" * 20 + JAPANESE if encoding.startswith("utf-16-") else JAPANESE
    assert decode("x", text.encode(encoding)) == (text, name)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Größere Schiffe müssen für die Überfahrt länger warten, sagte der Bürgermeister. " * 5, "cp1252"),
        ("Les pilotes du port ont été réunis à l’hôtel de ville, près du château. " * 5, "cp1252"),
        ("Мэры четырёх городов договорились о совместной службе лоцманов для больших судов. " * 5, "cp1251"),
        ("네 항구 도시는 대형 화물선을 안내하는 도선사를 공동으로 운영하기로 합의했다. " * 5, "euc_kr"),
        ("四个港口城市同意共同使用大型货船的引航员，市长们在会后表示。" * 5, "gb18030"),
    ],
)
def test_others(text: str, encoding: str) -> None:
    assert decode("x", text.encode(encoding))[0] == text


def test_declared_encoding() -> None:
    page = "<html><head><meta charset='iso-8859-2'></head><body>Cztery miasta żeglarskie</body></html>"
    assert decode("x", page.encode("iso-8859-2"))[0] == page


def test_line_ends() -> None:
    assert decode("x", b"a\r\nb\rc\n")[0] == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "input-empty"),
        (b" \n\t\r\n", "input-empty"),
        (b"\xef\xbb\xbf", "input-empty"),
        ("\u3000\u00a0\n".encode(), "input-empty"),
        (
            ("Vier Städte für größere Häfen, Übergänge und Schlösser. " * 4).encode()[:-30]
            + b"\xff\xfe\xc3\x28 x",
            "input-encoding",
        ),
        (b"\xff\xfea", "input-encoding"),
        (bytes(range(1, 32)) * 20, "input-encoding"),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        decode("page.txt", data)
    assert caught.value.code == code
    assert "page.txt" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "charset",
    ["undefined", "punycode", "idna", "unicode_escape", "rot13", "no-such", "a\0b", "x" * 9_000, "ö"],
)
def test_what_is_no_charset_of_documents_is_not_decoded_by(charset: str) -> None:
    assert by_charset(b"ports", charset) is None


@pytest.mark.parametrize("charset", ["undefined", "punycode", '"a\0b"'])
@pytest.mark.parametrize("suffix", ["eml", "mhtml"])
def test_a_message_that_names_no_charset_of_documents_is_read(charset: str, suffix: str) -> None:
    kind = "plain" if suffix == "eml" else "html"
    text = (
        "From: a@example.org\nMIME-Version: 1.0\nSnapshot-Content-Location: https://example.org/\n"
        f"Content-Type: text/{kind}; charset={charset}\n\nThe ministers met in Lund and agreed on a list of ports.\n"
    )
    (outcome,) = Intake().read([Taken(f"x.{suffix}", text.encode(), datetime(2026, 1, 15, tzinfo=UTC))])
    assert outcome.capture is not None
    assert "list of ports" in outcome.capture.text
