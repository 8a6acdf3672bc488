"""PDF files: characters into lines, lines into paragraphs, and pages as pictures."""
