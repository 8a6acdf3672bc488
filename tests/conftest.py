"""What every test stands on: no screen, no network, no user's files, no unexpected log record."""

from __future__ import annotations

import atexit
import gc
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# A home of its own, before anything asks where the user's files are. Qt, platformdirs and Python each look at
# other variables.
_HOME = Path(tempfile.mkdtemp(prefix="briefer-tests-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
for _variable, _folder in {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "runtime",
}.items():
    (_HOME / _folder).mkdir(mode=0o700, exist_ok=True)
    os.environ[_variable] = str(_HOME / _folder)

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("DISPLAY", None)
os.environ.pop("WAYLAND_DISPLAY", None)
# Qt warns about a locale that is not UTF-8, and what it formats must not depend on the developer's.
os.environ["LC_ALL"] = "C.UTF-8"
# Far from UTC, so that a local time where UTC is meant shows.
os.environ["TZ"] = "JST-9"
if hasattr(time, "tzset"):
    time.tzset()

# Two cores shared with other work make any deadline a matter of luck. In CI the examples are the same each
# time: new ones are found at a developer's desk, not in somebody else's change.
hypothesis.settings.register_profile("briefer", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("briefer")


def pytest_collection_finish() -> None:
    """Spare every later collection of garbage the modules and tests, which live to the end."""
    gc.collect()
    gc.freeze()


class _Unexpected(logging.Handler):
    """Keeps the records that no test asked for."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which something logged a warning or worse.

    A test that provokes one says so with ``@pytest.mark.allow_log`` and looks at ``caplog`` itself.
    """
    if request.node.get_closest_marker("allow_log"):
        yield
        return
    unexpected = _Unexpected()
    root = logging.getLogger()
    root.addHandler(unexpected)
    try:
        yield
    finally:
        root.removeHandler(unexpected)
    if unexpected.records:
        told = "\n".join(f"{r.levelname} {r.name}: {r.getMessage()}" for r in unexpected.records)
        pytest.fail(f"Unexpected log records:\n{told}", pytrace=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew; read them before you commit",
    )
