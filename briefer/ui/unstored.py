"""What could not be stored: it stays in the window, and nobody leaves it without having been asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QVBoxLayout, QWidget

from briefer.atomic import write_bytes
from briefer.domain.briefs import Brief
from briefer.errors import KnownError
from briefer.ui.pressing import KeyDialog
from briefer.ui.problems import message
from briefer.ui.text import fill

_NAMED = 6
_LONGEST = 90


@dataclass(frozen=True)
class Unstored:
    """A brief as it is shown, whose last changes could not be stored, or changes of the library by name; and why."""

    brief: Brief | None
    error: KnownError
    changes: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Its first changes, each once, cut where they are long."""
        once = dict.fromkeys(c if len(c) <= _LONGEST else f"{c[:_LONGEST]}…" for c in self.changes)
        return (*tuple(once)[:_NAMED], *(("…",) if len(once) > _NAMED else ()))


def as_text(brief: Brief) -> str:
    """Return what somebody wrote into a brief, with its headings, as Markdown."""

    def parts() -> Iterator[str]:
        yield f"# {brief.title}"
        for section in brief.sections:
            yield f"## {section.heading}"
            yield from (b.markdown or f"> {b.shown or ''} [@{b.excerpt_id}]" for b in section.blocks)

    return "\n\n".join(parts()) + "\n"


class UnstoredDialog(KeyDialog):
    """Says what is not stored and why; staying is what Return and Escape do."""

    def __init__(self, unstored: Unstored, leave: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Not stored yet"))
        self._unstored = unstored
        self.told = QLabel("\n\n".join(self._said(unstored)))
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.stay = buttons.addButton(self.tr("&Stay"), QDialogButtonBox.ButtonRole.RejectRole)
        self.save = buttons.addButton(self.tr("Save the &text as…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.go = buttons.addButton(self.tr("&Leave without it"), QDialogButtonBox.ButtonRole.DestructiveRole)
        self.stay.clicked.connect(self.reject)
        self.save.clicked.connect(self._ask_target)
        self.save.setVisible(unstored.brief is not None)
        self.go.clicked.connect(self.accept)
        self.accepted.connect(leave)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(self.told)
        box.addWidget(buttons)
        self.setMinimumWidth(520)
        self.stay.setFocus()

    def _said(self, unstored: Unstored) -> tuple[str, str, str]:
        if unstored.brief is None:
            said = self.tr("This is not in the library, because it could not be stored:")
            help_ = self.tr("Stay, do what the sentence above says, and press «Try again» above the page.")
            listed = "\n".join((said, *(f"•  {name}" for name in unstored.named)))
            return listed, message(unstored.error), help_
        said = self.tr("The last changes of “%1” are in this window only, because they could not be stored.")
        help_ = self.tr(
            "Briefer goes on trying every few seconds. Stay, and do what the sentence above says; "
            "or save the text of the brief elsewhere first."
        )
        return fill(said, unstored.brief.title), message(unstored.error), help_

    def write(self, target: Path) -> None:
        """Save the text of the brief into a file, and say so, or why not."""
        assert self._unstored.brief is not None
        text = as_text(self._unstored.brief)
        try:
            write_bytes(target, text.encode("utf-8", "replace"))
        except KnownError as error:
            self.told.setText(message(error))
            return
        self.told.setText(fill(self.tr("The text of the brief is in %1."), target.name))

    def _ask_target(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Save the text of the brief"), "", self.tr("Markdown (*.md)")
        )
        if name:
            self.write(Path(name))
