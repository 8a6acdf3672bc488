"""Frozen dataclasses and the rules over them; no input or output."""
