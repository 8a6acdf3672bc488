from __future__ import annotations

import pytest

from briefer.services.ports import Taken
from tests.unit.intake.conftest import CHANGED, captured

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LOCKED = COMPOUND + "Root Entry".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "data", "media_type", "why"),
    [
        ("Note.doc", COMPOUND, "application/msword", "an old Word file (.doc)"),
        ("Mail.MSG", COMPOUND, "application/vnd.ms-outlook", "an Outlook message (.msg)"),
        ("Talk.ppt", COMPOUND, "application/vnd.ms-powerpoint", "an old PowerPoint file (.ppt)"),
        ("Table.xls", COMPOUND, "application/vnd.ms-excel", "an old Excel file (.xls)"),
        ("Photo.jpg", b"\xff\xd8\xff\xe0 rest", "image/jpeg", "a picture"),
        ("Scan.tiff", b"II*\x00 rest", "image/tiff", "a picture or a scan"),
        ("Photo.heic", b"\x00\x00\x00\x18ftypheic", "image/heic", "a picture"),
    ],
)
def test_kept_with_the_reason(name: str, data: bytes, media_type: str, why: str) -> None:
    capture = captured(Taken(name, data, CHANGED))
    assert (capture.media_type, capture.unreadable) == (media_type, why)
    assert capture.title == name.rpartition(".")[0]
    assert capture.kind == "document"
    assert not capture.text
    assert not capture.reading.segments
    assert capture.tool.startswith("Briefer ")


@pytest.mark.parametrize("name", ["Secret.docx", "Secret.xlsx", "Secret.pptx", "Secret.doc", "Secret"])
def test_a_locked_office_file_says_so(name: str) -> None:
    assert captured(Taken(name, LOCKED, CHANGED)).unreadable == (
        "an Office file that is locked with a password"
    )


def test_an_old_file_under_a_new_name() -> None:
    why = captured(Taken("Note.docx", COMPOUND, CHANGED)).unreadable
    assert why == "an old Office file, though it is named .docx"


def test_what_a_message_says_of_a_nameless_picture() -> None:
    capture = captured(Taken("photo", b"\xff\xd8\xff\xe0 rest", CHANGED, "image/jpeg"))
    assert (capture.media_type, capture.unreadable) == ("image/jpeg", "a file that cannot be read")
