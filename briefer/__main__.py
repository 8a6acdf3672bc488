"""Start-up and logging."""

from __future__ import annotations

import logging
import sys


def main() -> int:
    """Run Briefer on the command line's arguments and return the exit status."""
    if sys.argv[1:2] == ["--intake-worker"]:
        # Before anything else is loaded, which a worker would load in vain.
        from briefer.intake.isolation.worker import main as work

        return work(sys.argv[2:])
    if sys.argv[1:2] == ["--keyring-worker"]:
        from briefer.remembering import main as answer

        return answer()
    from briefer.offline import refuse_network

    refuse_network()  # before anything is loaded that may bring a client along
    from briefer.app import main as run

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
