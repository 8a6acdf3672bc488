"""Files of word processors: Word, OpenDocument, Rich Text."""
