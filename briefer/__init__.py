"""Briefer: an offline composer of briefing notes whose every quotation and citation holds up."""

__version__ = "0.1.0"
