"""The page of the template: A4 with its margins; lengths are twentieths of a point."""

from __future__ import annotations

PAPER = {"w": 11906, "h": 16838}
MARGINS = {
    "top": 1474, "right": 1361, "bottom": 1361, "left": 1361, "header": 624, "footer": 567, "gutter": 0,
}  # fmt: skip
TEXT_WIDTH = PAPER["w"] - MARGINS["left"] - MARGINS["right"]
TEXT_HEIGHT = PAPER["h"] - MARGINS["top"] - MARGINS["bottom"]
