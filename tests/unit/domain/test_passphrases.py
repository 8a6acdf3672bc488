from __future__ import annotations

import hashlib

import pytest

from briefer.domain.passphrases import SHORT, Passphrase
from briefer.errors import UsageError


def test_it_is_not_shown() -> None:
    assert "horse" not in f"{Passphrase('correct horse')!r} {Passphrase('correct horse')}"


def test_an_empty_one_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        Passphrase("")
    assert caught.value.code == "passphrase-empty"


@pytest.mark.parametrize(
    ("typed", "same"),
    [("caf\u00e9", "cafe\u0301"), ("two words", "two\u00a0words"), ("二\u3000語", "二 語")],
)
def test_another_keyboard_gives_the_same(typed: str, same: str) -> None:
    assert Passphrase(typed) == Passphrase(same)
    assert Passphrase(typed).key(b"salt" * 4) == Passphrase(same).key(b"salt" * 4)


def test_capitals_and_blanks_count() -> None:
    assert len({Passphrase(text) for text in ("horse", "Horse", " horse", "horse ")}) == 4


def test_the_key_is_that_of_sqlcipher() -> None:
    salt = b"0123456789abcdef"
    passphrase = Passphrase("correct horse")
    expected = hashlib.pbkdf2_hmac("sha512", b"correct horse", salt, 256_000, 32)
    assert passphrase.key(salt) == expected
    assert passphrase.key(salt) is passphrase.key(salt), "reckoned once"
    assert passphrase.key(b"f" * 16) != expected


def test_which_are_short() -> None:
    assert Passphrase("x" * (SHORT - 1)).short
    assert not Passphrase("x" * SHORT).short
