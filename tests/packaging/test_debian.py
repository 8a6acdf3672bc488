"""The gates tell a newcomer which Debian packages Qt lacks, before anything fails for want of them."""

from __future__ import annotations

import ctypes
import sys

import debian
import pytest


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Linux on which no shared object is found but the one of libGL."""

    def load(name: str) -> None:
        if name != "libGL.so.1":
            raise OSError(name)

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", load)


@pytest.mark.usefixtures("bare")
def test_packages_of_absent_libraries_are_missing() -> None:
    missing = debian.missing_packages()
    assert "libxcb-cursor0" in missing
    assert "libgl1" not in missing
    assert missing == sorted(missing)


@pytest.mark.usefixtures("bare")
def test_other_systems_lack_no_debian_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert debian.missing_packages() == []


@pytest.mark.parametrize(("user", "sudo"), [(0, False), (1000, True)])
def test_the_line_to_type_fits_the_user(monkeypatch: pytest.MonkeyPatch, user: int, sudo: bool) -> None:
    monkeypatch.setattr("os.geteuid", lambda: user, raising=False)
    line = debian.install_line(["libgl1", "libegl1"])
    assert line.endswith(" libgl1 libegl1")
    assert line.startswith("sudo ") is sudo
