"""The command around citation styles: styles."""

from __future__ import annotations

import argparse
from contextlib import closing

from briefer.cli.output import print_json
from briefer.services.desk import Opener

DONE = 0


def styles(opener: Opener, arguments: argparse.Namespace) -> int:
    """List the citation styles, or add or remove one of the user's own."""
    with closing(opener.styles()) as service:
        if arguments.remove is not None:
            service.remove(arguments.remove)
        added = service.add(arguments.add) if arguments.add is not None else None
        if arguments.json:
            print_json(
                [
                    {
                        "name": style.name,
                        "title": style.title,
                        "language": style.language or None,
                        "class": "in-text" if style.in_text else "note",
                        "own": style.own,
                        "problem": style.problem or None,
                    }
                    for style in service.all()
                ]
            )
        elif added is not None:
            print(f"{added.name}  {added.title}")
        elif arguments.remove is None:
            for style in service.all():
                kind = style.problem or ("in the text" if style.in_text else "notes")
                print(f"{style.name}  {style.title}  ({kind}{', own' if style.own else ''})")
    return DONE
