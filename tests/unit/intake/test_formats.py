from __future__ import annotations

from collections import Counter

import pytest

from briefer.errors import InputError
from briefer.intake.formats import all_formats, folder_suffixes, format_of
from briefer.services.ports import Taken
from tests.unit.intake.conftest import CHANGED, captured

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n\x00"
PAGE = b"<!doctype html><html><body><article><h1>A title</h1><p>Many words of an article.</p></article>"


def code(name: str, data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        captured(Taken(name, data, CHANGED))
    assert name in str(caught.value)
    return caught.value.code


def test_no_suffix_and_no_media_type_belongs_to_two_formats() -> None:
    for of in ("suffixes", "media_types"):
        count = Counter(s for f in all_formats() for s in getattr(f, of))
        assert not [s for s, times in count.items() if times > 1]


def test_each_format_can_be_told() -> None:
    for found in all_formats():
        assert found.name
        assert found.suffixes or found.media_types
        assert all(s == s.lower() and (s.startswith(".") or not s) for s in found.suffixes)


def test_folders_give_documents_and_no_pictures() -> None:
    assert {".txt", ".html", ".zip", ".doc", ".msg"} <= folder_suffixes()
    assert not folder_suffixes() & {".png", ".jpg", ".xlsx", ""}


@pytest.mark.parametrize(
    ("taken", "wanted"),
    [
        (Taken("a.txt", PAGE, CHANGED), "web page"),
        (Taken("a", b"Words", CHANGED), "text"),
        (Taken("A.TXT", b"Words", CHANGED), "text"),
        (Taken("a.txt", PAGE, CHANGED, "text/plain"), "text"),
        (Taken("a.unknown", b"Words", CHANGED, "text/html"), "web page"),
        (Taken("a.docx", COMPOUND, CHANGED), "attachment"),
        (Taken("a.png", PNG, CHANGED), "attachment"),
    ],
)
def test_bytes_first_then_the_name_and_what_is_stated_before_both(taken: Taken, wanted: str) -> None:
    assert format_of(taken).name == wanted


@pytest.mark.parametrize(
    ("name", "data", "wanted"),
    [
        ("a.txt", b"", "input-empty"),
        ("a.docx", b"", "input-empty"),
        ("a.unknown", b"words", "input-format"),
        ("a.txt", PNG, "input-binary"),
        ("a.html", b"\xff\xd8\xff\xe0", "input-binary"),
        ("a.txt", b"MZ\x90\x00\x03", "input-binary"),
        ("a.txt", b"PK\x03\x04....", "input-binary"),
        ("a.txt", b"words\x00\x00\x00\x01\x02words", "input-binary"),
        ("a.txt", COMPOUND + bytes(500), "input-binary"),
        ("a.zip", b"words", "input-damaged"),
        ("a.html", b"<html><body></body></html>", "input-no-text"),
        ("a.html", b"<html><script>x</script></html>", "input-no-text"),
    ],
)
def test_refused(name: str, data: bytes, wanted: str) -> None:
    assert code(name, data) == wanted


def test_text_that_begins_like_a_program() -> None:
    text = captured(Taken("a.txt", b"MZ is short for the initials of an engineer.", CHANGED)).text
    assert text.startswith("MZ")
