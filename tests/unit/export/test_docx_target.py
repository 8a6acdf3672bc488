"""Targets that cannot be written: the reason and the remedy are told, and the old file stays as it was."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from briefer.domain.documents import Document, Paragraph, Run
from briefer.errors import InputError
from briefer.export import Writers

NOTE = Document("Note", (Paragraph((Run("Text."),)),))
OLD = b"the brief of last week"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    file = tmp_path / "brief.docx"
    file.write_bytes(OLD)
    return file


def refused(target: Path) -> InputError:
    with pytest.raises(InputError) as error:
        Writers().write(NOTE, target)
    assert error.value.code == "export-unwritable"
    assert "choose another folder" in str(error.value)
    return error.value


def failing(code: int) -> object:
    def fail(*_args: object, **_more: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    return fail


def test_a_file_that_another_program_holds(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to replace a file that Word has open."""
    monkeypatch.setattr(Path, "replace", failing(errno.EACCES))
    assert os.strerror(errno.EACCES) in str(refused(target))
    assert "close it in other programs" in str(refused(target))
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


def test_a_full_disk(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
    assert os.strerror(errno.ENOSPC) in str(refused(target))
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


def test_a_folder_without_permission(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", failing(errno.EPERM))
    assert os.strerror(errno.EPERM) in str(refused(target))
    assert target.read_bytes() == OLD


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert os.strerror(errno.ENOENT) in str(refused(tmp_path / "nowhere" / "brief.docx"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "brief.docx"
    folder.mkdir()
    refused(folder)
    assert list(tmp_path.iterdir()) == [folder]


def test_nothing_is_written_of_a_document_that_cannot_be_rendered(target: Path) -> None:
    from briefer.domain.documents import NoteRef

    with pytest.raises(ValueError, match="notes referred to"):
        Writers().write(Document("Note", (Paragraph((NoteRef(1),)),)), target)
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]
