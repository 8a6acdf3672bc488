"""The inline rule that makes ``[@id]`` a token of its own."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from briefer.domain.citations import CITATION, parse_citation

TOKEN = "citation"  # noqa: S105 (a kind of token, no secret)


def add_citations(parser: MarkdownIt) -> None:
    """Teach ``parser`` citations; they win over links, which begin with the same bracket."""
    parser.inline.ruler.before("link", TOKEN, _rule)


def _rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the parser's signature)
    if state.src[state.pos] != "[":
        return False
    match = CITATION.match(state.src, state.pos, state.posMax)
    citation = parse_citation(match[1]) if match else None
    if match is None or citation is None:
        return False
    if not silent:
        token = state.push(TOKEN, "", 0)
        token.meta = {TOKEN: citation}
    state.pos = match.end()
    return True
