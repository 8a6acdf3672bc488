"""One self-contained HTML page. It is also the preview, so its text is told in tags and rules that Qt knows."""

from briefer.export.html.page import to_html

__all__ = ["to_html"]
