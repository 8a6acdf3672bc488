from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from briefer import in_use
from briefer.errors import InputError
from briefer.intake.files import LIMIT_MB, beside_page, expand, printable, take
from briefer.services.ports import Found, Taken
from tests.unit.intake.conftest import CHANGED, captured

unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names, links or rights")
ordinary_user = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)


def put(path: Path, text: str = "words") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def names(found: Iterable[Found]) -> list[str]:
    return [f.path.name for f in found if f.error is None]


def codes(found: tuple[Found, ...]) -> list[tuple[str, str]]:
    return [(f.path.name, f.error.code) for f in found if f.error]


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        take(path)
    assert str(caught.value)
    return caught.value.code


# --- folders -----------------------------------------------------------------------------------------------


def test_a_folder_gives_its_readable_files_sorted(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "c.exe", "d.png", ".hidden.txt", ".git/e.txt", "notes/d.MD"):
        put(tmp_path / name)
    put(tmp_path / "paper", "%PDF-1.7 words")
    found = expand([tmp_path / "c.exe", tmp_path])
    assert names(f for f in found if not f.left_out) == ["c.exe", "a.html", "b.txt", "d.MD", "paper"]
    assert names(f for f in found if f.left_out) == ["c.exe", "d.png"]
    assert codes(found) == []


def test_nothing_readable_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    put(tmp_path / "pictures" / "a.png")
    put(tmp_path / "b.txt")
    found = expand([tmp_path / "pictures", tmp_path / "b.txt", tmp_path / "none.txt"])
    assert names(f for f in found if not f.left_out) == ["b.txt", "none.txt"]
    assert codes(found) == [("pictures", "input-nothing")]


def test_what_a_browser_saved_beside_a_page_is_left_out(tmp_path: Path) -> None:
    for name in ("Page.html", "Page_files/frame.html", "Old.htm", "Old.files/a.txt", "My_files/b.txt"):
        put(tmp_path / name)
    assert names(expand([tmp_path])) == ["b.txt", "Old.htm", "Page.html"]


@pytest.mark.parametrize(
    ("folder", "beside", "wanted"),
    [
        ("Page_files", {"page.html"}, True),
        ("Page.files", {"page.xhtml"}, True),
        ("Page_files", {"other.html"}, False),
        ("Page_files_2", {"page.html"}, False),
        ("files", {"page.html", ".html"}, False),
    ],
)
def test_beside_page(folder: str, beside: set[str], wanted: bool) -> None:
    assert beside_page(folder, beside) is wanted


@unix
def test_links_that_lead_in_a_circle(tmp_path: Path) -> None:
    put(tmp_path / "deep" / "a.txt")
    (tmp_path / "deep" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    found = expand([tmp_path, tmp_path / "self.txt"])
    assert [(f.path.name, f.left_out) for f in found] == [
        ("a.txt", False),
        ("again", True),
        ("self.txt", True),
        ("self.txt", False),
    ]
    assert refused(tmp_path / "self.txt") == "input-unreadable"


@unix
def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(put(tmp_path / "elsewhere" / "a.txt"))
    assert take(tmp_path / "link.txt").data == b"words"


def test_folders_deeper_than_python_recurses(tmp_path: Path) -> None:
    top = here = tmp_path / "d"
    here.mkdir()
    before = Path.cwd()
    try:
        os.chdir(here)
        for _ in range(sys.getrecursionlimit() + 100):
            Path("d").mkdir()
            try:
                os.chdir("d")
            except OSError:  # deeper than the system can go
                break
        found = expand([top])
    finally:
        # What clears the tests' folders away recurses, and would leave this one behind.
        while Path.cwd() != tmp_path:
            gone = Path.cwd().name
            os.chdir("..")
            Path(gone).rmdir()
        os.chdir(before)
    assert found


@unix
@ordinary_user
def test_a_folder_that_may_not_be_listed(tmp_path: Path) -> None:
    closed = put(tmp_path / "closed" / "a.txt").parent
    put(tmp_path / "open" / "b.txt")
    closed.chmod(0)
    try:
        found = expand([tmp_path, closed / "a.txt"])
        assert refused(closed / "a.txt") == "input-unreadable"
    finally:
        closed.chmod(0o700)
    assert names(found) == ["b.txt", "a.txt"]
    assert codes(found) == [("closed", "input-unreadable")]


def test_a_folder_that_goes_away_while_it_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "share" / "a.txt")
    put(tmp_path / "b.txt")
    whole = os.scandir

    def scandir(path: Path) -> Any:
        if path.name == "share":
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), str(path))
        return whole(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = expand([tmp_path])
    assert names(found) == ["b.txt"]
    assert codes(found) == [("share", "input-away")]


def test_ten_thousand_files_at_once(tmp_path: Path) -> None:
    many = [tmp_path / f"{number}.txt" for number in range(10_000)]
    for path in many:
        path.touch()
    assert len(expand(many)) == 10_000
    assert len(expand([tmp_path])) == 10_000


# --- names -------------------------------------------------------------------------------------------------


@unix
@pytest.mark.parametrize("raw", [b"two\nlines.txt", b"caf\xe9.txt", b"\xff\xfe.txt", b"bell\x07.txt"])
def test_names_that_are_no_text(tmp_path: Path, raw: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + raw))
    try:
        path.write_text("words")
    except OSError:
        pytest.skip("the file system takes only names in UTF-8")
    (found,) = expand([tmp_path])
    taken = take(found.path)
    assert taken.data == b"words"
    assert "\ufffd" in taken.name
    taken.name.encode()
    assert taken.name.endswith(".txt")


