"""Forms: those that come with Briefer, and a library's own, which may stand in their place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import msgspec

from briefer.domain.forms import Form, SectionForm, Variant, faults, id_from
from briefer.domain.trash import TrashKind
from briefer.errors import InputError, UsageError
from briefer.services.changes import Change, Kind
from briefer.services.json_places import lines_of
from briefer.services.ports import Library
from briefer.services.record import Record
from briefer.services.recording import form_notes
from briefer.services.trash import Trash

_PATH = "$."


class Forms:
    """The use cases around forms."""

    def __init__(self, library: Library, built_in: Mapping[str, Form], record: Record, trash: Trash) -> None:
        self._library = library
        self._built_in = dict(built_in)
        self._record = record
        self._trash = trash

    def all(self) -> tuple[Form, ...]:
        """Return the forms that there are: those of Briefer in their order, then further ones of the library."""
        with self._library.read() as work:
            own = {form.id: form for form in work.forms.all()}
        return tuple({**self._built_in, **own}.values())

    def own(self) -> frozenset[str]:
        """Return the ids of the library's own forms."""
        with self._library.read() as work:
            return frozenset(form.id for form in work.forms.all())

    def get(self, form_id: str) -> Form:
        """Return a form. Raises UsageError ``form-unknown``."""
        known = {form.id: form for form in self.all()}
        if form_id not in known:
            raise UsageError("form-unknown", form=form_id, known=", ".join(known))
        return known[form_id]

    def find(self, form_id: str) -> Form | None:
        """Return a form, or None: a brief outlives the form that it was made with."""
        return next((form for form in self.all() if form.id == form_id), None)

    def save(self, form: Form) -> Change:
        """Keep a form in the library; one with the id of a form of Briefer's stands in its place from now on.

        Raises:
            InputError: ``form-field``.
        """
        for path, why in faults(form):
            raise InputError("form-field", name=form.id, line="", field=path, detail=why)
        with self._library.write() as work:
            before = {own.id: own for own in work.forms.all()}.get(form.id)
            work.forms.put(form)
            self._record.note_all(work, form_notes(before, form), [before] if before else ())
        back = (lambda: self.save(before)) if before else (lambda: self.remove(form.id))
        return Change(frozenset({Kind.FORM}), (form.id,), "Change the form", back)

    def duplicate(self, form_id: str, name: str) -> tuple[Form, Change]:
        """Keep a copy of a form under another name and an id of its own. Raises UsageError ``form-unknown``."""
        form = self.get(form_id)
        taken = {known.id for known in self.all()}
        copy = replace(form, id=id_from(form.id, taken), name_en=name, name_ja="")
        return copy, self.save(copy)

    def remove(self, form_id: str) -> Change:
        """Put one of the library's own forms into the trash; Briefer's form of that id counts again.

        Briefs that were made with it keep their sections. Raises UsageError ``form-own-unknown``.
        """
        own = self.own()
        if form_id not in own:
            raise UsageError("form-own-unknown", form=form_id, known=", ".join(sorted(own)) or "none")
        return self._trash.throw(TrashKind.FORM, [form_id], "Remove the form")

    @staticmethod
    def text(form: Form) -> str:
        """Return a form as JSON for people: what is as usual is left out."""
        written = json.dumps(_sparse(msgspec.to_builtins(form)), ensure_ascii=False, indent=2)
        return f"{written}\n"

    @staticmethod
    def read(text: str, name: str) -> Form:
        """Read a form from JSON; ``name`` is that of the file.

        Raises:
            InputError: ``form-field``, with line and field of the first fault.
        """
        try:
            lines = lines_of(text)
        except json.JSONDecodeError as error:
            raise InputError(
                "form-field", name=name, line=f"line {error.lineno}, ", field="JSON", detail=error.msg
            ) from None

        def fault(path: str, why: object) -> InputError:
            nearest = path
            while nearest and nearest not in lines:
                nearest = nearest[: max(nearest.rfind("."), nearest.rfind("["), 0)]
            return InputError(
                "form-field", name=name, line=f"line {lines[nearest]}, ", field=path or "the form", detail=why
            )

        for path in lines:
            if not _is_known(path):
                raise fault(path, "there is no such field")
        try:
            form = msgspec.json.decode(text, type=Form)
        except msgspec.ValidationError as error:
            why, _, place = str(error).partition(" - at `")
            raise fault(place.rstrip("`").removeprefix(_PATH).removeprefix("$"), why) from None
        for path, why in faults(form):
            raise fault(path, why)
        return form


_FIELDS = {
    "": {f.name for f in fields(Form)},
    "sections": {f.name for f in fields(SectionForm)},
    "variants": {f.name for f in fields(Variant)},
}


def _is_known(path: str) -> bool:
    """Whether a path leads to a field of a form, of its sections or variants; names of headings are free."""
    whole, _, last = path.rpartition(".")
    owner = whole.partition("[")[0]
    if path == "" or last.endswith("]") or whole.endswith(".headings"):
        return True
    return last in _FIELDS.get(owner, frozenset()) if "[" in whole or not whole else False


def _sparse(form: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is as usual in the form and its sections."""
    usual, usual_section = (msgspec.to_builtins(one) for one in (Form("", ""), SectionForm("", "")))
    kept = {name: value for name, value in form.items() if name == "id" or value != usual[name]}
    if "sections" in kept:
        kept["sections"] = [
            {name: value for name, value in section.items() if name == "type" or value != usual_section[name]}
            for section in kept["sections"]
        ]
    return kept
