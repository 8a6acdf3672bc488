"""Tell which Debian packages Qt needs here and does not find.

Run by itself it prints the missing packages on one line, or nothing. It uses the standard library only and
needs no environment, so that it can speak before anything is installed.
"""

from __future__ import annotations

import ctypes
import os
import sys

# The shared objects that Qt's modules and its platform plugins link to, as ldd shows them, and Debian's
# package of each. The wheels carry everything else.
OFFSCREEN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def _found(shared_object: str) -> bool:
    try:
        ctypes.CDLL(shared_object)
    except OSError:
        return False
    return True


def missing_packages() -> list[str]:
    """Return the Debian packages to install before Qt can start, sorted; none on other systems than Linux."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = {**OFFSCREEN, **WINDOW}
    return sorted(package for shared_object, package in wanted.items() if not _found(shared_object))


def install_line(packages: list[str]) -> str:
    """Return the command that installs the packages, for a person to type."""
    sudo = "" if os.name != "posix" or os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get update && {sudo}apt-get install --no-install-recommends -y {' '.join(packages)}"


if __name__ == "__main__":
    print(" ".join(missing_packages()))
