"""Damaged and made-up inputs for everything that reads what comes from outside (`python -m benchmarks.fuzz`)."""
