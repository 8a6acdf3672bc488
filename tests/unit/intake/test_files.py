from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefer.errors import InputError
from briefer.intake import Intake
from briefer.services.ports import IntakeReader, Taken

WHEN = datetime(2025, 1, 1, tzinfo=UTC)


def code(name: str, data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        Intake().read(Taken(name, data, WHEN))
    assert name in str(caught.value)
    return caught.value.code


def test_satisfies_its_port() -> None:
    reader: IntakeReader = Intake()
    assert reader.expand([]) == ()


def test_expand(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "c.pdf", ".hidden.txt", "notes/d.MD"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("words")
    found = Intake().expand([tmp_path / "c.pdf", tmp_path])
    assert [p.name for p in found] == ["c.pdf", "a.html", "b.txt", "d.MD"]


def test_folder_without_readable_files(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    with pytest.raises(InputError) as caught:
        Intake().expand([tmp_path])
    assert caught.value.code == "input-unreadable"


def test_take(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"words")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert Intake().take(path) == Taken("a.txt", b"words", datetime.fromtimestamp(1_700_000_000, UTC))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("none.txt", "input-missing"), ("folder", "input-unreadable"), ("pipe", "input-unreadable")],
)
def test_not_to_be_taken(tmp_path: Path, name: str, wanted: str) -> None:
    (tmp_path / "folder").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
    elif name == "pipe":
        pytest.skip("no pipes on this system")
    with pytest.raises(InputError) as caught:
        Intake().take(tmp_path / name)
    assert caught.value.code == wanted


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_forbidden(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")
    path.chmod(0)
    with pytest.raises(InputError) as caught:
        Intake().take(path)
    assert caught.value.code == "input-unreadable"


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 20_000_001)
    with pytest.raises(InputError) as caught:
        Intake().take(path)
    assert caught.value.code == "input-too-large"
    assert code("a.txt", b"a" * 20_000_001) == "input-too-large"


@pytest.mark.parametrize(
    ("name", "data", "wanted"),
    [
        ("a.txt", b"", "input-empty"),
        ("a.txt", b"%PDF-1.7 ...", "input-format"),
        ("a.pdf", b"%PDF-1.7 ...", "input-format"),
        ("a.txt", b"PK\x03\x04....", "input-format"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "input-format"),
        ("a.rtf", b"{\\rtf1 words}", "input-format"),
        ("a.eml", b"From: someone", "input-format"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00", "input-binary"),
        ("a.html", b"\xff\xd8\xff\xe0", "input-binary"),
        ("a.txt", b"MZ\x90\x00\x03", "input-binary"),
        ("a.txt", b"words\x00\x00\x00\x01\x02words", "input-binary"),
        ("a.html", b"<html><body></body></html>", "input-no-text"),
        ("a.html", b"<html><script>x</script></html>", "input-no-text"),
    ],
)
def test_refused(name: str, data: bytes, wanted: str) -> None:
    assert code(name, data) == wanted


def test_old_word_file_is_explained() -> None:
    with pytest.raises(InputError, match=r"password-protected or old \.doc"):
        Intake().read(Taken("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), WHEN))


def test_text_that_begins_like_a_program() -> None:
    assert (
        Intake()
        .read(Taken("a.txt", b"MZ is short for the initials of an engineer.", WHEN))
        .text.startswith("MZ")
    )
