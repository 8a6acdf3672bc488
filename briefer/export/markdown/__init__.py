"""Markdown that reads back to the same blocks, with citations as Pandoc reads them."""

from briefer.export.markdown.writer import blocks, to_markdown

__all__ = ["blocks", "to_markdown"]
