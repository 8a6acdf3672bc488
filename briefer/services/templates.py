"""House templates: what a Word file of the user's own offers to a brief, for the window and the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from briefer.domain.templates import (
    MAIN_ROLES,
    OWN_STYLE,
    Casting,
    Filling,
    Reason,
    Template,
    TemplateField,
    TemplateStyle,
    TemplateWarning,
    cast,
)
from briefer.services.ports import TemplateReader


@dataclass(frozen=True)
class TemplateReport:
    """What a template offers, and what Briefer makes of it.

    ``digest`` is the SHA-256 of the file: choices are remembered by it. ``castings`` has every role once, in
    the order of :class:`briefer.domain.templates.Role`; ``styles`` are all that there are to choose from.
    """

    name: str
    digest: str
    styles: tuple[TemplateStyle, ...]
    castings: tuple[Casting, ...]
    fields: tuple[TemplateField, ...]
    warnings: tuple[TemplateWarning, ...]

    def chosen(self) -> tuple[tuple[str, str], ...]:
        """Return what a person chose, as ``ExportOptions.template_styles`` wants it."""
        return tuple(
            (casting.role.value, casting.style or OWN_STYLE)
            for casting in self.castings
            if casting.reason is Reason.CHOSEN
        )


class Templates:
    """The use cases of house templates."""

    def __init__(self, reader: TemplateReader) -> None:
        self._reader = reader

    def look(self, path: Path, chosen: Iterable[tuple[str, str]] = ()) -> TemplateReport:
        """Return what the template at ``path`` offers.

        ``chosen`` are pairs of a role and a style's name or id that a person prefers to the guess; the style
        ``briefer`` means Briefer's own.

        Raises:
            InputError: ``input-missing``, ``input-unreadable``, ``input-damaged``, ``input-locked``,
                ``input-unsafe``, ``template-kind`` for a file that cannot be used.
            UsageError: ``template-role``, ``template-style`` for a choice that cannot be.
        """
        template = self._reader.read(path)
        castings = cast(template.styles, chosen)
        return TemplateReport(
            name=template.name,
            digest=template.digest,
            styles=template.styles,
            castings=castings,
            fields=template.fields,
            warnings=(*template.warnings, *_of_fields(template), *_of_roles(castings)),
        )


def _of_fields(template: Template) -> list[TemplateWarning]:
    found = []
    for field in template.fields:
        if field.filling is Filling.UNKNOWN and not field.control:
            found.append(TemplateWarning("template-field-unknown", (("field", field.name),)))
        elif field.filling is Filling.BLOCKS and field.place != "body":
            data = (("field", field.name), ("place", field.place))
            found.append(TemplateWarning("template-field-place", data))
    return list(dict.fromkeys(found))


def _of_roles(castings: Iterable[Casting]) -> list[TemplateWarning]:
    return [
        TemplateWarning("template-role-added", (("role", casting.role.value),))
        for casting in castings
        if casting.reason is Reason.ADDED and casting.role in MAIN_ROLES
    ]
