"""Files into captures: text, what is the article in it, and what the page tells about it."""

from briefer.intake.reader import Intake

__all__ = ["Intake"]
