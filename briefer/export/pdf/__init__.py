"""Tagged PDF files (PDF/UA-1), set by typst in this process; nothing is loaded, no program is called."""

from briefer.export.pdf.writer import to_pdf

__all__ = ["to_pdf"]
