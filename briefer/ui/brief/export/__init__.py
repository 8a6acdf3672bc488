"""The export of a brief: its choices, remembered by form, and the dialog that shows them."""
