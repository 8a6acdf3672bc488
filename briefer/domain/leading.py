"""An excerpt as a sentence of prose that says whose words it gives, and cites them."""

from __future__ import annotations

from briefer.domain.documents import Citation, CitedExcerpt, Inlines, Paragraph, Run
from briefer.domain.excerpts import Excerpt
from briefer.domain.printed import without_sign
from briefer.domain.sources import Source

_STOPS = (".", "!", "?", "…")


def cited_sentence(excerpt: Excerpt, source: Source, language: str) -> Paragraph:
    """Return «Asha Menon said: “…”» with a citation, or «According to the Example Wire: “…”» where nobody speaks.

    The words stay between quotation marks: they are those of the source, and a reader must see that they are.
    ``language`` is the brief's (``en`` or ``ja``).
    """
    quote = without_sign(excerpt.quote)
    cited = Citation((CitedExcerpt(excerpt.id),))
    named = excerpt.speaker or source.publisher or source.container
    if not named:
        named = f"「{source.title}」" if language == "ja" else f"“{source.title}”"
    if language == "ja":
        quoted = f"「{quote.rstrip('。')}」"
        before = f"{named}は{quoted}と述べた" if excerpt.speaker else f"{named}によれば、{quoted}"
        return Paragraph((Run(before), cited, Run("。")))
    leads = f"{named} said: " if excerpt.speaker else f"According to {named}: "
    stop = "" if quote.endswith(_STOPS) else "."
    inlines: Inlines = (Run(f"{leads}“{quote}”{stop} "), cited)
    return Paragraph(inlines)
