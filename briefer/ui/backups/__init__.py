"""Automatic backups in the window: keeping them beside the work, and going back to one."""
