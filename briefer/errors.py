"""Errors that a user can do something about, apart from bugs.

A :class:`KnownError` carries a code and data; the text for people is made from :data:`MESSAGES`, which the
command line prints as one line and the window translates (``ui/problems.py``). Anything else that is raised
is a bug: it is logged and shown with a report to copy.
"""

from __future__ import annotations

import re

MESSAGES: dict[str, str] = {
    "input-missing": "{name}: there is no such file; check the path.",
    "input-unreadable": "{name}: cannot be read ({detail}); check the permissions or copy it to another place.",
    "input-nothing": "{name}: the folder holds no file of a known format; choose another, or name its files.",
    "input-empty": "{name}: the file is empty; save the page or text again.",
    "input-binary": "{name}: this is not text ({detail}); save it as .txt or .html first.",
    "input-encoding": "{name}: the bytes are damaged or in an unknown encoding; save it again as UTF-8.",
    "input-format": "{name}: the format {detail} is not known; save it as .txt, .html, .docx, .odt, .rtf, .pdf or .eml.",
    "input-nested": "{name}: archives inside archives go too deep; unpack it first and import the files.",
    "input-too-large": "{name}: larger than {limit} MB; save only the article.",
    "input-damaged": "{name}: the file is damaged ({detail}); get it again or save it anew in its own program.",
    "input-password": "{name}: cannot be opened, {detail}; give the password, or save the file without one.",
    "input-no-pages": "{name}: there is no page {page} to be shown; only pages of PDF files are.",
    "input-locked": "{name}: is locked with a password; save it without one in its own program and import that.",
    "input-unsafe": "{name}: is not opened, because {detail}; ask its sender for a plain copy.",
    "input-many-parts": "{name}: holds more than {limit} parts or {size} MB; unpack it and import its files.",
    "input-many-lines": "{name}: has more than {limit} lines of text; save only the part you need, or several files.",
    "input-too-long": "{name}: reading it took too long and was stopped; save only the text as .txt and import that.",
    "input-too-much": "{name}: reading it takes too much memory and was stopped; save only the text as .txt and import that.",
    "input-crashed": "{name}: reading it failed ({detail}); save it anew in its own program, or its text as .txt.",
    "input-stopped": "{name}: reading it was stopped; import it again.",
    "input-changing": "{name}: changes while it is read; close it in other programs and import it again.",
    "input-away": "{name}: its drive does not answer ({detail}); connect it and import the file again.",
    "input-no-text": "{name}: no readable text was found in it; paste the text into a .txt file.",
    "input-line": "{name}, line {line}: {detail}, and import the file again.",
    "library-missing": "{name}: there is no such library; make one with `briefer init`.",
    "file-exists": "{name}: already exists and is not replaced; choose another name.",
    "library-journal-left": "{name}: beside it lies {journal}, which may hold changes of a library of that name that is gone, and would spoil a new one; put that library back beside it, move {journal} away, or choose another name.",
    "library-not-one": "{name}: is not a Briefer library; choose a .briefer file.",
    "library-newer": "{name}: was made by a newer Briefer (schema {found}); update Briefer to open it.",
    "index-damaged": "the search index ({name}) is damaged; rebuild it with `briefer doctor --repair`.",
    "library-damaged": "{name}: is damaged ({detail}); go back to the latest backup, or save what can be read of it into a new library (`briefer rescue`).",
    "library-foreign": "{name}: holds what Briefer never puts into a library ({what}), so it is not opened; ask where it came from for another copy, or save what is Briefer's of it into a new library (`briefer rescue`).",
    "library-journal": "{name}: was not closed the last time, and its journal of changes is damaged or gone: {lost}. Open it again to go on without them; the files as they were are kept as {kept} in {folder}.",
    "library-lost": "{name}: nothing of it can be read ({detail}); go back to a backup, or ask for a copy where it was sent.",
    "library-locked": "{name}: is in use by another program; close it there and try again.",
    "library-held": "{name}: {user} on {host} has it open since {since}; it can only be read here until it is closed there.",
    "library-read-only": "{name}: the file or its folder cannot be written, so it can only be read; copy it to a folder of your own, or check its permissions.",
    "library-gone": "{name}: is not in its place any more (its drive was taken out, or it was moved or replaced); bring it back, then try again.",
    "library-encrypted": "{name}: is encrypted; give its passphrase at the terminal or with --passphrase-file FILE.",
    "library-passphrase": "{name}: this passphrase does not open it; capitals and spaces count, and the keyboard may have changed. Nothing was changed; try again. If it is the right one, the file is damaged: go back to a backup.",
    "library-plain": "{name}: is not encrypted; encrypt it first (`briefer protect`).",
    "library-protected": "{name}: is encrypted already; change its passphrase (`briefer rekey`).",
    "passphrase-empty": "a passphrase cannot be empty; choose several words.",
    "passphrase-none": "no passphrase was given, and there is no terminal to ask for one; give it with --passphrase-file FILE.",
    "passphrase-unused": "a passphrase is only for an encrypted library; add --encrypt.",
    "passphrase-twice": "the two passphrases differ; type the same twice.",
    "passphrase-file": "{name}: no passphrase can be read from it ({detail}); give a UTF-8 file whose first line is the passphrase.",
    "keyring-none": "this computer has no keyring that is open ({detail}); type the passphrase each time.",
    "backup-locked": "the backup {name} is encrypted with another passphrase; copy it out of the folder and open the copy with that passphrase.",
    "library-full": "{name}: the disk is full; free some space and try again.",
    "library-unwritable": "{name}: cannot be written ({detail}); check the permissions of the folder.",
    "library-limited": "{name}: cannot be written, because the system lets no file grow so large here; raise the limit on the size of files, or put the library on another disk.",
    "backup-full": "{name}: no backup was made, because the disk is full; free some space.",
    "backup-limited": "{name}: no backup was made, because the system lets no file grow so large here; raise the limit on the size of files, or put the library on another disk.",
    "restore-limited": "{name}: nothing was gone back to, and the library is as it was: the system lets no file grow so large here{kept}; raise the limit on the size of files and try again.",
    "restore-full": "{name}: nothing was gone back to, and the library is as it was: the disk is full{kept}; free some space and try again.",
    "restore-unwritable": "{name}: nothing was gone back to, and the library is as it was: its folder, or that of its backups, cannot be written ({detail}){kept}; check the permissions and try again.",
    "backup-unwritable": "{name}: no backup was made, because the folder of backups beside it cannot be written ({detail}); check its permissions, or copy the library to another place.",
    "backup-damaged": "the backup {name} is damaged ({detail}) and was not restored; choose another.",
    "backup-missing": "there is no backup {number}; there are {count}, and 1 is the latest (`briefer backups`).",
    "not-found": "there is no {kind} {id} in this library; list them with `briefer {listing}`.",
    "ambiguous": "{kind} {id} fits more than one; give more of its id.",
    "search-missing": "there is no saved search {id} in this library.",
    "quote-not-found": "the quotation does not stand in the article; copy it exactly from the text.",
    "quote-furniture": "the passage is not part of the article ({why}); it cannot be quoted.",
    "quote-runs-over": "the passage runs over what is not the article ({why}); excerpt the parts around it one by one.",
    "quote-changed": "the quotation no longer equals its source; the excerpt was not saved.",
    "paragraph-missing": "the article has no paragraph {n}; it has {count}.",
    "line-used": "an excerpt stands on that line; remove the excerpt first, or leave the line in the article.",
    "snapshot-used": "excerpts stand on that capture; remove or carry them first.",
    "record-format": "the record is written as .jsonl or .md, not as {suffix}.",
    "trash-kind": "there is no source, excerpt, brief or term {id} in this library; list them with `briefer sources`, `search`, `briefs` or `vocabulary`.",
    "trash-gone": "{id} is not in the trash any more; `briefer trash list` shows what is.",
    "trash-stuck": "“{label}” stays in the trash: {why}.",
    "excerpt-used": "{count} of the briefs here cite from it ({titles}); take the citations out of them first.",
    "bulk-brief": "{count} excerpts are too many for a brief at once; choose {most} at most.",
    "tag-form": "the tag {text} is not understood; write it as partner:DE, risk:supply-chain or free:word.",
    "tag-unknown": "the vocabulary has no {kind} {key}; add it to the vocabulary or use free:{key}.",
    "vocabulary-table": "the table of the vocabulary is not understood in line {line}, column {column}: {detail}; correct it and import the table again.",
    "query-form": "the search is not understood at character {column}: {detail}.",
    "form-unknown": "there is no form {form}; choose one of: {known}.",
    "form-field": "the form {name} cannot be used: {line}{field}: {detail}.",
    "no-versions": "the brief {id} has no version yet; each export keeps one.",
    "version-missing": "the brief has no version {number}; choose one of: {known}.",
    "waiver-none": "the check {check} finds nothing in the brief that could be let pass.",
    "remedy-none": "the check {check} finds nothing in the brief that mends itself; `briefer check` says what it finds.",
    "waiver-reason": "say why the finding may stay; the reason is kept with the brief.",
    "confirm-reason": "say why what another program has changed may stand; the reason is kept in the record (`--reason`).",
    "form-variant": "the form {form} has no variant {variant}; choose one of: {known}.",
    "form-subject": "the form {form} needs {needed}; give it with --for.",
    "date-form": "the date {text} is not understood: {detail}.",
    "capture-form": "there is no capture {n}; the source has {count}, the latest is 1.",
    "kind-unknown": "{kind} is no CSL type; write report, article-newspaper, speech, treaty, webpage or another one.",
    "correct-other": "--{option} is of {kind}s, and {id} is none; leave it out, or name the {kind}.",
    "excerpt-kind": "{kind} is no kind of excerpt; write quotation or fact.",
    "official-nothing": "--official is of a translation, and the excerpt has none; give one with --translation.",
    "standing-by": "--by names what a source was superseded by; add --standing superseded.",
    "language-form": "the language {text} is not understood; write en, ja or en-GB.",
    "url-form": "the address {text} is not understood; write it with https:// or http://.",
    "lines-form": "the lines {text} are not understood; write 12 or 12-14, from 1 to {count}.",
    "quote-altered": "the quotation “{quote}” in section {section} is not what its source says; check the brief, and quote anew.",
    "excerpt-to": "--to is of paragraphs; give it with --paragraph, or leave it out with --quote.",
    "paragraphs-order": "paragraphs {first} to {last} run backwards; name the first one first.",
    "tag-nothing": "nothing says which tags come or go; add --add TAG or --remove TAG.",
    "title-empty": "a source needs a title; give it one with --title.",
    "form-own-unknown": "the library has no form {form} of its own, and others cannot be removed; its own: {known}.",
    "style-own-unknown": "there is no citation style {style} of your own, and others cannot be removed; your own: {known}.",
    "argument-not-text": "{argument}: is not text in UTF-8; write it anew.",
    "citation-missing": "section {section} cites [@{id}], which is not in this library; remove or replace it.",
    "export-format": "cannot write {name}: choose a name that ends in one of {known}.",
    "export-unwritable": "{name}: cannot be written ({detail}); close it in other programs, make room, or choose another folder.",
    "pdf-no-japanese": "the PDF needs a font for Japanese and none was found; install {fonts}, or export to Word.",
    "pdf-no-glyph": "the PDF cannot show {characters}: no font here has it; install one that does (the Noto fonts have nearly all), replace it, or export to Word.",
    "marking-unknown": "there is no marking {marking}; choose one of: {known}.",
    "markings-mixed": "nothing was exported, because these markings do not compare: {portions}; give them markings of one scheme, or export a version that leaves some of them out (--ceiling).",
    "export-red": "nothing was exported, because the checks found what must be mended first: {messages} Mend it, let it pass (`briefer check --waive`), or export with --let-pass and a reason.",
    "marking-reason": "{told} A lower marking needs a reason, which is kept: give it with --reason.",
    "marking-lowered": "{after} is less than {before}, or does not compare with it. A lower marking needs a reason, which the record keeps: give it with --reason.",
    "ceiling-unknown": "{marking} is no level to release a version at; choose one of: {known}.",
    "style-unknown": "there is no citation style {style}; choose one of: {known}.",
    "style-line": "{name}, line {line}: {detail}; correct the style there or choose another.",
    "style-parent": "{name}: rests on the style {parent}, which is not here; put {parent}.csl beside it, or add it first.",
    "style-bundled": "the style {style} comes with Briefer and stays; only styles that were added can be removed.",
    "style-needed": "the style {style} is what {others} rest(s) on; remove that first.",
    "style-none": "the citation processor is not installed; build or install Briefer anew, which brings it along.",
    "style-fails": "{name}: cannot be used as a citation style ({detail}); choose another.",
    "template-role": "there is no role {role}; choose one of: {known}.",
    "template-style": "the template has no style {style} for {role}; choose one of: {known}.",
    "template-kind": "{name}: is not a Word document or template ({detail}); save it in Word as .docx or .dotx.",
    "template-order": "{name}: has the section {section} at a place where its notes would not stand in the order of the brief; put the sections of the template, or of the brief, into one order.",
    "template-role-added": "the template has no style for {role}; Briefer's own is added.",
    "template-field-unknown": "the field {field} is not known, and stays as it is.",
    "template-field-place": "the field {field} stands in a {place}, where only lines of text can be filled in; it is left empty.",
    "template-marking-added": "the template has no place for the marking in its {place}; a marking that belongs there gets a line of its own.",
    "template-left-out": "{what} in the template is left out.",
    "verify-no-manifest": "{name}: holds no record of its export, so there is nothing to compare it with; give a .docx that Briefer exported.",
}

# What comes from a file may hold anything: controls, ends of lines, marks that turn the direction of writing round.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_HALF = 200


class BrieferError(Exception):
    """Base of every error that Briefer raises on purpose."""


class KnownError(BrieferError):
    """Something the user can mend, named by a code of :data:`MESSAGES` and the data of its sentence."""

    def __init__(self, code: str, **data: object) -> None:
        self.code = code
        self.data = data
        super().__init__(code)

    @property
    def shown(self) -> dict[str, object]:
        """The data as messages show them: texts in one line, � for what would steer a terminal, long ones cut in the middle."""
        return {name: _shown(v) if isinstance(v, str) else v for name, v in self.data.items()}

    def __str__(self) -> str:
        return MESSAGES[self.code].format_map(self.shown)


def _shown(text: str) -> str:
    text = _STEERING.sub(lambda match: " " if match[0].isspace() else "\ufffd", text)
    return text if len(text) <= 2 * _HALF else f"{text[:_HALF]}…{text[-_HALF:]}"


class InputError(KnownError):
    """An input that cannot be used (exit status 3)."""


class LibraryError(KnownError):
    """A library that cannot be used (exit status 4)."""


class UsageError(KnownError):
    """A request that makes no sense as it was put (exit status 2)."""
