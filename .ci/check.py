"""Run every gate of the project, in the order in which they fail fastest; stop at the first that fails.

Meant to be started as the README says, by ``uv run --group dev .ci/check.py``, which makes the environment.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from debian import install_line, missing_packages

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent

# Where a fault loses or falsifies somebody's text, nearly every branch has to be exercised. The window and
# the readers of foreign formats are tested too, but a percentage says little about them.
GATED = ("domain", "services", "storage", "export")
GATE = 95

_MEMORY = "/dev/shm"  # noqa: S108 - the folder made there is nobody else's


def _say(text: str) -> None:
    print(f"\n=== {text}", flush=True)


def _stop(text: str) -> None:
    _say(f"FAILED: {text}")
    sys.exit(1)


def _run(name: str, command: list[str], *, env: dict[str, str] | None = None, cwd: Path = ROOT) -> None:
    _say(name)
    started = time.monotonic()
    status = subprocess.run(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, check=False).returncode
    if status:
        _stop(f"{name} (exit status {status}): {' '.join(command)}")
    print(f"({time.monotonic() - started:.0f} s)", flush=True)


def _tool(name: str) -> str:
    return str(SCRIPTS / name)


def _uv() -> str:
    # `uv run` tells its own place to what it runs.
    found = os.environ.get("UV") or shutil.which("uv")
    if not found:
        _stop("uv is not here; start the gates as the README says")
    return str(found)


def _processes() -> str:
    return str(min(os.cpu_count() or 1, 4))


def _folder_in_memory() -> str | None:
    """The folder of the tests' files: in memory where there is enough, because they wait for the disk else.

    A run leaves less than 1 GB.
    """
    with contextlib.suppress(OSError):
        if shutil.disk_usage(_MEMORY).free > 4e9 and os.access(_MEMORY, os.W_OK):
            return _MEMORY
    return None


def _offscreen(home: Path) -> dict[str, str]:
    """The environment of a program that must neither find a screen nor touch the user's own settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "XDG_", "VIRTUAL_ENV", "COV"))}
    return kept | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "USERPROFILE": str(home)}


def check_machine() -> None:
    """Stop with the line to type when Qt could not start here."""
    _say("Qt on this machine")
    missing = missing_packages()
    if missing:
        print("Qt needs shared libraries that are missing here. On Debian and Ubuntu:\n")
        print(f"    {install_line(missing)}")
        _stop("Debian packages are missing")
    with tempfile.TemporaryDirectory() as home:
        _run(
            "Qt starts without a screen",
            [sys.executable, "-c", "from PySide6.QtWidgets import QApplication; QApplication([])"],
            env=_offscreen(Path(home)),
        )


def check_text() -> None:
    """Lint, format, types and the layers."""
    _run("ruff check", [_tool("ruff"), "check", "."])
    _run("ruff format", [_tool("ruff"), "format", "--check", "."])
    _run("mypy", [_tool("mypy"), "--num-workers", _processes()])
    # lint-imports looks for the package on the path, and a console script does not put the folder there.
    _run("import-linter", [_tool("lint-imports"), "--no-logo"], env={**os.environ, "PYTHONPATH": str(ROOT)})


def check_wheel(work: Path) -> Path:
    """Build the wheel, install it alone into a new environment and try the program there."""
    _run("wheel", [_uv(), "build", "--quiet", "--wheel", "--out-dir", str(work / "wheel")])
    (wheel,) = (work / "wheel").glob("*.whl")
    place = work / "environment"
    _run("environment", [_uv(), "venv", "--quiet", "--python", sys.executable, str(place)])
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    _run("wheel installs", [_uv(), "pip", "install", "--quiet", "--python", str(python), str(wheel)])

    away = work / "away"
    away.mkdir()
    env = _offscreen(away)
    briefer = str(python.parent / "briefer")
    _run("briefer --selftest", [briefer, "--selftest"], env=env, cwd=away)
    _run("briefer demo", [briefer, "demo", "--no-window", "--out", str(away / "demo")], env=env, cwd=away)
    if not any(path.stat().st_size for path in (away / "demo").rglob("*.docx")):
        _stop("briefer demo wrote no Word document")
    return wheel


def check_tests(wheel: Path) -> str:
    """Run the tests, then hold the coverage gate; return the line with which pytest closed."""
    _say("pytest")
    closing = ""
    with (
        tempfile.TemporaryDirectory(prefix="briefer-tests-", dir=_folder_in_memory()) as folder,
        subprocess.Popen(
            [
                *(sys.executable, "-m", "pytest", "--cov", "--cov-report=", "--basetemp", folder),
                *("--numprocesses", _processes(), *sys.argv[1:]),
            ],
            cwd=ROOT,
            env={**os.environ, "BRIEFER_WHEEL": str(wheel)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as tests,
    ):
        assert tests.stdout is not None
        for line in tests.stdout:
            print(line, end="", flush=True)
            if re.match(r"=+ .*\b(passed|failed|error|errors|no tests ran)\b.* =+$", line):
                closing = line.strip()
    if tests.returncode:
        _stop(f"pytest (exit status {tests.returncode})")

    include = ",".join(f"briefer/{package}/*" for package in GATED)
    report = [sys.executable, "-m", "coverage", "report", f"--include={include}", f"--fail-under={GATE}"]
    _run(f"coverage of {', '.join(GATED)} is {GATE}% at least", report)
    return closing


def main() -> None:
    """Run all the gates."""
    started = time.monotonic()
    # The tests start Python a hundred times: each would compile afresh all that it imports.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    check_machine()
    check_text()
    with tempfile.TemporaryDirectory(prefix="briefer-check-") as work:
        wheel = check_wheel(Path(work))
        closing = check_tests(wheel)
    _say(f"All gates passed in {time.monotonic() - started:.0f} s; the tests closed with:")
    print(closing)


if __name__ == "__main__":
    main()
