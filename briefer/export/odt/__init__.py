"""OpenDocument texts (ODF 1.3): named styles, notes, numbering and contents that word processors know as such."""

from briefer.export.odt.writer import to_odt

__all__ = ["to_odt"]
