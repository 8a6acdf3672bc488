"""Looks at templates for the services."""

from __future__ import annotations

from pathlib import Path

from briefer.domain.templates import MARKING, Template, TemplateField, TemplateWarning
from briefer.export.docx.house.cleaning import clean
from briefer.export.docx.house.fields import fields_in
from briefer.export.docx.house.files import HouseFile, read_house, tree_of
from briefer.export.docx.house.sections import PLACES, Sections
from briefer.export.docx.house.styles import styles_in


def read_template(path: Path) -> Template:
    """Return the styles and fields of a template; nothing that it points to is opened.

    Raises:
        InputError: as :func:`briefer.export.docx.house.files.read_house`.
    """
    house = read_house(path)
    clean(house)
    styles = house.related("styles")
    fields = fields_in(house)
    return Template(
        name=house.name,
        digest=house.digest,
        styles=styles_in(tree_of(styles)) if styles else (),
        fields=fields,
        warnings=(*_left_out(house), *_marking(house, fields)),
    )


def _left_out(house: HouseFile) -> list[TemplateWarning]:
    return [TemplateWarning("template-left-out", (("what", what),)) for what in sorted(house.left_out)]


def _marking(house: HouseFile, fields: tuple[TemplateField, ...]) -> list[TemplateWarning]:
    if not Sections(house).has_any():
        return []
    places = {field.place for field in fields if field.name == MARKING}
    return [TemplateWarning("template-marking-added", (("place", p),)) for p in PLACES if p not in places]
