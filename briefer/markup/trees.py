"""The tree of a parsed text's blocks. What stands in a line stays a row of tokens.

markdown-it's own tree goes on into the lines, level by level of emphasis, of which a line may open thousands.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

_TOKENS = "tokens"


def block_nodes(tokens: Sequence[Token]) -> list[SyntaxTreeNode]:
    """Return the blocks of a parsed text, with the blocks that they hold, which do not know by what they are held.

    Where they did, each text that is read would be a cycle, and ten thousand of them much for the collector to look through.
    """
    root = SyntaxTreeNode([_leaf(token) if token.children else token for token in tokens])
    for node in root.walk():
        node.parent = None
    return root.children


def line_tokens(node: SyntaxTreeNode) -> Sequence[Token]:
    """Return what stands in the line or lines of a paragraph, heading or cell; nothing where it is empty."""
    child = node.children[0] if node.children else None
    return child.meta.get(_TOKENS, ()) if child else ()


def _leaf(token: Token) -> Token:
    return token.copy(children=None, meta={**token.meta, _TOKENS: token.children})
