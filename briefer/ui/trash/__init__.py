"""The trash of the library in the window."""
