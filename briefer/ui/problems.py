"""What went wrong, in words: a calm bar for what the user can mend, a report to copy for bugs."""

from __future__ import annotations

import platform
import traceback

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

import briefer
from briefer.errors import MESSAGES, KnownError

_SHOWN_MS = 15_000

# Some sentences advise commands; in the window the same advice has other words.
_IN_WINDOW = {
    "library-missing": "{name}: there is no such library; choose another, or make a new one.",
    "trash-gone": "that is not in the trash any more; it was put back, or deleted for good.",
    "library-encrypted": "{name}: is encrypted and needs its passphrase; open it again.",
    "library-plain": "{name}: is not encrypted.",
    "library-protected": "{name}: is encrypted already.",
    "markings-mixed": "nothing was exported, because these markings do not compare: {portions}; give them markings of one scheme, or choose a releasable version.",
    "not-found": "this {kind} is not in the library any more.",
    "ambiguous": "{kind} {id} fits more than one.",
    "form-subject": "the form {form} needs {needed}.",
    "tag-unknown": "the vocabulary has no {kind} {key}; add it as a free tag.",
}


def message(error: KnownError) -> str:
    """Return the sentence for ``error`` in the window's language, beginning with a capital."""
    sentence = _IN_WINDOW.get(error.code) or MESSAGES[error.code]
    text = QCoreApplication.translate("Problems", sentence).format_map(error.shown)
    return text if text.startswith(str(error.shown.get("name", "\0"))) else text[:1].upper() + text[1:]


def report(error: BaseException) -> str:
    """Return what helps to find a bug: versions and the traceback, nothing of the library's content."""
    where = "".join(traceback.format_exception(error))
    return (
        f"Briefer {briefer.__version__}, Python {platform.python_version()}, {platform.platform()}\n\n{where}"
    )


class ProblemBar(QFrame):
    """One line under the top edge: what did not work and why, until it is dismissed, or a while what went well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        close = QPushButton(self.tr("Dismiss"))
        close.setProperty("quiet", True)
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 10, 4)
        layout.addWidget(self._text, 1)
        layout.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says."""
        return self._text.text()

    @property
    def passing(self) -> bool:
        """Whether it goes away by itself."""
        return self._timer.isActive()

    def tell(self, error: KnownError) -> None:
        """Show the sentence for ``error``."""
        self._show(message(error), calm=False)

    def settle(self) -> None:
        """Take a problem away that is none any more; what went well passes by itself."""
        if not self.property("calm"):
            self.hide()

    def say(self, text: str) -> None:
        """Show a sentence that tells of nothing wrong."""
        self._show(text, calm=True)

    def _show(self, text: str, *, calm: bool) -> None:
        self.setProperty("calm", calm)
        for widget in (self, self._text):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()
        if calm:
            self._timer.start()
        else:  # somebody who was away would not learn why nothing happened
            self._timer.stop()


class BugDialog(QDialog):
    """Tells of a bug, with a report to copy."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Something went wrong"))
        self.resize(640, 420)
        intro = QLabel(
            self.tr(
                "This is a fault of Briefer, not yours. Your library is as it was before the last step. "
                "The report below says where it happened; it contains none of your text."
            )
        )
        intro.setWordWrap(True)
        self._report = QPlainTextEdit(report(error))
        self._report.setReadOnly(True)
        self._report.setAccessibleName(self.tr("Report"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("Copy report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._report.toPlainText()))
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(intro)
        layout.addWidget(self._report, 1)
        layout.addWidget(buttons)
