"""The record of the library in the window."""
