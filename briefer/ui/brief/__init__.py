"""The Briefs page: the list of briefs, and one brief with its outline, editor and tray of excerpts."""

from __future__ import annotations

from briefer.ui.brief.page import BriefPage

__all__ = ["BriefPage"]
