"""Messages of known errors: one clear line, whatever the file says that they are about."""

from __future__ import annotations

from briefer.errors import MESSAGES, InputError


def test_nothing_in_a_message_steers_a_terminal() -> None:
    error = InputError("input-line", name="a\x1b[2Jb\u202ec", line=3, detail="one\r\ntwo\ttabs\ud800")
    assert str(error) == ("a\ufffd[2Jb\ufffdc, line 3: one  two tabs\ufffd, and import the file again.")


def test_a_long_text_is_cut_in_its_middle() -> None:
    error = InputError("input-format", name="x.txt", detail="a" + "(" * 5_000 + "z")
    assert "a((" in str(error)
    assert "((…((" in str(error)
    assert "((z is not known" in str(error)
    assert len(str(error)) < len(MESSAGES["input-format"]) + 450


def test_what_is_printable_stays() -> None:
    error = InputError("input-empty", name="港湾 – می‌خواهم.txt")
    assert str(error).startswith("港湾 – می‌خواهم.txt: ")
