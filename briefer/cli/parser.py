"""The arguments of every command (the contract that docs/command-line.md tells users)."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn

from briefer import __version__
from briefer.cli.correcting import STANDS, add_notes
from briefer.cli.exporting import add_export
from briefer.cli.marking import add_mark
from briefer.cli.recording import add_record, add_remove, add_trashed
from briefer.cli.templating import add_template
from briefer.domain.excerpts import ExcerptKind
from briefer.domain.flags import Standing
from briefer.domain.results import Sort

COMMANDS = (
    "demo",
    "init",
    "import",
    "sources",
    "source",
    "excerpt",
    "tag",
    "confirm",
    "correct",
    "carry",
    "vocabulary",
    "search",
    "compose",
    "briefs",
    "forms",
    "offers",
    "next",
    "compare",
    "uses",
    "export",
    "mark",
    "styles",
    "check",
    "template",
    "verify",
    "doctor",
    "backup",
    "backups",
    "record",
    "remove",
    "trash",
    "rescue",
    "protect",
    "rekey",
    "unprotect",
    "remember",
    "copies",
)


class _Parser(argparse.ArgumentParser):
    """A parser that says in one line what is wrong, and where the usage is told."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; `{self.prog} --help` tells the usage.\n")


def _natural(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text} is no number from 0 on")
    return int(text)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; ``arguments.command`` names the one that was given."""
    parser: argparse.ArgumentParser = _Parser(
        prog="briefer",
        description="Compose briefing notes whose quotations and citations hold up. "
        "`briefer [LIBRARY]` opens the window.",
        epilog="Exit status: 0 done; 1 a check found something red; 2 wrong usage; "
        "3 an input could not be used; 4 the library could not be used.",
    )
    parser.add_argument("--version", action="version", version=f"Briefer {__version__}")
    parser.add_argument(
        "--selftest", action="store_true", help="try everything on the sample and say if it works"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _keeping(commands)
    _recording(commands)
    _protecting(commands)
    _curating(commands)
    _correcting(commands)
    _composing(commands)
    return parser


_Commands = argparse._SubParsersAction  # noqa: SLF001  (argparse gives the type no public name)


def _command(
    commands: _Commands[argparse.ArgumentParser],
    name: str,
    text: str,
    *,
    json: bool = False,
    library: bool = True,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text)
    if library:
        command.add_argument("library", type=Path, metavar="LIBRARY", help="a .briefer file")
        _passphrase(command)
    if json:
        command.add_argument("--json", action="store_true", help="print one JSON document")
    return command


def _passphrase(command: argparse.ArgumentParser, name: str = "--passphrase-file") -> None:
    command.add_argument(
        name, type=Path, metavar="FILE", help="its first line is the passphrase; - is standard input"
    )


def _keeping(commands: _Commands[argparse.ArgumentParser]) -> None:
    demo = _command(
        commands, "demo", "build the sample library, compose its brief and export it", library=False
    )
    demo.add_argument(
        "--out", type=Path, default=Path("briefer-demo"), metavar="DIR", help="default: briefer-demo"
    )
    demo.add_argument("--no-window", action="store_true", help="do not open the window afterwards")
    init = _command(commands, "init", "make a new library")
    init.add_argument("--encrypt", action="store_true", help="encrypt it with a passphrase")
    doctor = _command(commands, "doctor", "look for damage in a library")
    doctor.add_argument("--repair", action="store_true", help="make the search index anew before")
    doctor.add_argument(
        "--confirm",
        nargs="+",
        metavar="ID",
        help="what something else than Briefer has changed stands as it is, because somebody has compared it: "
        "sources, excerpts, briefs, forms and terms as doctor names them",
    )
    doctor.add_argument("--reason", default="", help="why what is confirmed may stand; the record keeps it")
    backup = _command(commands, "backup", "copy a library, also while it is in use")
    backup.add_argument("out", type=Path, metavar="OUT")
    rescue = _command(
        commands, "rescue", "save what can be read of a damaged library into a new one", json=True
    )
    rescue.add_argument("out", type=Path, metavar="OUT")
    backups = _command(
        commands, "backups", "list the automatic backups, make one or go back to one", json=True
    )
    act = backups.add_mutually_exclusive_group()
    act.add_argument("--make", action="store_true", help="make a backup now")
    act.add_argument("--restore", type=int, metavar="N", help="go back to a backup; 1 is the latest")


def _protecting(commands: _Commands[argparse.ArgumentParser]) -> None:
    protect = _command(commands, "protect", "encrypt a library with a passphrase")
    rekey = _command(commands, "rekey", "give an encrypted library another passphrase")
    _passphrase(rekey, "--new-passphrase-file")
    for command in (protect, rekey):
        command.add_argument(
            "--remember", action="store_true", help="leave the passphrase with this computer's keyring"
        )
    _command(commands, "unprotect", "take a library's encryption away")
    remember = _command(commands, "remember", "leave a library's passphrase with this computer's keyring")
    remember.add_argument("--forget", action="store_true", help="take it out of the keyring")
    copies = _command(
        commands, "copies", "list copies beside a library that its passphrase does not guard", json=True
    )
    copies.add_argument("--delete", action="store_true", help="delete them")


def _recording(commands: _Commands[argparse.ArgumentParser]) -> None:
    add_record(_command(commands, "record", "print what was done in a library, and by whom", json=True))
    add_remove(_command(commands, "remove", "put sources, excerpts, briefs or terms into the trash"))
    text = "list what was deleted, put it back, or delete it for good"
    acts = commands.add_parser("trash", help=text, description=text).add_subparsers(
        dest="action", metavar="list|restore|empty", required=True
    )
    _command(acts, "list", "list what is in the trash", json=True)
    add_trashed(_command(acts, "restore", "put things back where they were"))
    add_trashed(
        _command(acts, "empty", "name what would be gone for good; with --yes delete it", json=True),
        empty=True,
    )


def _curating(commands: _Commands[argparse.ArgumentParser]) -> None:
    taken = _command(commands, "import", "take files or folders in", json=True)
    taken.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    _command(commands, "sources", "list the sources", json=True)
    source = _command(commands, "source", "show one source, its text and its suggested tags", json=True)
    source.add_argument("source", metavar="SOURCE", help="a source's id, or its beginning")
    source.add_argument(
        "--capture", type=int, metavar="N", help="an older capture: 1 is the latest, 2 the one before it"
    )
    source.add_argument(
        "--original", type=Path, metavar="OUT", help="write the bytes that were captured to this file"
    )
    excerpt = _command(commands, "excerpt", "make an excerpt of a passage", json=True)
    excerpt.add_argument("source", metavar="SOURCE")
    passage = excerpt.add_mutually_exclusive_group(required=True)
    passage.add_argument("--quote", metavar="TEXT", help="the passage, exactly as the article has it")
    passage.add_argument("--paragraph", type=int, metavar="N", help="the number of a paragraph")
    excerpt.add_argument("--to", type=int, metavar="M", help="up to this paragraph (with --paragraph)")
    excerpt.add_argument(
        "--tag", action="append", default=[], metavar="T", help="e.g. partner:DE; may be repeated"
    )
    excerpt.add_argument(
        "--kind", choices=[kind.value for kind in ExcerptKind], default=ExcerptKind.QUOTATION.value
    )
    excerpt.add_argument("--speaker", metavar="S")
    excerpt.add_argument("--comment", default="", metavar="C")
    tag = _command(commands, "tag", "add and remove tags of excerpts")
    tag.add_argument("excerpts", nargs="+", metavar="EXCERPT")
    tag.add_argument("--add", action="append", default=[], metavar="T")
    tag.add_argument("--remove", action="append", default=[], metavar="T")
    confirm = _command(
        commands, "confirm", "apply suggested tags, making excerpts of their paragraphs", json=True
    )
    confirm.add_argument("sources", nargs="*", metavar="SOURCE", help="default: every source")
    confirm.add_argument(
        "--tag", action="append", default=[], metavar="T", help="only where this tag is suggested"
    )
    search = _command(commands, "search", "find excerpts", json=True)
    search.add_argument("query", metavar="QUERY", help="an empty one lists everything, newest first")
    search.add_argument("--limit", type=_natural, default=50, metavar="N")
    search.add_argument(
        "--sort",
        choices=[sort.value for sort in Sort],
        default=Sort.NEWEST.value,
        help="by date, by how well the words fit, by grade, or by publisher",
    )
    search.add_argument(
        "--facets",
        action="store_true",
        help="count tags, publishers, languages, grades, years and use of all hits",
    )


def _correcting(commands: _Commands[argparse.ArgumentParser]) -> None:
    correct = _command(
        commands, "correct", "correct what is known of a source, or what is said of an excerpt", json=True
    )
    correct.add_argument("what", metavar="SOURCE|EXCERPT", help="its id, or the beginning of it")
    for name in ("title", "publisher", "container", "wire", "url", "rights", "kind", "genre", "language"):
        correct.add_argument(f"--{name}", metavar=name[0].upper())
    correct.add_argument("--author", action="append", default=[], metavar="A", help="may be repeated")
    correct.add_argument(
        "--reading",
        metavar="R",
        help="kana by which its first author, or else its title, is sorted; empty for none",
    )
    correct.add_argument(
        "--date", metavar="D", help="2025, 2025-12 or 2025-12-17, or as a letter writes it; empty for undated"
    )
    correct.add_argument(
        "--reliability", choices=list("ABCDEF"), help="its grade, of the Admiralty code; F: cannot be judged"
    )
    correct.add_argument(
        "--standing",
        choices=[name or STANDS for name in Standing],
        help="whether its publisher withdrew it, or a newer one is in its place",
    )
    correct.add_argument(
        "--by",
        metavar="NEWER",
        help="what superseded it, a source of the library by its id, or any title (with --standing superseded)",
    )
    correct.add_argument(
        "--article", action="append", default=[], metavar="N[-M]", help="these lines belong to the article"
    )
    correct.add_argument(
        "--aside", action="append", default=[], metavar="N[-M]", help="these lines are site furniture"
    )
    correct.add_argument("--settle", action="store_true", help="what is doubtful is the article's own")
    correct.add_argument(
        "--text", type=Path, metavar="FILE", help="the text of an original that cannot be read"
    )
    correct.add_argument("--accept", action="store_true", help="note that a person has looked at it")
    add_notes(correct)
    carry = _command(commands, "carry", "carry excerpts to the latest capture of their source", json=True)
    carry.add_argument("source", metavar="SOURCE")
    carry.add_argument(
        "--fuzzy", action="store_true", help="also those whose words were found again only roughly"
    )
    carry.add_argument("--dry-run", action="store_true", help="only show where they would go")
    vocabulary = _command(commands, "vocabulary", "print the vocabulary as CSV, or exchange it with a file")
    exchange = vocabulary.add_mutually_exclusive_group()
    exchange.add_argument("--export", dest="table_out", type=Path, metavar="OUT.csv")
    exchange.add_argument("--import", dest="table_in", type=Path, metavar="FILE.csv")


def _renewing(commands: _Commands[argparse.ArgumentParser]) -> None:
    forms = _command(commands, "forms", "list the forms, keep or remove one of the library's own", json=True)
    change = forms.add_mutually_exclusive_group()
    change.add_argument("--show", metavar="FORM", help="print a form, to be changed and added")
    change.add_argument("--add", type=Path, metavar="FILE.json", help="keep a form in the library")
    change.add_argument("--remove", metavar="FORM", help="delete a form of the library's own")
    offers = _command(commands, "offers", "list new excerpts that fit a brief", json=True)
    offers.add_argument("brief", metavar="BRIEF")
    answer = offers.add_mutually_exclusive_group()
    answer.add_argument("--take", action="store_true", help="put them into their sections")
    answer.add_argument("--decline", action="store_true", help="do not offer them again")
    following = _command(commands, "next", "make the next brief from one", json=True)
    following.add_argument("brief", metavar="BRIEF")
    following.add_argument("--date", metavar="D", help="the day of the next meeting")
    uses = _command(commands, "uses", "tell which briefs use an excerpt or lean on a source", json=True)
    uses.add_argument("what", metavar="EXCERPT|SOURCE")
    compare = _command(commands, "compare", "tell what changed between versions of a brief", json=True)
    compare.add_argument("brief", metavar="BRIEF")
    compare.add_argument("--since", type=int, metavar="N", help="a version; default: the latest")
    compare.add_argument("--until", type=int, metavar="N", help="a version; default: the brief as it is")


def _composing(commands: _Commands[argparse.ArgumentParser]) -> None:
    compose = _command(commands, "compose", "make a new brief, filled by its form's rule", json=True)
    compose.add_argument(
        "--form", required=True, metavar="FORM", help="meeting-brief, one-page-note, … (briefer forms)"
    )
    compose.add_argument(
        "--for", dest="subjects", action="append", default=[], metavar="T", help="e.g. partner:IN"
    )
    compose.add_argument("--title", default="", metavar="T")
    compose.add_argument("--date", metavar="D", help="the day of the meeting, e.g. 2026-01-15")
    compose.add_argument("--audience", default="", metavar="A", help="whom it is for")
    compose.add_argument("--marking", metavar="M", help="e.g. OFFICIAL; default: the form's")
    compose.add_argument("--lang", choices=["en", "ja"], default="en")
    compose.add_argument("--variant", default="", metavar="V", help="names of sections: uk, us, ca, au, eu")
    compose.add_argument("--since", default="", metavar="D", help="only what was published from that date on")
    compose.add_argument("--until", default="", metavar="D", help="only what was published up to that date")
    _renewing(commands)
    _command(commands, "briefs", "list the briefs", json=True)
    export = _command(commands, "export", "write a brief in the format of OUT's suffix")
    add_export(export)
    styles = _command(
        commands, "styles", "list the citation styles, add or remove one's own", json=True, library=False
    )
    change = styles.add_mutually_exclusive_group()
    change.add_argument("--add", type=Path, metavar="FILE.csl", help="try a style and keep a copy of it")
    change.add_argument("--remove", metavar="NAME", help="delete a style that was added")
    add_mark(_command(commands, "mark", "mark a brief, a part of it, an excerpt or a source"))
    check = _command(commands, "check", "look for what should be mended before a brief leaves", json=True)
    check.add_argument("brief", metavar="BRIEF")
    check.add_argument("--waive", metavar="CHECK", help="let what this check finds pass, for a --reason")
    check.add_argument(
        "--mend", metavar="CHECK", help="mend what this check finds, where that needs no judgement"
    )
    check.add_argument("--reason", default="", metavar="TEXT")
    template = _command(
        commands, "template", "show what a Word template of the house offers", json=True, library=False
    )
    template.add_argument("file", type=Path, metavar="FILE", help="a .docx or .dotx file")
    add_template(template)
    verify = _command(
        commands, "verify", "compare an exported document with its sources", json=True, library=False
    )
    verify.add_argument("file", type=Path, metavar="FILE.docx")
    verify.add_argument("--library", type=Path, metavar="LIBRARY")
    _passphrase(verify)
