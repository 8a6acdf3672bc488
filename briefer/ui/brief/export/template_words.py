"""Roles, reasons and warnings of house templates, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from briefer.domain.templates import Reason, Role, TemplateWarning
from briefer.errors import MESSAGES


def role_name(role: Role) -> str:
    """Return what a person reads for a role."""
    tr = QCoreApplication.translate
    names = {
        Role.TITLE: tr("Template", "Title"),
        Role.SUBTITLE: tr("Template", "Date and addressee"),
        Role.HEADING_1: tr("Template", "Heading 1"),
        Role.HEADING_2: tr("Template", "Heading 2"),
        Role.HEADING_3: tr("Template", "Heading 3"),
        Role.BODY: tr("Template", "Text"),
        Role.QUOTATION: tr("Template", "Quotation"),
        Role.TRANSLATION: tr("Template", "Translation"),
        Role.BULLET: tr("Template", "List with bullets"),
        Role.NUMBERED: tr("Template", "List with numbers"),
        Role.CONTINUED: tr("Template", "List, further paragraph"),
        Role.SOURCE: tr("Template", "Source list"),
        Role.TABLE: tr("Template", "Table"),
        Role.TABLE_TEXT: tr("Template", "Table text"),
        Role.TABLE_HEADING: tr("Template", "Table heading"),
        Role.CAPTION: tr("Template", "Caption"),
        Role.FOOTNOTE: tr("Template", "Footnote"),
        Role.FOOTNOTE_MARK: tr("Template", "Footnote mark"),
        Role.ENDNOTE: tr("Template", "Endnote"),
        Role.ENDNOTE_MARK: tr("Template", "Endnote mark"),
        Role.MARKING: tr("Template", "Marking"),
        Role.MARKING_TEXT: tr("Template", "Marking on the first page"),
        Role.HANDLING: tr("Template", "Handling instructions"),
        Role.PROMPT: tr("Template", "Prompt"),
        Role.CODE: tr("Template", "Code"),
        Role.CODE_TEXT: tr("Template", "Code in a line"),
        Role.LINK: tr("Template", "Link"),
        Role.HEADER: tr("Template", "Header"),
        Role.FOOTER: tr("Template", "Footer"),
        Role.CONTENTS_HEADING: tr("Template", "Contents, heading"),
        Role.CONTENTS_1: tr("Template", "Contents 1"),
        Role.CONTENTS_2: tr("Template", "Contents 2"),
        Role.CONTENTS_3: tr("Template", "Contents 3"),
        Role.ANNEX_HEADING: tr("Template", "Annex, heading"),
    }
    return names.get(role) or role.value.replace("-", " ").capitalize()


def reason_words(reason: Reason) -> str:
    """Return why a style plays its role."""
    tr = QCoreApplication.translate
    return {
        Reason.CHOSEN: tr("Template", "chosen"),
        Reason.BUILT_IN: tr("Template", "Word’s own style for it"),
        Reason.NAME: tr("Template", "by its name"),
        Reason.PLAIN: tr("Template", "text without a style"),
        Reason.ADDED: tr("Template", "the template has none"),
    }[reason]


def warning_words(warning: TemplateWarning) -> str:
    """Return a warning in the window's language, beginning with a capital."""
    data = dict(warning.data)
    if warning.code == "template-role-added":
        data["role"] = role_name(Role(data["role"]))
    text = QCoreApplication.translate("Problems", MESSAGES[warning.code]).format_map(data)
    return text[:1].upper() + text[1:]
