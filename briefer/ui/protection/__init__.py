"""Encrypted libraries in the window: asking for a passphrase, choosing, changing and removing one."""
