"""What encryption costs: each figure is a ratio to the same work on the same library without it, in the same run.

    python benchmarks/encryption.py [LIBRARY]

LIBRARY is copied and not changed; without one, the sample library is taken. Printed: opening (with the key
derived, and with it known), import of 300 short texts, a search not seen before, a repeated one, going through all text, a
backup, and the change itself (in MB a second).
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from briefer.app import LibraryOpener
from briefer.domain.passphrases import Passphrase
from briefer.intake import Intake
from briefer.services.desk import Desk

PASSPHRASE = Passphrase("correct horse battery staple")
ROUNDS = 5
TEXTS = 300
WORDS = ("port", "cable", "trade", "security", "minister", "export")


def timed(do: Callable[[], object]) -> float:
    """Return the seconds of one call."""
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def taken(make: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median of several calls, in seconds."""
    return statistics.median(timed(make) for _ in range(rounds))


def texts(folder: Path) -> Path:
    folder.mkdir()
    for number in range(TEXTS):
        body = "\n\n".join(f"The {word} of day {number} was spoken of at length." for word in WORDS)
        (folder / f"{number}.txt").write_text(f"Report {number}\n\n{body}\n", encoding="utf-8")
    return folder


def measured(path: Path, passphrase: Passphrase | None, given: Path) -> dict[str, float]:
    opener = LibraryOpener(Intake)
    found: dict[str, float] = {}

    def opened() -> Desk:
        return opener.open(path, passphrase=passphrase)

    def fresh() -> None:
        opener.open(path, passphrase=Passphrase(passphrase.text) if passphrase else None).close()

    opened().close()  # modules are loaded, and the file's beginning is in memory
    found["opening, passphrase typed"] = taken(fresh)
    found["opening, key known"] = taken(lambda: opened().close())

    def search(word: str) -> None:
        with closing(opened()) as desk:
            desk.find.excerpts(word, limit=50)

    found["search, library just opened"] = statistics.median(
        timed(lambda w=word: search(w)) for word in WORDS
    )
    with closing(opened()) as desk:
        desk.find.excerpts("port", limit=50)
        found["search, repeated"] = taken(lambda: desk.find.excerpts("port", limit=50), 50)

        def scan() -> None:
            with desk.library.read() as work:
                for source in work.sources.all()[:500]:
                    work.sources.snapshot(source.id)

        found["going through 500 sources"] = taken(scan, 3)
        found["backup"] = taken(lambda: desk.library.backup(path.with_name("copy.briefer")), 3)
        found[f"import of {TEXTS} texts"] = timed(lambda: desk.importing.import_paths([given]))
    return found


def main() -> int:
    opener = LibraryOpener(Intake)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain, locked = folder / "plain.briefer", folder / "locked.briefer"
        if len(sys.argv) > 1:
            shutil.copyfile(sys.argv[1], plain)
        else:
            opener.sample(plain)[0].close()
        opener.open(plain).close()
        shutil.copyfile(plain, locked)
        size = plain.stat().st_size / 1e6
        seconds = timed(lambda: opener.protection(locked).encrypt(PASSPHRASE))
        given = texts(folder / "texts")
        without, with_ = measured(plain, None, given), measured(locked, PASSPHRASE, given)
    print(f"library of {size:.0f} MB; encrypted and compared in {seconds:.1f} s ({size / seconds:.0f} MB/s)")
    for what, base in without.items():
        print(
            f"{what:30} {base * 1e3:10.1f} ms plain {with_[what] * 1e3:10.1f} ms encrypted   ratio {with_[what] / base:6.2f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
