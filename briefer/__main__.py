"""Start-up and logging."""

from __future__ import annotations

import logging
import sys

from briefer.app import main as run


def main() -> int:
    """Run Briefer on the command line's arguments and return the exit status."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
