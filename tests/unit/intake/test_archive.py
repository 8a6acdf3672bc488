from __future__ import annotations

import io
import struct
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefer.intake import Intake
from briefer.services.ports import Outcome, Taken
from tests.unit.intake.conftest import CHANGED

TEXT = "Port operators agree on parts\n\nThe operators agreed on Tuesday to hold spare parts in common.\n"


def zipped(members: dict[str, bytes | str], compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compress) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def read(data: bytes, name: str = "all.zip") -> list[Outcome]:
    return list(Intake().read([Taken(name, data, CHANGED)]))


def fates(outcomes: list[Outcome]) -> dict[str, str]:
    return {o.taken.name: o.error.code if o.error else "read" for o in outcomes}


def test_members_are_read_each_for_itself_sorted() -> None:
    page = f"<html><body><article><h1>A page</h1><p>{TEXT}</p></article></body></html>"
    outcomes = read(zipped({"b.txt": TEXT, "a/page.html": page, "empty.txt": ""}))
    assert fates(outcomes) == {
        "all.zip/a/page.html": "read",
        "all.zip/b.txt": "read",
        "all.zip/empty.txt": "input-empty",
    }
    assert [o.of for o in outcomes] == [0, 0, 0]
    assert outcomes[1].taken.data == TEXT.encode()


def test_the_time_of_a_member_is_its_own() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.txt", (2024, 5, 6, 7, 8, 10)), TEXT)
        archive.writestr(zipfile.ZipInfo("b.txt", (1980, 0, 0, 0, 0, 0)), TEXT)
    first, second = read(made.getvalue())
    # Zip files have the time of a clock; that of the tests is nine hours before UTC's.
    assert first.taken.modified == datetime(2024, 5, 5, 22, 8, 10, tzinfo=UTC)
    assert second.taken.modified == CHANGED


def test_what_is_no_document_of_the_archive_is_left_out() -> None:
    members: dict[str, bytes | str] = dict.fromkeys(
        (
            "page.html",
            "page_files/frame.html",
            "__MACOSX/._page.txt",
            ".hidden.txt",
            "in/.git/a.txt",
            "picture.png",
            "program.exe",
            "folder/",
        ),
        TEXT,
    )
    assert list(fates(read(zipped(members)))) == ["all.zip/page.html"]


def test_names_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outcomes = read(zipped({"../../up.txt": TEXT, "/etc/top.txt": TEXT, "a\\..\\win.txt": TEXT}))
    assert list(fates(outcomes)) == ["all.zip/a/win.txt", "all.zip/etc/top.txt", "all.zip/up.txt"]
    assert not list(tmp_path.iterdir())


def test_a_link_is_left_out() -> None:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(info, "/etc/passwd")
        archive.writestr("a.txt", TEXT)
    assert list(fates(read(made.getvalue()))) == ["all.zip/a.txt"]


def test_names_in_the_code_page_of_japanese_windows() -> None:
    names = ["経済安全保障の概要.txt", "海底ケーブルの警備.txt"]
    stand_ins = {f"{number}{'x' * (len(n.encode('cp932')) - 5)}.txt": n for number, n in enumerate(names)}
    data = zipped(dict.fromkeys(stand_ins, TEXT), zipfile.ZIP_STORED)
    for stand_in, name in stand_ins.items():
        data = data.replace(stand_in.encode(), name.encode("cp932"))
    assert set(fates(read(data))) == {f"all.zip/{name}" for name in names}


def test_archives_in_archives() -> None:
    data = zipped({"a.txt": TEXT})
    for depth in range(3):
        data = zipped({f"{depth}.zip": data, "b.txt": TEXT})
    outcomes = read(data)
    assert list(fates(outcomes)) == [
        "all.zip/2.zip/1.zip/0.zip/a.txt",
        "all.zip/2.zip/1.zip/b.txt",
        "all.zip/2.zip/b.txt",
        "all.zip/b.txt",
    ]


def test_archives_in_archives_without_end() -> None:
    data = zipped({"a.txt": TEXT})
    for _ in range(8):
        data = zipped({"in.zip": data, "b.txt": TEXT})
    outcomes = read(data)
    assert [o.error.code for o in outcomes if o.error] == ["input-nested"]
    assert sum(o.capture is not None for o in outcomes) == 4


def test_too_many_parts_of_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefer.intake.reader.MOST_PARTS", 7)
    inner = zipped({f"{n}.txt": f"{TEXT}{n}" for n in range(5)})
    outcomes = read(zipped({"a.zip": inner, "b.zip": inner}))
    assert sum(o.capture is not None for o in outcomes) == 5
    assert [o.error.code for o in outcomes if o.error] == ["input-many-parts"]


def test_too_many_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefer.intake.reader.MOST_LINES", 3)
    outcomes = read(zipped({"a.txt": "One.\nTwo.\nThree.\nFour.", "b.txt": "One.\n\nTwo.\n\nThree."}))
    assert fates(outcomes) == {"all.zip/a.txt": "read", "all.zip/b.txt": "input-many-lines"}


def encrypted(data: bytes, name: str) -> bytes:
    """Set the flag of an encrypted member, in its own header and in the directory."""
    made = bytearray(data)
    for mark, flags, length in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = data.find(mark)
        while at >= 0:
            if data[at + length :].startswith(name.encode()):
                made[at + flags] |= 1
            at = data.find(mark, at + 1)
    return bytes(made)


def test_locked_and_damaged_members_do_not_stop_the_others() -> None:
    data = encrypted(zipped({"a.txt": TEXT, "b.txt": TEXT, "c.txt": TEXT}, zipfile.ZIP_STORED), "a.txt")
    at = data.rfind(TEXT.encode())
    data = data[:at] + b"X" + data[at + 1 :]
    assert fates(read(data)) == {
        "all.zip/a.txt": "input-locked",
        "all.zip/b.txt": "read",
        "all.zip/c.txt": "input-damaged",
    }


def test_bombs_are_not_unpacked() -> None:
    assert fates(read(zipped({"a.txt": b"0" * 30_000_000}))) == {"all.zip": "input-unsafe"}
    many = zipped({f"{n}.txt": "" for n in range(5_001)}, zipfile.ZIP_STORED)
    assert fates(read(many)) == {"all.zip": "input-unsafe"}


def test_a_header_that_understates_its_size() -> None:
    """The stated size is what is read at most; what is longer does not fit its checksum."""
    data = zipped({"a.txt": b"words " * 5_000_000}, zipfile.ZIP_STORED)
    small = data.replace(struct.pack("<I", 30_000_000), struct.pack("<I", 10))
    assert fates(read(small))["all.zip/a.txt"] == "input-damaged"


def test_nothing_to_read_in_it() -> None:
    assert fates(read(zipped({}))) == {"all.zip": "input-unreadable"}
    assert fates(read(zipped({"a.exe": "x"}))) == {"all.zip": "input-unreadable"}


def test_a_zip_without_a_suffix() -> None:
    assert fates(read(zipped({"a.txt": TEXT}), "download")) == {"download/a.txt": "read"}


@pytest.mark.parametrize("cut", [10, 60, 200])
def test_cut_off(cut: int) -> None:
    assert fates(read(zipped({"a.txt": TEXT, "b.txt": TEXT})[:cut])) == {"all.zip": "input-damaged"}
