"""Markdown into the document tree."""

from __future__ import annotations

from briefer.markup.markdown import MarkdownMarkup

__all__ = ["MarkdownMarkup"]
