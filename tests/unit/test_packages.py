from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer import packages
from briefer.errors import InputError
from briefer.packages import Package, is_zip, parse


def packed(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def opened(data: bytes) -> Package:
    return Package("note.docx", data)


def code_of(data: bytes, part: str = "a") -> str:
    with pytest.raises(InputError) as caught:
        opened(data).read(part)
    assert "\n" not in str(caught.value)
    return caught.value.code


def test_parts_are_found_without_case_and_with_backslashes() -> None:
    package = opened(packed({"Word\\Document.xml": "<a/>", "folder/": "", "b": "2"}))
    assert "word/document.xml" in package
    assert "/word/document.xml" in package
    assert package.xml("word/document.xml").tag == "a"
    assert [info.filename for info in package.infos if info.filename == "b"] == ["b"]
    assert len(package.infos) == 2


def test_too_many_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_ENTRIES", 3)
    assert opened(packed(dict.fromkeys("abc", "1"))).read("a") == b"1"
    assert code_of(packed(dict.fromkeys("abcd", "1"))) == "input-unsafe"


def test_entries_are_counted_before_the_directory_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(dict.fromkeys(map(str, range(packages.MOST_ENTRIES + 1)), ""))
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert code_of(data) == "input-unsafe"


def test_bomb_by_ratio() -> None:
    data = packed({"a": bytes(20_000_000)})
    assert len(data) < 100_000
    assert code_of(data) == "input-unsafe"
    # Small files pack as well as that without harm.
    assert len(opened(packed({"a": bytes(9_000_000)})).read("a")) == 9_000_000


def test_bomb_by_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_UNPACKED_MB", 1)
    assert code_of(packed({"a": bytes(600_000), "b": bytes(600_000)})) == "input-unsafe"


def test_part_too_large() -> None:
    data = packed({"a": bytes(2_000_000), "b": b"1"})
    package = Package("note.docx", data, part_mb=1)
    assert package.read("b") == b"1"
    with pytest.raises(InputError, match="more than 1 MB"):
        package.read("a")


def test_a_part_that_states_a_smaller_size_than_it_has() -> None:
    data = bytearray(packed({"a": bytes(100_000)}))
    directory = data.rindex(b"PK\x01\x02")
    for place in (22, directory + 24):
        data[place : place + 4] = (10).to_bytes(4, "little")
    assert code_of(bytes(data)) == "input-damaged"


def test_truncated_and_corrupt() -> None:
    data = packed({"a": bytes(range(256)) * 40}, zipfile.ZIP_STORED)
    assert code_of(data[: len(data) // 2]) == "input-damaged"
    spoilt = bytearray(data)
    spoilt[100] ^= 0xFF
    assert code_of(bytes(spoilt)) == "input-damaged"
    assert code_of(data, "absent") == "input-damaged"
    assert code_of(b"PK\x03\x04") == "input-damaged"


def test_other_compressions_are_refused() -> None:
    assert code_of(packed({"a": "1" * 100}, zipfile.ZIP_LZMA)) == "input-damaged"


def test_encrypted_part() -> None:
    data = bytearray(packed({"a": "1"}))
    directory = data.rindex(b"PK\x01\x02")
    data[6] |= 1
    data[directory + 8] |= 1
    assert code_of(bytes(data)) == "input-locked"


DOCTYPE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"])
def test_document_types_are_refused(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>' if encoding == "utf-7" else ""
    with pytest.raises(InputError) as caught:
        parse((declared + DOCTYPE).encode(encoding), "note.docx", "a")
    assert caught.value.code == "input-unsafe"
    assert "root:" not in str(caught.value)


@pytest.mark.parametrize(
    "markup", ["", "<a>", "no markup", "<a>" * 400 + "</a>" * 400, "<a>&nothing;</a>", '<?xml version="9"?>']
)
def test_markup_that_is_none(markup: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(markup.encode(), "note.docx", "a")
    assert caught.value.code == "input-damaged"


def test_millions_of_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_MARKS", 10)
    assert len(parse(b"<a>" + b"<b/>" * 8 + b"</a>", "note.docx", "a")) == 8
    with pytest.raises(InputError, match="millions"):
        parse(b"<a>" + b"<b/>" * 9 + b"</a>", "note.docx", "a")


@given(st.binary(max_size=400), st.integers(0, 3000), st.integers(0, 300))
def test_any_bytes_are_read_or_refused(noise: bytes, at: int, cut: int) -> None:
    data = bytearray(packed({"[Content_Types].xml": "<Types/>", "mimetype": "x" * 300}))
    data[at : at + len(noise)] = noise
    document = b"PK\x03\x04" + bytes(data)[4 : len(data) - cut]
    assert is_zip(document)
    with contextlib.suppress(InputError):
        package = opened(document)
        assert isinstance(package.media_type, str)
        for info in package.infos:
            package.read(info)
