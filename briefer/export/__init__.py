"""Documents into files: one writer a format, all over the same tree."""

from __future__ import annotations

from briefer.export.returns import Returns
from briefer.export.templates import HouseTemplates
from briefer.export.writers import Writers

__all__ = ["HouseTemplates", "Returns", "Writers"]
