"""What a person prefers, kept outside every library in one ini file of the user's configuration folder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

_RECENT = 8
_Choice = TypeVar("_Choice", bound=StrEnum)


class ThemeChoice(StrEnum):
    """Which of the two sets of colours is used; SYSTEM follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class UiLanguage(StrEnum):
    """The language of the window; SYSTEM follows the desktop."""

    SYSTEM = "system"
    ENGLISH = "en"
    JAPANESE = "ja"


@dataclass(frozen=True)
class Preferences:
    """What the settings dialog edits. ``author`` signs new briefs and the entries of the record."""

    theme: ThemeChoice = ThemeChoice.SYSTEM
    language: UiLanguage = UiLanguage.SYSTEM
    author: str = ""


class Settings:
    """Typed reading and writing of the preferences; an unreadable value counts as unset."""

    def __init__(self, file: Path | None = None) -> None:
        path = file or platformdirs.user_config_path("Briefer", appauthor=False) / "settings.ini"
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def preferences(self) -> Preferences:
        """What the settings dialog shows."""
        return Preferences(
            theme=_choice(ThemeChoice, self._text("theme"), ThemeChoice.SYSTEM),
            language=_choice(UiLanguage, self._text("language"), UiLanguage.SYSTEM),
            author=self._text("author"),
        )

    def store(self, preferences: Preferences) -> None:
        """Keep what the settings dialog was left with."""
        self._store.setValue("theme", preferences.theme.value)
        self._store.setValue("language", preferences.language.value)
        self._store.setValue("author", preferences.author)
        self._store.sync()

    def recent(self) -> tuple[Path, ...]:
        """Return the libraries that were open lately, latest first, as far as they still exist."""
        paths = (Path(line) for line in self._text("recent").split("\n") if line)
        return tuple(path for path in paths if path.exists())

    def remember(self, library: Path) -> None:
        """Put a library at the head of the recent ones."""
        others = [path for path in self.recent() if path != library]
        self._store.setValue("recent", "\n".join(str(path) for path in [library, *others][:_RECENT]))
        self._store.sync()

    def window_state(self, name: str) -> QByteArray | None:
        """Return what was kept of a window's or splitter's sizes."""
        value = self._store.value(f"window/{name}")
        return value if isinstance(value, QByteArray) else None

    def keep_window_state(self, name: str, state: QByteArray) -> None:
        """Keep a window's or splitter's sizes."""
        self._store.setValue(f"window/{name}", state)

    def note(self, name: str) -> str:
        """Return a text that a part of the window keeps under a name of its own; empty where there is none."""
        return self._text(f"notes/{name}")

    def keep_note(self, name: str, text: str) -> None:
        """Keep a text for :meth:`note`."""
        self._store.setValue(f"notes/{name}", text)
        self._store.sync()

    def _text(self, key: str) -> str:
        value = self._store.value(key)
        return value if isinstance(value, str) else ""


def _choice(kind: type[_Choice], text: str, otherwise: _Choice) -> _Choice:
    return kind(text) if text in set(kind) else otherwise
