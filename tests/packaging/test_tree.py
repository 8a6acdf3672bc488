"""The tree can be handed to anyone: it names no machine, no registry and no lock of one."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import debian
import pytest

# What .gitignore names, for an unpacked archive that git cannot tell of.
IGNORED = frozenset(
    {
        ".git",
        ".hypothesis",
        ".import_linter_cache",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".tools",
        ".venv",
        "__pycache__",
        "build",
        "demo",
        "dist",
        "uv.lock",
    }
)
LOCKS = frozenset({"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "package-lock.json", "pylock.toml"})
# Put together here, so that this file does not name what it looks for.
TELLTALE = re.compile(
    "|".join(
        [
            r"(?<![\w.])/(?:home|Users|root|work|opt)/[\w.-]+/",
            r"\bfiles\.python" + r"hosted\.org\b",
            r"\bpypi\." + r"org/simple\b",
            r"\b(?:index|extra-index|find-links)-url\s*=",
            r"\bregistry\.npm" + r"js\.org\b",
            r"\bdeb\.debian\." + r"org\b",
        ]
    )
)


def _tracked(root: Path) -> list[Path]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True, encoding="utf-8"
        )
        names = [name for name in listed.stdout.split("\0") if name]
        return [root / name for name in names if (root / name).is_file()]
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive, or no git here
        files = [path for path in root.rglob("*") if path.is_file()]
        return [path for path in files if not IGNORED.intersection(path.relative_to(root).parts)]


def test_no_lock_is_kept(root: Path) -> None:
    assert not [path for path in _tracked(root) if path.name in LOCKS]


def test_no_file_names_a_machine_or_a_registry(root: Path) -> None:
    found: dict[str, list[str]] = {}
    for path in _tracked(root):
        data = path.read_bytes()
        # Captured articles name whatever they like, and a compressed file has no words.
        inside = path.relative_to(root)
        if b"\0" in data or {"sample", "golden"}.intersection(inside.parts):
            continue
        if matches := TELLTALE.findall(data.decode("utf-8", "replace")):
            found[inside.as_posix()] = matches
    assert not found


def _code_lines(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines()}


def test_ci_runs_the_command_of_the_readme(root: Path) -> None:
    (command,) = [
        line for line in (root / ".ci" / "run").read_text("utf-8").splitlines() if "check.py" in line
    ]
    assert command in _code_lines((root / "README.md").read_text("utf-8"))


@pytest.mark.parametrize("page", ["README.md"])
def test_debian_packages_of_the_readme_are_those_the_gates_look_for(root: Path, page: str) -> None:
    text = (root / page).read_text("utf-8")
    packages = {*debian.OFFSCREEN.values(), *debian.WINDOW.values()}
    assert not [package for package in sorted(packages) if not re.search(rf"\b{package}\b", text)]


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def _imported_modules(folder: Path) -> set[str]:
    """Names of the outermost packages that the folder's modules import, the standard library's left out."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - {"briefer"}


def test_what_is_declared_is_what_is_imported(root: Path) -> None:
    """A dependency that nothing imports is dead weight; an import that nothing declares works by luck."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {_name(requirement) for requirement in project["dependencies"]}
    modules = _imported_modules(root / "briefer") | _imported_modules(root / "db")
    owners = {m: {_name(owner) for owner in names} for m, names in packages_distributions().items()}

    imported = set().union(*(owners.get(module, set()) for module in modules))
    assert not sorted(declared - imported), "declared, but not imported"
    undeclared = [module for module in sorted(modules) if not owners.get(module, set()) & declared]
    assert not undeclared, "imported, but not declared"


def test_each_dependency_has_its_licence_told(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    notices = (root / "THIRD_PARTY_NOTICES.md").read_text("utf-8").lower().replace("_", "-")
    assert not [r for r in project["dependencies"] if _name(r) not in notices]
