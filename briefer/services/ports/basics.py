"""What several ports share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Progress = Callable[[int, int, str], None]
"""Called with (done, all, name of the present thing)."""


Clock = Callable[[], datetime]
"""Returns the present time, in UTC with its zone."""
