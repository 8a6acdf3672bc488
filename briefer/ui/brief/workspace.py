"""The open brief: header, outline, editor, and the panels at the right."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from briefer.domain.checks import Remedy, below
from briefer.domain.editing import unwaive, waive
from briefer.domain.findings import Finding, Waiver
from briefer.domain.floors import Floor
from briefer.services.review import Reviewed
from briefer.ui.brief.checks_panel import ChecksPanel
from briefer.ui.brief.editor import Editor
from briefer.ui.brief.export_button import OPTIONS_KEY, ExportButton, ExportedBar
from briefer.ui.brief.find_bar import FindBar
from briefer.ui.brief.finder import Finder
from briefer.ui.brief.header import Header, stacked
from briefer.ui.brief.marking_banner import MarkingBanner
from briefer.ui.brief.moves import Place
from briefer.ui.brief.notices import step
from briefer.ui.brief.offers import OffersBar
from briefer.ui.brief.outline import Outline
from briefer.ui.brief.parts import Part, PartKind, least_marking, marked, parts_at
from briefer.ui.brief.preview import Preview
from briefer.ui.brief.session import BriefSession, Ready
from briefer.ui.brief.sources_bar import SourcesBar
from briefer.ui.brief.steps import Steps
from briefer.ui.brief.tool_user import ToolUser
from briefer.ui.brief.toolbar import Toolbar
from briefer.ui.brief.tray import Tray
from briefer.ui.brief.versions_panel import VersionsPanel
from briefer.ui.context import Context
from briefer.ui.lowering import annotate
from briefer.ui.record.outside import OutsideDialog

_CHECK_MS = 700


class Workspace(QWidget):
    """Assembly and wiring of the parts that work on one brief; it can be put together before there is one."""

    back_wanted = Signal()
    source_wanted = Signal(str)
    """The id of an excerpt whose source shall be opened."""

    def __init__(self, session: BriefSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        context: Context = session.context
        session.setParent(self)
        self.export = ExportButton(session, session.desk.publish.suffixes())
        self.header = Header(self.export)
        self.banner = MarkingBanner(context.schemes, context.language)
        self._exported = ExportedBar()
        self.outline = Outline(session, context.colours)
        self.toolbar = Toolbar()
        self.editor = Editor(session, context.colours)
        self.find_bar = FindBar()
        self.finder = Finder(session, self.editor, self.find_bar)
        self.tray = Tray(session, context.colours)
        self.checks = ChecksPanel(context.colours)
        self.offers = OffersBar(session)
        self.fallen = SourcesBar(session)
        self.versions = VersionsPanel(session)
        self.preview = Preview(session, self.editor.typed.goes_on, lambda: self.export.last.options.style)
        self._panels = {
            "": self.tray,
            "checks": self.checks,
            "versions": self.versions,
            "preview": self.preview,
        }
        lines = (
            self.header.title,
            self.find_bar.wanted,
            self.find_bar.by,
            self.tray.search,
            self.versions.name,
        )
        self.steps = Steps(self.editor, lines, self)
        self.tools = ToolUser(self.editor, self.tray, self.steps, self.toolbar, self._to_tray)
        self._findings: tuple[Finding, ...] = ()
        self._shown_finding = ("", "")
        self._panel = ""
        self._shared = False
        self._right = QStackedWidget()
        self._check = QTimer(self, singleShot=True, interval=_CHECK_MS)
        self._check.timeout.connect(self._ask_findings)
        self._lay_out()
        self._wire(context)
        self._add_keys()
        self.editor.column.painted.connect(self._ask_beside)  # and not before

    def make_ready(self, size: QSize) -> None:
        """Do now what would be done when it is shown for the first time, at about this size."""
        self.resize(size)
        self.editor.make_ahead()
        for part in self.findChildren(QWidget):
            part.ensurePolished()

    def open(self, ready: Ready) -> None:
        """Show a brief, the only one of its life."""
        self._session.begin(ready)
        self._check.stop()
        self.editor.typed.follow(ready.brief.id, self.header.title)
        self.outline.show_current(self.editor.current_section)

    @property
    def session(self) -> BriefSession:
        """The open brief."""
        return self._session

    def flush(self) -> None:
        """Store what was typed."""
        self.editor.flush()

    def show_panel(self, name: str) -> None:
        """Show a panel at the right: ``checks``, ``versions``, ``preview``, or the tray."""
        self.header.show_panel(name)
        if self._in_panel():
            # Else Qt gives the focus to what comes next, and the cursor's section changes under the user.
            self.editor.focus_current()
        self._panel = name
        self._right.setCurrentWidget(self._panels[name])
        if name == "versions":
            self.versions.refresh()
        elif name == "preview":
            self.preview.show_place(self.editor.current_block or self.editor.current_section)
        if name in {"versions", "checks"}:
            self._focus_panel()
        self._share_room()

    def close_session(self) -> None:
        """Store what was typed and let the brief go."""
        self.flush()
        self._check.stop()
        self.offers.close_session()
        self.tray.close_session()
        self._session.close()

    def event(self, event: QEvent) -> bool:
        # Within a brief, Ctrl+F finds in it; elsewhere it is the window's search.
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and _finds(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        replacing = _finds(event)
        if replacing is not None:
            self.finder.ask(replacing=replacing)
        elif event.key() == Qt.Key.Key_Escape and self._panel and self._in_panel():
            self.show_panel("")
        else:
            super().keyPressEvent(event)

    # --- assembly --------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        # From the outside in: whatever gets another parent, and all that is in it, is styled anew by Qt.
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.banner)
        self._inner = inner = QWidget(self)
        outer.addWidget(inner, 1)
        box = QVBoxLayout(inner)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(10)
        for above in (self.header, self._exported, self.fallen, self.offers):
            box.addWidget(above)
        self._split = QSplitter(Qt.Orientation.Horizontal, inner)
        box.addWidget(self._split, 1)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(12)
        middle = stacked(self.toolbar, self.find_bar, self.editor, parent=self._split)
        for pane, least in ((self.outline, 150), (middle, 300), (self._right, 200)):
            pane.setMinimumWidth(least)
            self._split.addWidget(pane)
        for panel in self._panels.values():
            self._right.addWidget(panel)
        for index, stretch in enumerate((0, 1, 0)):
            self._split.setStretchFactor(index, stretch)

    def _wire(self, context: Context) -> None:
        session, editor = self._session, self.editor
        session.brief_changed.connect(self._follow)
        session.evidence_changed.connect(self._show_brief)
        session.figures_changed.connect(self._show_brief)
        context.colours_changed.connect(self._recolour)
        self.header.back_wanted.connect(self.back_wanted)
        self.header.panel_wanted.connect(self.show_panel)
        self.banner.chosen.connect(self._mark)
        self.banner.parts = self._parts
        self.outline.section_chosen.connect(lambda section: editor.jump(section, focus=False))
        self.outline.text_wanted.connect(editor.jump)
        self.outline.before_edit.connect(editor.flush)
        editor.current_changed.connect(self._follow_cursor)
        editor.source_wanted.connect(self.source_wanted)
        editor.excerpt_dropped.connect(self._take_drop)
        self.tray.quote_wanted.connect(editor.insert_quotation)
        self.tray.cite_wanted.connect(editor.cite)
        self.tray.sentence_wanted.connect(editor.write_sentence)
        self.checks.place_wanted.connect(lambda place, words: editor.jump(place, words=words))
        self.checks.waive_wanted.connect(self._waive)
        self.checks.unwaive_wanted.connect(self._unwaive)
        self.checks.mend_wanted.connect(self._mend)
        self.checks.outside_wanted.connect(self._show_outside)
        self.checks.told.connect(context.told)
        self.versions.before_save.connect(self.flush)
        self.offers.before_take.connect(self.flush)
        self.fallen.place_wanted.connect(editor.jump)
        self.export.before_export.connect(self.flush)
        self.export.checks_wanted.connect(lambda: self.show_panel("checks"))
        self._split.splitterMoved.connect(self._keep_room)
        self.export.exported.connect(self._exported.tell)
        self.export.exported.connect(self.preview.refresh)

    def _add_keys(self) -> None:
        for keys, slot in (
            ("Ctrl+Shift+Q", lambda: self.tools.use("quote")),
            ("Ctrl+Shift+C", lambda: self.tools.use("cite")),
            ("Ctrl+Alt+N", self.editor.turn_lane),
            ("Ctrl+Alt+M", lambda: self.tools.use("source")),
            ("Alt+F10", self.toolbar.take_focus),
            ("Ctrl+E", self.export.ask),
            (OPTIONS_KEY, self.export.ask_options),
            ("Ctrl+Shift+M", self.banner.ask),
            ("Ctrl+P", lambda: self.show_panel("" if self.preview.isVisible() else "preview")),
            ("Alt+Home", self.back_wanted.emit),
            ("Ctrl+Shift+F", self._to_tray),
            ("F6", self._next_pane),
            ("F7", partial(self._to_panel, "checks")),
            ("Ctrl+Shift+H", partial(self._to_panel, "versions")),
            ("F8", lambda: self._to_finding(1)),
            ("Shift+F8", lambda: self._to_finding(-1)),
            ("Ctrl+.", self.checks.mend_chosen),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # --- what follows ----------------------------------------------------------------------------------

    def _show_brief(self) -> None:
        brief = self._session.brief
        self.header.show_brief(brief, self._session.figures, self._session.form)
        least = least_marking(brief, self._session.hits, self._session.desk.markings)
        self.banner.show_marking(brief.marking, least)

    def _follow(self, *_briefs: object) -> None:
        self._show_brief()
        self._check.start()

    def _follow_cursor(self, section_id: str, block_id: str) -> None:
        self.outline.show_current(section_id)
        self.tray.show_section(section_id)
        self.preview.show_place(block_id or section_id)

    def _parts(self) -> tuple[Part, ...]:
        here = (self.editor.current_section, self.editor.current_block)
        return parts_at(self._session.brief, self._session.hits, *here)

    def _mark(self, part: Part, marking: str, reason: str) -> None:
        self.editor.flush()
        session = self._session
        if part.kind in {PartKind.EXCERPT, PartKind.COMMENT}:
            self._mark_excerpt(part, marking)
            return
        change = marked(part, marking)
        changed = change(session.brief)
        least = least_marking(changed, session.hits, session.desk.markings)
        if reason and isinstance(least, Floor):
            author = session.context.settings.preferences.author
            low = below(changed.marking, least, session.desk.markings)
            waivers = session.desk.review.waivers([low], reason, author)
            session.edit(self.tr("Lower the marking"), lambda brief: waive(change(brief), waivers))
        else:
            session.edit(self.tr("Change marking"), change)

    def _mark_excerpt(self, part: Part, marking: str) -> None:
        session = self._session
        excerpt = session.hits[part.id].excerpt
        comment = part.kind is PartKind.COMMENT
        changed = (
            replace(excerpt, comment_marking=marking)
            if comment
            else replace(excerpt, marking=marking or None)
        )
        annotate(self, session.context, excerpt, changed)

    def _take_drop(self, excerpt_id: str, place: Place, as_sentence: bool) -> None:
        hit = self.tray.model.find(excerpt_id)
        if hit is not None:
            (self.editor.write_sentence if as_sentence else self.editor.insert_quotation)(hit, place)

    def _ask_beside(self) -> None:
        self._ask_findings()
        self.tray.show_section(self.editor.current_section)

    def _ask_findings(self) -> None:
        if not self._session.settled:
            self._check.start()
            return
        review, brief_id = self._session.desk.review, self._session.brief.id
        self._session.context.run(
            lambda: review.reviewed(brief_id), self._take_findings, latest=f"checks {brief_id}"
        )

    def _take_findings(self, reviewed: Reviewed) -> None:
        brief = self._session.brief
        self.header.show_findings(reviewed.findings)
        self.checks.show_findings(reviewed, brief)
        self.editor.show_findings(reviewed.findings)
        self._findings = reviewed.findings
        self.outline.model.show_findings(reviewed.findings)

    def _to_finding(self, by: int) -> None:
        """Go to the next place at which the checks found something, and say what."""
        here = self.editor.current_block or self.editor.current_section
        # A finding on a section leads to its first text; the next one is counted from the section.
        place, reached = self._shown_finding
        finding = step(self._findings, self._session.brief, place if here == reached else here, by)
        if finding is not None:
            place = finding.block or finding.section
            self.editor.jump(place, words=finding.words)
            self._shown_finding = (place, self.editor.current_block or self.editor.current_section)
            self.checks.choose(finding)
            self.editor.show_notice()

    def _waive(self, finding: Finding, reason: str) -> None:
        session = self._session
        waivers = session.desk.review.waivers([finding], reason, session.context.settings.preferences.author)
        session.edit(self.tr("Let pass"), lambda brief: waive(brief, waivers))

    def _mend(self, made: Remedy) -> None:
        self.editor.flush()
        self._session.edit(made.label, made.change)

    def _show_outside(self) -> None:
        dialog = OutsideDialog(self._session.context, self._session.desk.review, self)
        dialog.finished.connect(self._ask_findings)
        dialog.open()

    def _unwaive(self, waiver: Waiver) -> None:
        self._session.edit(self.tr("Check again"), lambda brief: unwaive(brief, waiver))

    def _to_tray(self) -> None:
        self.show_panel("")
        self.tray.search.setFocus()

    def _to_panel(self, name: str) -> None:
        """Lead into a panel at the right from wherever the focus is, and from there back to the text."""
        if self._panel == name and self._in_panel():
            self.editor.focus_current()
        else:
            self.show_panel(name)

    def _in_panel(self) -> bool:
        """Whether the focus is in the panel at the right."""
        focus = QApplication.focusWidget()
        return isinstance(focus, QWidget) and self._panels[self._panel].isAncestorOf(focus)

    def _focus_panel(self) -> None:
        """Give the focus to the part of the panel at the right that keys are for."""
        if self._panel == "checks":
            self.checks.take_focus()
        else:
            parts = {"": self.tray.view, "versions": self.versions.name}
            parts.get(self._panel, self._panels[self._panel]).setFocus()

    def _next_pane(self) -> None:
        panes: list[QWidget] = [self.outline.view, self.editor, self._panels[self._panel]]
        focus = self.focusWidget()
        here = next((i for i, p in enumerate(panes) if p is focus or p.isAncestorOf(focus)), -1)
        following = panes[(here + 1) % len(panes)]
        if following is self.editor:
            self.editor.jump(self.editor.current_block or self.editor.current_section)
        elif following is self._panels[self._panel]:
            self._focus_panel()
        else:
            following.setFocus()

    def _recolour(self) -> None:
        colours = self._session.context.colours
        for part in (self.outline, self.editor, self.tray, self.checks):
            part.set_colours(colours)

    def _share_room(self) -> None:
        """Give the panes their widths, until the user has chosen others."""
        width = self._split.width() - 2 * self._split.handleWidth()
        if self._shared or width <= 0:
            return
        left = min(250, round(width * 0.2))
        right = min(400, round(width * 0.28)) if self._panel != "preview" else round(width * 0.4)
        self._split.setSizes([left, width - left - right, right])

    def _keep_room(self, *_place: object) -> None:
        self._shared = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Now, not when Qt comes round to it: else the first picture would have other widths than the next.
        for part in (self, self._inner):
            layout = part.layout()
            if layout is not None:
                layout.setGeometry(part.rect())
        self._share_room()


def _finds(event: QKeyEvent) -> bool | None:
    """Return whether a key asks to find (False) or to replace (True), None for other keys."""
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return {Qt.Key.Key_F: False, Qt.Key.Key_H: True}.get(Qt.Key(event.key())) if control else None
