from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray

from briefer.ui.settings import Preferences, Settings, ThemeChoice, UiLanguage


def test_preferences_come_back(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    wanted = Preferences(ThemeChoice.DARK, UiLanguage.JAPANESE, "A. Author, 経済安全保障室")
    Settings(file).store(wanted)
    assert Settings(file).preferences == wanted


def test_what_cannot_be_read_counts_as_unset(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    file.write_text("[General]\ntheme=purple\nlanguage=\n", encoding="utf-8")
    assert Settings(file).preferences == Preferences()


def test_recent_libraries_latest_first_and_only_those_that_exist(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    paths = [tmp_path / f"{n}, a.briefer" for n in range(10)]
    for path in paths:
        path.touch()
        settings.remember(path)
    settings.remember(paths[8])
    paths[9].unlink()
    assert settings.recent()[:2] == (paths[8], paths[7])
    assert len(settings.recent()) <= 8


def test_window_state(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    assert settings.window_state("geometry") is None
    settings.keep_window_state("geometry", QByteArray(b"\x00\x01"))
    assert settings.window_state("geometry") == QByteArray(b"\x00\x01")
