"""House templates: a Word file of the user's own as the frame of a brief.

The brief is written as always, over Briefer's own template; then its body, notes and lists are carried over into
the house's file: styles by the roles that they play, ids renumbered where both have them. So the writer of
the document knows nothing of houses, and what it learns to write reaches them too.
"""

from __future__ import annotations

from briefer.export.docx.house.reader import read_template
from briefer.export.docx.house.writer import to_house_docx

__all__ = ["read_template", "to_house_docx"]
