"""What went wrong, in words: a calm bar for what the user can mend, a report to copy for bugs."""

from __future__ import annotations

import platform
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

import briefer
from briefer.errors import MESSAGES, KnownError

if TYPE_CHECKING:
    from briefer.ui.context import Context

_SHOWN_MS = 15_000
_MARGIN = 12
_WIDEST = 760

# Some sentences advise commands; in the window the same advice has other words.
_IN_WINDOW = {
    "library-missing": "{name}: there is no such library; choose another, or make a new one.",
    "trash-gone": "that is not in the trash any more; it was put back, or deleted for good.",
    "library-encrypted": "{name}: is encrypted and needs its passphrase; open it again.",
    "library-plain": "{name}: is not encrypted.",
    "library-protected": "{name}: is encrypted already.",
    "markings-mixed": "nothing was exported, because these markings do not compare: {portions}; give them markings of one scheme, or choose a releasable version.",
    "confirm-reason": "say why what another program has changed may stand; the reason is kept in the record.",
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
    """Return what helps to find a bug: versions, and types and places of the errors.

    What an error says is left out: it may quote what stands in the library.
    """
    where = "\n".join(
        f"{_place(one)}{type(one).__module__}.{type(one).__qualname__}" for one in _causes(error)
    )
    return (
        f"Briefer {briefer.__version__}, Python {platform.python_version()}, {platform.platform()}\n\n{where}"
    )


def _causes(error: BaseException) -> list[BaseException]:
    """Return an error and those of which it came, the first first."""
    found: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in found:
        found.insert(0, cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return found


def _place(error: BaseException) -> str:
    return "".join(traceback.format_tb(error.__traceback__))


class _Bar(QFrame):
    """A sentence, and a button that takes it away."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.dismiss = QPushButton(self.tr("Dismiss"))
        self.dismiss.setProperty("quiet", True)
        self.dismiss.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 4, 10, 4)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self.dismiss)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says."""
        return self._text.text()

    def _show(self, text: str) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()


class ProblemBar(_Bar):
    """One line under the top edge: what did not work and why, until it is dismissed or is over.

    It does not go by itself: somebody who was away would not learn why nothing happened. Where a change could not be
    stored, it can be stored from here, when what hindered it is over.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("problems", parent)
        self._context = context
        self.again = QPushButton(self.tr("&Try again"))
        self._row.insertWidget(1, self.again)
        self.again.clicked.connect(context.try_again)
        self.dismiss.clicked.connect(context.give_up)
        context.problem_over.connect(self.hide)

    def tell(self, error: KnownError) -> None:
        """Show the sentence for ``error``."""
        self.again.setVisible(self._context.can_try_again)
        self._show(message(error))


class Notice(_Bar):
    """What went well, for a while. It lies over the foot of a page, so that nothing moves under the pointer.

    A page with a line at its foot that must be read all the same tells how high that is, as its ``foot``.
    """

    def __init__(self, over: QStackedWidget) -> None:
        super().__init__("notice", over)
        self._over = over
        over.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self.hide)

    def say(self, text: str) -> None:
        """Show a sentence that tells of nothing wrong."""
        self._show(text)
        self.place()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def place(self) -> None:
        """Lie over the foot of the page that is shown now, in front of it."""
        foot = int(getattr(self._over.currentWidget(), "foot", 0))
        room = self._over.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN - foot)
        line = self.sizeHint().width() - self._text.sizeHint().width()
        line += self._text.fontMetrics().horizontalAdvance(self.text) + _MARGIN
        width = min(line, room.width(), _WIDEST)
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        self.setGeometry(room.center().x() - width // 2, room.bottom() + 1 - height, width, height)
        self.raise_()


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