def test_a_name_that_is_text_stays(tmp_path: Path) -> None:
    assert printable("経済　安全保障 “é” 👩‍👧.txt") == "経済　安全保障 “é” 👩‍👧.txt"


def test_a_name_with_nul(tmp_path: Path) -> None:
    assert expand([tmp_path / "a\0b.txt"]) == (Found(tmp_path / "a\0b.txt"),)
    assert refused(tmp_path / "a\0b.txt") == "input-unreadable"


# --- bytes -------------------------------------------------------------------------------------------------


def test_take(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert take(path) == Taken("a.txt", b"words", datetime.fromtimestamp(1_700_000_000, UTC))


def test_missing_and_folder(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.txt") == "input-missing"
    assert refused(tmp_path) == "input-unreadable"


@unix
def test_a_pipe_and_a_device_are_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert refused(tmp_path / "pipe.txt") == "input-unreadable"
    assert refused(Path("/dev/zero")) == "input-unreadable"


@unix
@ordinary_user
def test_forbidden(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt")
    path.chmod(0)
    assert refused(path) == "input-unreadable"


def test_too_large_to_be_read_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(LIMIT_MB * 1_000_000 + 1)
    assert refused(path) == "input-too-large"


def test_too_large_for_its_format() -> None:
    with pytest.raises(InputError) as caught:
        captured(Taken("a.txt", b"a" * 20_000_001, CHANGED))
    assert caught.value.code == "input-too-large"


def changing(path: Path, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the file grow after each of the first ``times`` openings."""
    whole = in_use.opened
    left = [times]

    def opened(asked: Path) -> BinaryIO:
        file = whole(asked)
        if asked == path and left[0]:
            left[0] -= 1
            with path.open("ab") as other:
                other.write(b" more")
        return file

    monkeypatch.setattr(in_use, "opened", opened)


def test_a_file_that_changes_once_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "a.txt")
    changing(path, 1, monkeypatch)
    assert take(path).data == b"words more"


def test_a_file_that_keeps_changing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "a.txt")
    changing(path, 9, monkeypatch)
    assert refused(path) == "input-changing"


@pytest.mark.parametrize(
    ("fault", "wanted"),
    [
        (OSError(errno.EIO, "Input/output error"), "input-away"),
        (OSError(errno.ENOTCONN, "Transport endpoint is not connected"), "input-away"),
        (OSError(errno.EACCES, "Permission denied"), "input-unreadable"),
        (FileNotFoundError(errno.ENOENT, "No such file"), "input-missing"),
    ],
)
def test_what_the_system_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError, wanted: str
) -> None:
    path = put(tmp_path / "a.txt")

    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(os, "open", fail)
    assert refused(path) == wanted


def test_a_share_that_windows_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Lost(OSError):
        winerror = 64

    def fail(*_: object, **__: object) -> None:
        raise Lost(errno.EINVAL, "The specified network name is no longer available")

    monkeypatch.setattr(Path, "stat", fail)
    assert refused(tmp_path / "a.txt") == "input-away"
