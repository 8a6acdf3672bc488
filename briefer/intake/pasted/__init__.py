"""Pasted text: its lines judged one by one, and what of them is the article."""
