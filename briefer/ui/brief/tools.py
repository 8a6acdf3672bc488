"""What can be done to a text: the tools of the toolbar and of the Text menu, in one list."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True)
class Tool:
    """One tool.

    ``label`` stands on its button where there is room, ``short`` where there is little; ``words`` say what it does, and
    ``keys`` do the same.
    """

    name: str
    label: str
    short: str
    words: str
    keys: str

    @property
    def told(self) -> str:
        """What it does, and by which key."""
        return f"{self.words} ({self.keys})"


def tools() -> tuple[Tool, ...]:
    """Return the tools in their order."""
    tr = QCoreApplication.translate
    return (
        Tool("text", tr("Tools", "+ Text"), "+", tr("Tools", "Add a text below"), "Ctrl+Enter"),
        Tool("bold", tr("Tools", "B"), tr("Tools", "B"), tr("Tools", "Bold"), "Ctrl+B"),
        Tool("italic", tr("Tools", "I"), tr("Tools", "I"), tr("Tools", "Italic"), "Ctrl+I"),
        Tool(
            "heading",
            tr("Tools", "H"),
            tr("Tools", "H"),
            tr("Tools", "Heading inside the section"),
            "Ctrl+Alt+3",
        ),
        Tool("list", tr("Tools", "• List"), "•", tr("Tools", "List"), "Ctrl+Shift+L"),
        Tool("numbered", tr("Tools", "1. List"), "1.", tr("Tools", "Numbered list"), "Ctrl+Shift+7"),
        Tool("block", tr("Tools", "“ ”"), "”", tr("Tools", "Block quotation"), "Ctrl+Shift+."),
        Tool("link", tr("Tools", "Link"), "↗", tr("Tools", "Link"), "Ctrl+K"),
        Tool(
            "quote",
            tr("Tools", "❝ Quote"),
            "❝",
            tr("Tools", "Quote the chosen excerpt below"),
            "Ctrl+Shift+Q",
        ),
        Tool(
            "cite",
            tr("Tools", "@ Cite"),
            "@",
            tr("Tools", "Cite the chosen excerpt at the cursor"),
            "Ctrl+Shift+C",
        ),
        Tool("table", tr("Tools", "Table"), "⊞", tr("Tools", "Insert a table"), "Ctrl+F12"),
        Tool(
            "lane",
            tr("Tools", "⊘ Lane"),
            "⊘",
            tr("Tools", "Not for disclosure, or may be used"),
            "Ctrl+Alt+N",
        ),
        Tool("undo", "↶", "↶", tr("Tools", "Undo"), "Ctrl+Z"),
        Tool("redo", "↷", "↷", tr("Tools", "Redo"), "Ctrl+Y"),
        Tool("source", tr("Tools", "Markdown"), "MD", tr("Tools", "Show the Markdown source"), "Ctrl+Alt+M"),
    )
