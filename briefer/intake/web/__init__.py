"""Saved web pages and web archives."""
