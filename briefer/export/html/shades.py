"""The colours of a heat map's cells."""

from __future__ import annotations

_LIGHT, _DARK = (0xDB, 0xE7, 0xF3), (0x17, 0x40, 0x6D)
_TURN = 0.665  # where black and white figures can be read equally well


def shade(count: int, most: int) -> tuple[str, str]:
    """Return the colours of a cell's ground and of its figures, ``#rrggbb``: white, then darker up to ``most``.

    The figures' contrast is 4.5:1 or more everywhere (WCAG 2.2, 1.4.3).
    """
    if count <= 0:
        return "#ffffff", "#000000"
    part = count / most
    mixed = [round(light + (dark - light) * part) for light, dark in zip(_LIGHT, _DARK, strict=True)]
    return "#{:02x}{:02x}{:02x}".format(*mixed), "#000000" if part < _TURN else "#ffffff"
