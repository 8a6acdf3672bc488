"""The dialog of a new brief: form, subjects, particulars, and what will go where."""

from __future__ import annotations

from PySide6.QtCore import QDate, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.assembly import PlannedSection
from briefer.domain.dates import in_words
from briefer.domain.forms import Form
from briefer.domain.markings import MarkingScheme
from briefer.domain.results import BriefSummary, HitPage
from briefer.domain.tags import Tag, TagKind
from briefer.errors import KnownError
from briefer.services.compose import NewBrief
from briefer.services.desk import Desk
from briefer.ui.brief.plan_view import PlanView
from briefer.ui.brief.subject_picker import SubjectPicker
from briefer.ui.context import Context
from briefer.ui.date_field import DateField
from briefer.ui.forms import FormsDialog
from briefer.ui.leaving import ask_to_leave
from briefer.ui.marking_box import MarkingBox
from briefer.ui.pressing import KeyDialog
from briefer.ui.text import counted, fill

_PAUSE_MS = 200
_SEVERAL = 2
_BESIDE = 20  # excerpts that fit less, the newest of them
_Planned = tuple[NewBrief, tuple[PlannedSection, ...], int, tuple[int, ...], HitPage]


class NewBriefDialog(KeyDialog):
    """Asks what the brief shall be; :attr:`wanted` is the answer."""

    def __init__(
        self, context: Context, desk: Desk, subjects: tuple[Tag, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = desk
        self._forms: tuple[Form, ...] = desk.forms.all()
        self._marked = False
        self._given = tuple(dict.fromkeys(subjects))
        self._last: BriefSummary | None = None
        self.setWindowTitle(self.tr("New brief"))
        self.setMinimumSize(960, 600)
        self.resize(1040, 660)
        self._make_fields(context.schemes)
        self.subjects = SubjectPicker(context.vocabulary, context.language)
        self.plan = PlanView(context.vocabulary, context.language)
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask_plan)
        self.form.currentIndexChanged.connect(self._choose_form)
        self.language.currentIndexChanged.connect(self._ask_plan)
        self.subjects.changed.connect(self._change_subjects)
        self.plan.chosen.connect(self._pause.start)
        self.variant.currentIndexChanged.connect(self._ask_plan)
        self.since.changed.connect(self._pause.start)
        self.date.changed.connect(self._follow_date)
        self._choose_form()
        self.subjects.set_tags(subjects)
        self.subjects.field.setFocus()

    @property
    def wanted(self) -> NewBrief:
        """What was asked for."""
        return NewBrief(
            form=str(self.form.currentData()),
            subjects=self.subjects.tags,
            title=self.title.text().strip(),
            meeting_date=self.date.value,
            audience=self.audience.text().strip(),
            author=self._context.settings.preferences.author,
            language=str(self.language.currentData()),
            marking=self.marking.marking,
            variant=str(self.variant.currentData() or ""),
            since=self.since.value or "",
            excluded=self.plan.excluded,
            included=self.plan.included,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._filled:
            ask_to_leave(self, self.tr("Leave without making the brief? What was filled in is lost."))
        else:
            super().keyPressEvent(event)

    @property
    def _filled(self) -> bool:
        """Whether something was said here that would be lost."""
        lines = (self.title, self.audience, self.date.line, self.since.line, self.subjects.field)
        ticked = self.plan.excluded or self.plan.included
        return (
            self._marked or bool(ticked) or self.subjects.tags != self._given or any(x.text() for x in lines)
        )

    def accept(self) -> None:
        """Leave the dialog, unless something stands in a field that would be passed over; the first is gone to."""
        wrong = [field for field in (self.subjects, self.since, self.date) if not field.check()]
        if wrong:
            wrong[0].setFocus()
        else:
            super().accept()

    def _make_fields(self, markings: tuple[MarkingScheme, ...]) -> None:
        language = self._context.language
        self.form = QComboBox()
        self._list_forms()
        usual = self.form.findData("meeting-brief")
        self.form.setCurrentIndex(max(usual, 0))
        self._told_form = QLabel()
        self._told_form.setProperty("role", "soft")
        self._told_form.setWordWrap(True)
        self._told_form.setMinimumHeight(2 * self.fontMetrics().lineSpacing())  # of most forms: less moves
        self._told_form.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.title = QLineEdit()
        self.title.setPlaceholderText(self.tr("From form and subject"))
        self.date = DateField()
        today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        self.date.line.setPlaceholderText(fill(self.tr("such as %1"), today))
        self.last_meeting = QPushButton(self.tr("The last meeting"))
        self.last_meeting.setToolTip(
            self.tr(
                "Only what was published since the meeting before this one, by the briefs for the same partner"
            )
        )
        self.last_meeting.clicked.connect(self._since_last)
        self.since = DateField(beside=self.last_meeting)
        self.since.line.setPlaceholderText(self.tr("any date"))
        self.since.setToolTip(self.tr("Only sources published from that date on, such as 2025-10"))
        self.variant = QComboBox()
        self.audience = QLineEdit()
        self.audience.setPlaceholderText(self.tr("such as the Minister"))
        self.language = QComboBox()
        self.language.addItem("English", "en")
        self.language.addItem("日本語", "ja")
        self.language.setCurrentIndex(self.language.findData(language))
        self.marking = MarkingBox(markings, language, self.tr("None"))
        self.marking.chosen.connect(self._keep_marking)

    def _lay_out(self) -> None:
        fields = QFormLayout()
        fields.setVerticalSpacing(7)
        fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, field in (
            (self.tr("&Form"), self._form_row()),
            ("", self._told_form),
            (self.tr("&Names of sections"), self.variant),
            (self.tr("A&bout"), self.subjects),
            (self.tr("Published &since"), self.since),
            (self.tr("&Title"), self.title),
            (self.tr("Meeting &date"), self.date),
            (self.tr("For &whom"), self.audience),
            (self.tr("&Language"), self.language),
            (self.tr("&Marking"), self.marking),
        ):
            label = QLabel(text)
            # The key of a label goes to the field itself: a widget that only holds fields takes no focus.
            label.setBuddy(field.focusProxy() or field)
            fields.addRow(label, field)
        self.problem = QLabel()
        self.problem.setProperty("role", "error")
        self.problem.setWordWrap(True)
        self._told_plan = QLabel(self.tr("What goes where"))
        self._told_plan.setProperty("role", "heading")
        self._told_plan.setWordWrap(True)
        self.told_period = QLabel()
        self.told_period.setProperty("role", "soft")
        self.told_period.setWordWrap(True)
        self.told_period.setTextFormat(Qt.TextFormat.PlainText)
        self.told_period.hide()
        right = QVBoxLayout()
        right.addWidget(self._told_plan)
        right.addWidget(self.told_period)
        right.addWidget(self.plan, 1)
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addLayout(fields, 11)
        columns.addLayout(right, 10)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.make = self.buttons.addButton(self.tr("C&reate"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.make.setProperty("primary", True)
        self.make.setToolTip(self.tr("Ctrl+Enter"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.make.click)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addLayout(columns, 1)
        box.addWidget(self.problem)
        box.addWidget(self.buttons)

    def _form_row(self) -> QWidget:
        self.edit_forms = QPushButton(self.tr("Forms…"))
        self.edit_forms.setToolTip(self.tr("Look at the forms, make and change those of the library"))
        self.edit_forms.clicked.connect(self._show_forms)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.form, 1)
        row.addWidget(self.edit_forms)
        made = QWidget()
        made.setLayout(row)
        made.setFocusProxy(self.form)
        return made

    def _show_forms(self) -> None:
        dialog = FormsDialog(self._context, self)
        dialog.forms_changed.connect(self._read_forms)
        dialog.open()

    def _read_forms(self) -> None:
        self._context.run(self._desk.forms.all, self._take_forms, latest="forms of the new brief")

    def _take_forms(self, forms: tuple[Form, ...]) -> None:
        chosen = self.form.currentData()
        self._forms = forms
        with QSignalBlocker(self.form):
            self._list_forms()
            self.form.setCurrentIndex(max(self.form.findData(chosen), 0))
        self._choose_form()

    def _list_forms(self) -> None:
        self.form.clear()
        for form in self._forms:
            self.form.addItem(form.name(self._context.language), form.id)

    def _keep_marking(self) -> None:
        self._marked = True

    def _choose_form(self) -> None:
        form = self._forms[self.form.currentIndex()]
        if not self._context.preferred_scheme:
            self.marking.put_first(form.marking)
        if not self._marked:
            self.marking.show_marking(form.marking)
        language = self._context.language
        self._told_form.setText(form.description(language))
        chosen = self.variant.currentData()
        with QSignalBlocker(self.variant):
            self.variant.clear()
            self.variant.addItem(self.tr("Of the form"), "")
            for variant in form.variants:
                self.variant.addItem(variant.name(language), variant.id)
            self.variant.setCurrentIndex(max(self.variant.findData(chosen), 0))
        self.variant.setEnabled(bool(form.variants))
        self._ask_plan()

    def _change_subjects(self) -> None:
        self.plan.forget()
        self._pause.start()

    def _since_last(self) -> None:
        subjects, meeting, renewal = self.subjects.tags, self.date.value, self._desk.renewal
        self._context.run(lambda: renewal.last(subjects, meeting), self._show_last, latest="last meeting")

    def _follow_date(self) -> None:
        """Take another last meeting where the meeting moves, unless somebody wrote a period meanwhile."""
        if self._last is not None and self.since.value == self._last.meeting_date:
            self._since_last()

    def _show_last(self, last: BriefSummary | None) -> None:
        self._last = last
        if last is None:
            self.since.line.setPlaceholderText(self.tr("no brief of an earlier meeting"))
        self.since.show_value(last.meeting_date if last else None)

    def _ask_plan(self) -> None:
        wanted, compose = self.wanted, self._desk.compose

        def planned() -> _Planned:
            found = compose.plan(wanted)
            empty = not any(section.choices or section.left_out for section in found)
            outside = compose.outside_period(wanted) if empty and wanted.since else 0
            beside = compose.with_risk_only(wanted, _BESIDE + len(wanted.included))
            return wanted, found, outside, compose.of_each_subject(wanted), beside

        self._context.run(planned, self._show_plan, failed=self._refuse, latest="plan")

    def _show_plan(self, found: _Planned) -> None:
        wanted, planned, outside, each, beside = found
        self.plan.show_plan(planned, beside)
        total = sum(len(section.choices) for section in planned)
        out = any(section.left_out for section in planned)
        why = "" if total or out else self._why_empty(wanted, outside)
        told = [self._combined(wanted.subjects, each), self._period(wanted), why]
        self.told_period.setText(" ".join(filter(None, told)))
        self.told_period.setVisible(any(told))
        count = counted(total, self.tr("1 excerpt"), self.tr("%1 excerpts"))
        self._told_plan.setText(fill(self.tr("What goes where · %1"), count))
        self.problem.setText("")
        self.make.setEnabled(True)

    def _combined(self, subjects: tuple[Tag, ...], each: tuple[int, ...]) -> str:
        """Tell how several subjects go together, as :func:`scope_query` has it, and how many excerpts bear each."""
        if len(subjects) < _SEVERAL:
            return ""
        kinds: dict[TagKind, list[str]] = {}
        for tag, count in zip(subjects, each, strict=True):
            label = self._context.vocabulary.label(tag, self._context.language)
            excerpts = counted(count, self.tr("1 excerpt"), self.tr("%1 excerpts"))
            kinds.setdefault(tag.kind, []).append(f"{label} ({excerpts})")
        either = [self.tr(" or ").join(names) for names in kinds.values()]
        if len(either) == 1:
            return fill(self.tr("Excerpts go in that are tagged %1."), either[0])
        both = self.tr(", and also ").join(either)
        return fill(self.tr("An excerpt goes in only if it is tagged %1."), both)

    def _period(self, wanted: NewBrief) -> str:
        """Tell where the period comes from."""
        last = self._last
        if last is None or not last.meeting_date or wanted.since != last.meeting_date:
            return ""
        day = in_words(last.meeting_date, self._context.language)
        return fill(self.tr("Since the last meeting, on %1: “%2”."), day, last.title)

    def _why_empty(self, wanted: NewBrief, outside: int) -> str:
        names = ", ".join(self._context.vocabulary.label(t, self._context.language) for t in wanted.subjects)
        if not outside:
            return fill(self.tr("No excerpt bears the tags: %1."), names) if names else ""
        fit = counted(outside, self.tr("1 older excerpt fits."), self.tr("%1 older excerpts fit."))
        since = in_words(wanted.since, self._context.language)
        return fill(self.tr("Nothing on %1 was published since %2; %3"), names, since, fit)

    def _refuse(self, error: KnownError) -> None:
        self.plan.clear()
        self.told_period.hide()
        # Before anything was chosen nothing is wrong: the hint stands where the plan will.
        early = error.code == "form-subject" and not self.subjects.tags
        self._told_plan.setText(self._in_words(error) if early else self.tr("What goes where"))
        self.problem.setText("" if early else self._in_words(error))
        self.make.setEnabled(False)

    def _in_words(self, error: KnownError) -> str:
        if error.code == "form-subject":
            return self.tr("Choose what this form is about: a partner or a risk, as its description says.")
        return str(error)
