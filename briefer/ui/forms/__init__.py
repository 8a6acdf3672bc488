"""The forms of the library: a list of them, and the fields of one."""

from __future__ import annotations

from briefer.ui.forms.dialog import FormsDialog

__all__ = ["FormsDialog"]
