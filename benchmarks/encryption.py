"""What encryption costs: each figure is a ratio to the same work on the same library without it, in the same run.

    python benchmarks/encryption.py [LIBRARY]

LIBRARY is copied and not changed; without one, the sample library is taken. Both are measured in turn, by processor time,
because other work on the machine makes the clock a matter of luck; of several rounds the least counts.
"""

from __future__ import annotations

import shutil
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
TEXTS = 60
WORDS = ("port", "cable", "trade", "security", "minister", "export")


def timed(do: Callable[[], object]) -> float:
    """Return the processor seconds of one call."""
    start = time.process_time()
    do()
    return time.process_time() - start


def texts(folder: Path) -> Path:
    folder.mkdir()
    for number in range(TEXTS):
        body = "\n\n".join(
            f"The {word} of day {number} was spoken of at length in {folder.name}." for word in WORDS
        )
        (folder / f"{number}.txt").write_text(f"Report {number}\n\n{body}\n", encoding="utf-8")
    return folder


def measured(path: Path, passphrase: Passphrase | None, given: Path) -> dict[str, float]:
    """Return the seconds of one round."""
    opener = LibraryOpener(Intake)

    def opened(known: Passphrase | None = passphrase) -> Desk:
        return opener.open(path, passphrase=known)

    typed = Passphrase(passphrase.text) if passphrase else None
    found = {
        "opening, passphrase typed": timed(lambda: opened(typed).close()),
        "opening, key known": timed(lambda: opened().close()),
    }
    with closing(opened()) as desk:

        def scan() -> None:
            with desk.library.read() as work:
                for source in work.sources.all()[:500]:
                    work.sources.snapshot(source.id)

        def search(times: int) -> None:
            for word in WORDS * times:
                desk.find.excerpts(word)

        found["searches, just opened"] = timed(lambda: search(1))
        found["searches, repeated"] = timed(lambda: search(20))
        found["reading 500 sources"] = timed(scan)
        found["backup"] = timed(lambda: desk.library.backup(path.with_name("copy.briefer")))
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
        rounds = []
        for number in range(ROUNDS):
            given = [texts(folder / f"{number}{kind}") for kind in "pl"]
            rounds.append((measured(plain, None, given[0]), measured(locked, PASSPHRASE, given[1])))
    print(f"library of {size:.0f} MB; encrypted and compared in {seconds:.1f} s ({size / seconds:.0f} MB/s)")
    for what in rounds[0][0]:
        base, cost = (min(each[kind][what] for each in rounds) for kind in (0, 1))
        print(
            f"{what:26} {base * 1e3:9.1f} ms plain {cost * 1e3:9.1f} ms encrypted   ratio {cost / base:6.2f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
