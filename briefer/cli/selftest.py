"""``briefer --selftest``: everything is loaded, the whole way is gone with the sample, and nothing goes to a network."""

from __future__ import annotations

import importlib
import pkgutil
import tempfile
from pathlib import Path

import briefer
from briefer import offline
from briefer.cli.demo import export_sample
from briefer.domain.findings import Level
from briefer.services.desk import Opener

_DONE, _RED = 0, 1


def selftest(opener: Opener) -> int:
    """Load every module; build, search, check, export and reopen the sample in a temporary folder; say what works.

    Returns 0 when all of it does and no module of a network was loaded, else 1.
    """
    faults, window = _load_all()
    tried = {f"every module{window and ' but those of the window'} can be loaded": not faults, **_try(opener)}
    clients, attempts = offline.loaded(), offline.attempts()
    tried[
        f"none of {len(offline.CLIENTS)} modules that speak to a network is loaded, and none can be{_named(clients)}"
    ] = not clients
    tried[f"nothing asked for a connection{_named(attempts)}"] = not attempts
    # Python's event loop, which the citation processor's machine rests on, has a socket to itself.
    tried["who asks for a connection to another computer is refused"] = offline.refuses()
    if window:
        print(f"--    the window cannot be loaded here, commands work without it ({window})")
    for fault in faults:
        print(f"      {fault}")
    for what, works in tried.items():
        print(f"{'ok  ' if works else 'FAIL'}  {what}")
    return _DONE if all(tried.values()) else _RED


def _try(opener: Opener) -> dict[str, bool]:
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "selftest.briefer"
        desk, brief_id = opener.sample(library)
        try:
            written = export_sample(desk, brief_id, Path(folder), "selftest")
        finally:
            desk.close()
        desk = opener.open(library)
        try:
            return {
                "library reopens and is sound": not desk.review.doctor(),
                "English search finds excerpts": desk.find.excerpts("rare earth").total > 0,
                "Japanese search finds excerpts": desk.find.excerpts("半導体").total > 0,
                "suggestions are offered": any(
                    desk.collect.source(s.id).suggestions for s in desk.collect.sources()
                ),
                "checks find nothing red": not any(f.level is Level.RED for f in desk.review.check(brief_id)),
                "exports are written": all(path.stat().st_size > 0 for path in written),
            }
        finally:
            desk.close()


def _load_all() -> tuple[list[str], str]:
    """Load every module of the program; return what could not be, and why the window's could not, for which Qt is needed."""
    faults, window = [], ""
    for module in pkgutil.walk_packages(briefer.__path__, "briefer.", onerror=lambda _name: None):
        if module.name == "briefer.__main__":
            continue
        try:
            importlib.import_module(module.name)
        except ImportError as error:
            if not module.name.startswith("briefer.ui"):
                faults.append(f"{module.name}: {error}")
            window = window or (str(error) if module.name.startswith("briefer.ui") else "")
    return faults, window


def _named(found: tuple[str, ...]) -> str:
    return f" ({', '.join(found)})" if found else ""
