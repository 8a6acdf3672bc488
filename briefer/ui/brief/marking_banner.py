"""The brief's marking across the page, what it comes from, and the small window in which markings are chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.floors import Floor, Mixed, is_below, named
from briefer.domain.markings import MarkingScheme, level_in, level_of, shown
from briefer.ui.brief.export.group import soft
from briefer.ui.brief.export.problem import Problem
from briefer.ui.brief.parts import Part, PartKind
from briefer.ui.marking_box import MarkingBox
from briefer.ui.text import fill

_WIDTH = 460
_TOLD = 90


class MarkingBanner(QPushButton):
    """Shows the marking as the document will, and the portions that it comes from; a click asks for another."""

    chosen = Signal(object, str, str)
    """A :class:`Part`, its new marking (``scheme/level``, a text, or nothing), and why it may be below the floor."""

    def __init__(
        self, schemes: tuple[MarkingScheme, ...], language: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._schemes = schemes
        self._marking = ""
        self._least: Floor | Mixed | None = None
        self.parts: Callable[[], Sequence[Part]] = lambda: (Part(PartKind.BRIEF, "", self._marking),)
        self.setObjectName("marking")
        self._language = language
        self.clicked.connect(self.ask)

    @cached_property
    def popup(self) -> MarkingPopup:
        """The box of markings, which is made when it is first wanted."""
        popup = MarkingPopup(self._schemes, self._language, self)
        popup.chosen.connect(self._take)
        return popup

    def show_marking(self, label: str, least: Floor | Mixed | None = None) -> None:
        """Show a marking, or that there is none, and beside it the least one and from what that comes."""
        marking = shown(label, self._schemes)
        self._marking, self._least = label, least
        name = marking.text if marking else self.tr("Not marked")
        why, below = self._why(label, least)
        told = why if len(why) <= _TOLD else f"{why[:_TOLD]}…"
        self.setText("  ·  ".join(filter(None, (f"▲ {name}" if below else name, told))))
        self.setAccessibleName(fill(self.tr("Marking of the brief: %1"), self.text()))
        self.setToolTip(
            ". ".join(filter(None, (why, self.tr("Markings of the brief and its parts (Ctrl+Shift+M)"))))
        )
        self._style_as(empty=marking is None, below=below)

    def ask(self) -> None:
        """Ask for another marking."""
        place = self.mapToGlobal(QPoint((self.width() - _WIDTH) // 2, self.height()))
        self.popup.show_at(place, self.parts(), self._least)

    def _why(self, label: str, least: Floor | Mixed | None) -> tuple[str, bool]:
        """Return what the marking comes from, and whether it is lower than it must be."""
        if least is None:
            return "", False
        told = named(least.portions, markings=isinstance(least, Mixed))
        if isinstance(least, Mixed):
            return fill(self.tr("these do not compare: %1"), told), True
        if is_below(label, least, self._schemes):
            return fill(self.tr("must be at least %1, because of %2"), least.level.label, told), True
        if level_in(least.scheme, label, self._schemes) == least.level:
            return fill(self.tr("from %1"), told), False
        return fill(self.tr("at least %1, from %2"), least.level.label, told), False

    def _style_as(self, **properties: bool) -> None:
        changed = [name for name, value in properties.items() if self.property(name) != value]
        for name in changed:
            self.setProperty(name, properties[name])
        if changed:
            self.style().unpolish(self)
            self.style().polish(self)

    def _take(self, part: Part, marking: str, reason: str) -> None:
        self.popup.hide()
        self.chosen.emit(part, marking, reason)


class MarkingPopup(QFrame):
    """The box of markings below the banner: of the brief, or of a part of it."""

    chosen = Signal(object, str, str)
    """As :attr:`MarkingBanner.chosen`."""

    def __init__(self, schemes: tuple[MarkingScheme, ...], language: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setFixedWidth(_WIDTH)
        self._schemes = schemes
        self._least: Floor | Mixed | None = None
        self._parts: tuple[Part, ...] = ()
        self._wanted = ""
        title = QLabel(self.tr("Marking"))
        title.setProperty("role", "heading")
        self.of = QComboBox()
        self.of.setAccessibleName(self.tr("Of what"))
        self.box = MarkingBox(schemes, language, self.tr("Not marked"))
        self.box.setAccessibleName(title.text())
        note = soft(
            self.tr(
                "Type a part of a level or of a scheme’s name; Enter takes the first. "
                "For one of your own, choose “Other marking” at the end of the list."
            )
        )
        self.below = Problem()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("Why it may be lower"))
        self.reason.setAccessibleName(self.reason.placeholderText())
        self.lower_it = QPushButton(self.tr("Lower it"))
        self._why = QWidget()
        line = QHBoxLayout(self._why)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.reason, 1)
        line.addWidget(self.lower_it)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(16, 12, 16, 14)
        inner.setSpacing(8)
        for widget in (title, self.of, self.box, note, self.below, self._why):
            inner.addWidget(widget)
        self.box.chosen.connect(self._choose)
        self.of.currentIndexChanged.connect(self._follow)
        self.reason.textChanged.connect(lambda text: self.lower_it.setEnabled(bool(text.strip())))
        self.reason.returnPressed.connect(self._give_reason)
        self.lower_it.clicked.connect(self._give_reason)

    def show_at(self, place: QPoint, parts: Sequence[Part], least: Floor | Mixed | None) -> None:
        """Open below a place of the screen."""
        self._parts, self._least = tuple(parts), least
        self.of.blockSignals(True)
        self.of.clear()
        for part in self._parts:
            self.of.addItem(self._name(part))
        self.of.blockSignals(False)
        self._follow()
        self.box.put_first(self._scheme())
        self.move(place)
        self.show()
        self.box.setFocus()
        # Backwards, so that a long name shows its beginning.
        self.box.line.setSelection(len(self.box.line.text()), -len(self.box.line.text()))

    @property
    def part(self) -> Part:
        """The part whose marking is asked for."""
        return self._parts[self.of.currentIndex()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            # What was typed is not taken when the focus leaves.
            self.box.line.setModified(False)
            self.box.show_marking(self.part.marking)
            self.hide()
        else:
            super().keyPressEvent(event)

    def _scheme(self) -> str:
        """Return a marking of the scheme that this brief has to do with, if any."""
        marked = (part.marking for part in self._parts if level_of(part.marking, self._schemes))
        return next(marked, self._least.marking if isinstance(self._least, Floor) else "")

    def _name(self, part: Part) -> str:
        names = {
            PartKind.BRIEF: self.tr("The brief"),
            PartKind.TITLE: self.tr("Its title, day, audience and author"),
            PartKind.SECTION: self.tr("This section, with all that is in it"),
            PartKind.TEXT: self.tr("This text"),
            PartKind.EXCERPT: self.tr("This excerpt, wherever it is used"),
            PartKind.COMMENT: self.tr("The comment on this excerpt"),
        }
        return names[part.kind]

    def _follow(self, *_row: int) -> None:
        self.box.line.setModified(False)
        self.box.show_marking(self.part.marking)
        self._ask_why("")

    def _choose(self, marking: str) -> None:
        least = self._least
        whole = self.part.kind is PartKind.BRIEF
        if whole and isinstance(least, Floor) and is_below(marking, least, self._schemes):
            self._wanted = marking
            told = self.tr(
                "That is lower than %1, which comes from %2. It is possible for a reason, which the record keeps."
            )
            self._ask_why(fill(told, least.level.label, named(least.portions)))
        else:
            self.chosen.emit(self.part, marking, "")

    def _ask_why(self, sentence: str) -> None:
        self.below.tell(sentence)
        self.reason.clear()
        self.lower_it.setEnabled(False)
        self._why.setVisible(bool(sentence))
        self._fit()
        if sentence:
            self.reason.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()  # in the letters of the theme, which are there by now

    def _fit(self) -> None:
        """Be as high as all lines need: the size that Qt takes by itself is that for a wider window."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))

    def _give_reason(self) -> None:
        if self.reason.text().strip():
            self.chosen.emit(self.part, self._wanted, self.reason.text().strip())
