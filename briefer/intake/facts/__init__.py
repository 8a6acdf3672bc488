"""What a text or page tells of itself: title, names, dates, kind, rights, and how sure each is."""
