"""One self-contained HTML page, whole or in pieces for the preview: its text is told in tags and rules that Qt knows."""

from briefer.export.html.page import to_html, to_pieces

__all__ = ["to_html", "to_pieces"]
