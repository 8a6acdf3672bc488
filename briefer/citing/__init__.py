"""Citations by the Citation Style Language (CSL): citeproc-js behind a host, its HTML into runs.

``CslCiter`` is what the program uses. ``Processor`` opens an ``Engine`` for a style; it takes items, citations
and a language as plain data and gives strings, which is how the official test-suite drives it.
"""

from __future__ import annotations

from briefer.citing.citer import CslCiter
from briefer.citing.engine import Cluster, Engine, Formatted, Processor, ScriptError, SourceList
from briefer.citing.rich_text import RichTextError, inlines_of

__all__ = [
    "Cluster",
    "CslCiter",
    "Engine",
    "Formatted",
    "Processor",
    "RichTextError",
    "ScriptError",
    "SourceList",
    "inlines_of",
]
