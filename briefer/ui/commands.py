"""Doing what a key would do, for who found it in the list of keys."""

from __future__ import annotations

from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMainWindow, QMenu, QTextEdit, QWidget

from briefer.ui.keys import Groups
from briefer.ui.text import fill


class Commands:
    """What can be done in ``window`` while ``page`` is in front and ``focus`` has the keys.

    ``page`` is the place of its keys among :func:`briefer.ui.keys.shortcut_groups`, None for no page. ``seat`` is
    what the letters among the keys are for, and takes what ``focus`` has no use for.
    """

    def __init__(
        self, window: QMainWindow, page: int | None, focus: QWidget | None, seat: QWidget | None
    ) -> None:
        self._window = window
        self._page = page
        self._seats = tuple(seat for seat in (focus, seat) if seat is not None)

    def in_menus(self) -> Groups:
        """Return the commands that have no key, as a group by menu."""
        rows = [(path, _plain(action)) for path, action in self._of_menus() if not action.shortcuts()]
        return ((QCoreApplication.translate("Keys", "Menus"), tuple(rows)),) if rows else ()

    def why_not(self, group: int, keys: str, what: str) -> str:
        """Return why a row of the list cannot be done now, nothing where it can."""
        tr = QCoreApplication.translate
        if group and self._page is None:
            return tr("Keys", "Open a library first.")
        if (action := self._action(group, keys, what)) is not None:
            return "" if action.isEnabled() else self._why_disabled(action)
        if group != self._page and group:
            return fill(tr("Keys", "That is done on another page: Ctrl+%1 leads there."), f"{group}")
        if _combination(keys) is None:
            return fill(tr("Keys", "Press the keys at the place itself: %1."), keys)
        return ""

    def run(self, group: int, keys: str, what: str) -> bool:
        """Do it; return whether anything took the key."""
        action, shortcut = self._action(group, keys, what), self._shortcut(keys)
        if action is not None:
            action.trigger()
        elif shortcut is not None:
            shortcut.activated.emit()
        elif (button := self._button(keys)) is not None:
            button.click()
        else:
            # A list would look for a letter among its entries.
            seats = self._seats[::-1] if len(keys) == 1 else self._seats
            return any(_press(seat, keys) for seat in seats)
        return True

    def _action(self, group: int, keys: str, what: str) -> QAction | None:
        """Return the action of a row: those of pages may have a key that means something else in a menu."""
        for path, action in self._of_menus():
            if not group and QKeySequence(keys) in action.shortcuts():
                return action
            if (path, _plain(action)) == (keys, what):
                return action
        if group != self._page:
            return None
        found = (a for a in self._window.findChildren(QAction) if QKeySequence(keys) in a.shortcuts())
        menus = {action for _path, action in self._of_menus()}
        return next((a for a in found if a not in menus and _in_sight(a)), None)

    def _shortcut(self, keys: str) -> QShortcut | None:
        wanted = QKeySequence(keys)
        fitting: list[tuple[bool, QShortcut]] = []
        for shortcut in self._window.findChildren(QShortcut):
            place = shortcut.parent()
            if (
                shortcut.key() == wanted
                and shortcut.isEnabled()
                and isinstance(place, QWidget)
                and place.isVisible()
            ):
                fitting.append((any(place.isAncestorOf(seat) for seat in self._seats), shortcut))
        return next((s for _about, s in sorted(fitting, key=lambda one: not one[0])), None)

    def _button(self, keys: str) -> QAbstractButton | None:
        """Return the button in sight that has a key of its own."""
        found = self._window.findChildren(QAbstractButton)
        sequence = QKeySequence(keys)
        return next((b for b in found if b.shortcut() == sequence and b.isVisible() and b.isEnabled()), None)

    def _why_disabled(self, action: QAction) -> str:
        tr = QCoreApplication.translate
        if self._page is None:
            return tr("Keys", "Open a library first.")
        return fill(tr("Keys", "“%1” cannot be done now: there is nothing for it."), _plain(action))

    def _of_menus(self) -> Iterator[tuple[str, QAction]]:
        for action in self._window.menuBar().actions():
            menu = action.menu()
            if isinstance(menu, QMenu):
                yield from _of_menu(menu, _plain(action))


def _of_menu(menu: QMenu, path: str) -> Iterator[tuple[str, QAction]]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _of_menu(inner, f"{path} → {_plain(action)}")
        elif action.text() and not action.isSeparator():
            yield path, action


def _plain(action: QAction) -> str:
    return action.text().partition("\t")[0].replace("&&", "\0").replace("&", "").replace("\0", "&")


def _in_sight(action: QAction) -> bool:
    holders = [action.parent(), *action.associatedObjects()]
    return any(isinstance(holder, QWidget) and holder.isVisible() for holder in holders)


def _combination(keys: str) -> tuple[Qt.Key, Qt.KeyboardModifier] | None:
    sequence = QKeySequence(keys)
    if sequence.count() != 1:
        return None
    combination: QKeyCombination = sequence[0]  # type: ignore[index]  # the stubs do not have it
    if combination.key() is Qt.Key.Key_unknown:
        return None
    return combination.key(), combination.keyboardModifiers()


def _press(seat: QWidget, keys: str) -> bool:
    combination = _combination(keys)
    if combination is None or not shiboken6.isValid(seat):
        return False
    key, modifiers = combination
    letter = keys if len(keys) == 1 else ""
    if letter and isinstance(seat, QLineEdit | QTextEdit) and not seat.isReadOnly():
        return False  # it would be typed
    event = QKeyEvent(QEvent.Type.KeyPress, key.value, modifiers, letter.lower())
    QApplication.sendEvent(seat, event)
    return event.isAccepted()
