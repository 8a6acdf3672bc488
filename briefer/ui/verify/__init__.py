"""Checking a document that came back: what became of its quotations, citations and markings."""
