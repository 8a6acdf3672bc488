"""The dialogs that the menus open over the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

import briefer
from briefer.ui.commands import Commands
from briefer.ui.context import Context
from briefer.ui.keys import shortcut_groups
from briefer.ui.record.dialog import RecordDialog
from briefer.ui.record.outside import OutsideDialog
from briefer.ui.settings_dialog import SettingsDialog
from briefer.ui.shortcuts import ShortcutsDialog
from briefer.ui.status import CITATIONS
from briefer.ui.styles_pane import StylesPane
from briefer.ui.text import fill
from briefer.ui.trash.dialog import TrashDialog
from briefer.ui.unstored import Unstored, UnstoredDialog
from briefer.ui.verify.dialog import VerifyDialog
from briefer.ui.vocabulary.dialog import VocabularyDialog

if TYPE_CHECKING:
    from briefer.services.desk import Opener


class Dialogs(QObject):
    """Opens each for the library that is open, or for none where it needs none."""

    def __init__(
        self, opener: Opener, context: Context, restyle: Callable[[], None], window: QWidget
    ) -> None:
        """``restyle`` takes up another theme."""
        super().__init__(window)
        self._opener = opener
        self._context = context
        self._restyle = restyle
        self._window = window
        context.leaving.connect(self._ask_to_leave)

    def _ask_to_leave(self, unstored: Unstored, leave: Callable[[], None]) -> None:
        UnstoredDialog(unstored, leave, self._window).open()

    def edit_settings(self) -> None:
        """Show the preferences, and take up what is chosen."""
        styles = StylesPane(self._context, self._opener.styles)
        context, language = self._context, self._context.language
        schemes = [
            (s.id, s.name_ja if language == "ja" and s.name_ja else s.name_en) for s in context.schemes
        ]
        former = context.preferred_scheme
        dialog = SettingsDialog(context.settings.preferences, styles, schemes, former, self._window)
        accepted = dialog.exec()
        wanted, desk = str(dialog.scheme.currentData()), context.desk
        styles.close_service()
        dialog.deleteLater()
        if accepted:
            context.store_preferences(dialog.preferences())
            if desk is not None and wanted != former:
                context.change(lambda: desk.preferred.prefer(wanted))
            # The style sheet is polished anew for every widget, which a click should not wait for.
            QTimer.singleShot(0, self._restyle)

    def check_document(self) -> None:
        """Ask for a Word file, and check it against what was exported."""
        dialog = VerifyDialog(self._context, self._opener.verify, self._window)
        if dialog.ask():
            dialog.open()
        else:
            dialog.deleteLater()

    def show_record(self) -> None:
        """Show what was done in the library."""
        desk = self._context.desk
        if desk is not None:
            dialog = RecordDialog(self._context, desk.record, desk.library.path.name, self._window)
            dialog.outside_wanted.connect(lambda: OutsideDialog(self._context, desk.review, dialog).open())
            dialog.open()

    def show_outside(self) -> None:
        """Show what something else than Briefer has changed in the library."""
        desk = self._context.desk
        if desk is not None:
            OutsideDialog(self._context, desk.review, self._window).open()

    def show_trash(self) -> None:
        """Show what was deleted."""
        desk = self._context.desk
        if desk is not None:
            TrashDialog(self._context, desk.trash, desk.library.path.name, self._window).open()

    def edit_vocabulary(self) -> None:
        """Show the terms of the library."""
        VocabularyDialog(self._context, self._window).open()

    def edit_forms(self) -> None:
        """Show the forms of the library."""
        from briefer.ui.forms import FormsDialog

        FormsDialog(self._context, self._window).open()

    def list_commands(self, commands: Commands, tell: Callable[[str], None]) -> None:
        """List what can be done, and do what is chosen; ``tell`` says where nothing took it."""
        dialog = ShortcutsDialog(shortcut_groups() + commands.in_menus(), commands, self._window)

        def run(group: int, keys: str, what: str) -> None:
            if not commands.run(group, keys, what):
                tell(fill(self.tr("%1 (%2) has nothing to be done with where the cursor is."), what, keys))

        # Once the dialog has gone: what is done may open another.
        dialog.run_wanted.connect(lambda *row: QTimer.singleShot(0, self._window, partial(run, *row)))
        dialog.open()

    def tell_about(self) -> None:
        """Show version and authors."""
        QMessageBox.about(
            self._window,
            self.tr("About Briefer"),
            fill(
                self.tr(
                    "Briefer %1\n\nComposes briefing notes from excerpts of sources. Works offline.\n\n%2"
                ),
                briefer.__version__,
                CITATIONS,
            ),
        )
