"""The forms of a library's own."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from briefer.domain.forms import Form
from briefer.storage.tables import forms


class SqliteForms:
    """The forms of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Form, ...]:
        """Return the library's own forms, by id."""
        return tuple(self._connection.scalars(select(forms.c.form).order_by(forms.c.id)))

    def put(self, form: Form) -> None:
        """Store a form, new or changed."""
        new = insert(forms).values(id=form.id, form=form)
        self._connection.execute(new.on_conflict_do_update(index_elements=["id"], set_={"form": form}))

    def remove(self, form_id: str) -> None:
        """Take a form out."""
        self._connection.execute(delete(forms).where(forms.c.id == form_id))
