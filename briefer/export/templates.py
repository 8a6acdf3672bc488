"""House templates for the services; what reads them is imported when one is looked at."""

from __future__ import annotations

from pathlib import Path

from briefer.domain.templates import Template


class HouseTemplates:
    """Reads house templates: Word files of the user's own."""

    def read(self, path: Path) -> Template:
        """Return the styles and fields of a template; nothing that it points to is opened.

        Raises:
            InputError: ``input-missing``, ``input-unreadable``, ``input-empty``, ``input-too-large``,
                ``input-damaged``, ``input-locked``, ``input-unsafe``, ``template-kind``.
        """
        from briefer.export.docx.house import read_template

        return read_template(path)
