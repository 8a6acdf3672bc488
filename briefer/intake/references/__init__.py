"""Lists of references, each record a source of its own."""
