"""The shortcuts of all places, in words, for the list that F1 shows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

Groups = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def shortcut_groups() -> Groups:
    """Return the shortcuts by place."""
    tr = QCoreApplication.translate
    everywhere = (
        ("Ctrl+1", tr("Keys", "Library")),
        ("Ctrl+2", tr("Keys", "Briefs")),
        ("Ctrl+3", tr("Keys", "Coverage")),
        ("Ctrl+4", tr("Keys", "Review imports")),
        ("Ctrl+F", tr("Keys", "Search excerpts")),
        ("Ctrl+N", tr("Keys", "New brief")),
        ("Ctrl+Shift+N", tr("Keys", "New library")),
        ("Ctrl+O", tr("Keys", "Open a library")),
        ("Ctrl+I", tr("Keys", "Import files")),
        ("Ctrl+Z", tr("Keys", "Undo")),
        ("Ctrl+Y", tr("Keys", "Redo")),
        ("Ctrl+Shift+K", tr("Keys", "Check a document")),
        ("Ctrl+Shift+O", tr("Keys", "Forms")),
        ("Ctrl+,", tr("Keys", "Settings: theme, language, author, markings, citation styles")),
        ("Shift+F10", tr("Keys", "Menu of what has the focus")),
        ("F1", tr("Keys", "This list")),
    )
    library = (
        ("Ctrl+Shift+V", tr("Keys", "Paste as a source")),
        ("E", tr("Keys", "Make an excerpt of the selected text")),
        ("T", tr("Keys", "Tag the excerpt")),
        ("N", tr("Keys", "Notes of the excerpt: kind, credibility, speaker, your note")),
        ("S", tr("Keys", "Next suggestion; Enter confirms it")),
        ("Shift+S", tr("Keys", "Confirm all suggestions")),
        ("J", tr("Keys", "Next paragraph")),
        ("K", tr("Keys", "Previous paragraph")),
        ("B", tr("Keys", "Part of the article, or not")),
        ("H", tr("Keys", "Show or hide site furniture")),
        ("P", tr("Keys", "Show or hide the original's pages")),
        ("Ctrl+H", tr("Keys", "Captures of the source")),
        ("F2", tr("Keys", "Edit the source")),
        ("Delete", tr("Keys", "Remove what is chosen")),
        ("Ctrl+D", tr("Keys", "Save the search")),
        ("Down", tr("Keys", "In the empty search field: searches used lately")),
        ("Shift+arrows, Ctrl+A", tr("Keys", "Choose several excerpts, or all that were found")),
        ("Ctrl+T", tr("Keys", "Tag what is chosen")),
        ("Ctrl+Shift+B", tr("Keys", "Quote what is chosen in a brief")),
        ("Ctrl+Shift+E", tr("Keys", "Export what is chosen")),
        ("Ctrl+Shift+S", tr("Keys", "Similar excerpts")),
        ("Ctrl+Shift+M", tr("Keys", "More from this source")),
        ("Ctrl+Shift+U", tr("Keys", "Where it is used")),
        ("Left, Right", tr("Keys", "On a heading: fold, unfold the group")),
        ("Enter", tr("Keys", "In a list: read it")),
        ("F6", tr("Keys", "Next pane")),
        ("Esc", tr("Keys", "Clear the search field; with several chosen: choose one again")),
    )
    imports = (
        ("Enter, F2", tr("Keys", "Edit title, date or publisher")),
        ("Tab", tr("Keys", "Next field that needs a person, from the last row on to the first")),
        ("A, Ctrl+Enter", tr("Keys", "Accept the source and go on (A outside of title, date and publisher)")),
        (
            "Shift+A, Ctrl+Shift+Enter",
            tr("Keys", "Accept all (Shift+A outside of title, date and publisher)"),
        ),
        ("Delete", tr("Keys", "Remove the source")),
        ("F6", tr("Keys", "Next pane")),
    )
    briefs = (
        ("Ctrl+Shift+D", tr("Keys", "Next meeting: the next brief from the one chosen in the list")),
        ("Ctrl+Enter", tr("Keys", "Add text below")),
        ("Ctrl+B", tr("Keys", "Bold")),
        ("Ctrl+I", tr("Keys", "Italic")),
        ("Ctrl+Alt+3", tr("Keys", "Heading inside the section")),
        ("Ctrl+Shift+L", tr("Keys", "List")),
        ("Ctrl+Shift+7", tr("Keys", "Numbered list")),
        ("Tab, Shift+Tab", tr("Keys", "In a list: a level deeper, higher; in a table: next, former cell")),
        ("Ctrl+Shift+.", tr("Keys", "Block quotation")),
        ("Ctrl+Shift+V", tr("Keys", "Paste words without their look")),
        ("Ctrl+K", tr("Keys", "Link")),
        ("Ctrl+F12", tr("Keys", "Insert a table")),
        ("Alt+F10", tr("Keys", "Toolbar: arrows go from tool to tool, Esc leads back to the text")),
        ("Alt+T", tr("Keys", "Menu of all that the toolbar has: table, lists, link, headings, Markdown")),
        ("@", tr("Keys", "Search an excerpt and cite it")),
        ("Ctrl+F", tr("Keys", "Find in the brief")),
        ("Ctrl+H", tr("Keys", "Replace in the brief")),
        ("F2, Delete", tr("Keys", "On a quotation: shorten it, remove it")),
        ("Ctrl+Alt+M", tr("Keys", "Show the Markdown, or how it will look")),
        ("Ctrl+Shift+F", tr("Keys", "Search excerpts for the section")),
        (
            "Enter, Ctrl+Enter, Shift+Enter",
            tr("Keys", "In the excerpts: quote, cite, write a sentence that cites"),
        ),
        ("Ctrl+Shift+Q", tr("Keys", "Quote the excerpt")),
        ("Ctrl+Shift+C", tr("Keys", "Cite the excerpt")),
        ("Alt+Up, Alt+Down", tr("Keys", "Move the section or block")),
        ("Ctrl+Alt+N", tr("Keys", "Not for disclosure, or may be used")),
        ("Ctrl+Shift+M", tr("Keys", "Marking of the brief")),
        ("Ctrl+P", tr("Keys", "Preview")),
        ("Ctrl+E", tr("Keys", "Export as chosen last")),
        ("Ctrl+Shift+E", tr("Keys", "All choices of the export")),
        ("Ctrl+.", tr("Keys", "Mend the finding, where that needs no judgement")),
        ("F7", tr("Keys", "What the checks found, and back to the text")),
        ("Ctrl+Shift+H", tr("Keys", "Versions, what changed between them, and back to the text")),
        ("F8", tr("Keys", "Next finding of the checks")),
        ("Shift+F8", tr("Keys", "Previous finding of the checks")),
        ("Alt+Home", tr("Keys", "Back to the list")),
        ("Alt+Left", tr("Keys", "In the source of a citation that was clicked: back to the brief")),
        ("F6", tr("Keys", "Next pane")),
    )
    coverage = (
        ("Arrows", tr("Keys", "Move between cells")),
        ("Enter", tr("Keys", "Show the cell's excerpts")),
        ("Ctrl+Enter", tr("Keys", "New brief on the cell's partner")),
    )
    return (
        (tr("Keys", "Everywhere"), everywhere),
        (tr("Keys", "Library"), library),
        (tr("Keys", "Briefs"), briefs),
        (tr("Keys", "Coverage"), coverage),
        (tr("Keys", "Review imports"), imports),
    )
