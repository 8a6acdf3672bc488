"""Exchanging: bulk import of the .jsonl form (CLI contract)."""
