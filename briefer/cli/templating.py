"""The command around house templates: template."""

from __future__ import annotations

import argparse

from briefer.cli.output import print_json, say
from briefer.domain.templates import Casting
from briefer.services.desk import Opener
from briefer.services.templates import TemplateReport

DONE = 0


def add_template(parser: argparse._ActionsContainer) -> None:
    """Add the choice of styles, for ``template`` and ``export`` alike."""
    parser.add_argument(
        "--template-style",
        action="append",
        default=[],
        type=_pair,
        metavar="ROLE=STYLE",
        help="the style that plays a role, e.g. body=Text; =briefer for Briefer's own; may be repeated",
    )


def _pair(text: str) -> tuple[str, str]:
    role, equals, style = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not ROLE=STYLE")
    return role, style


def template(opener: Opener, arguments: argparse.Namespace) -> int:
    """Print what a house template offers."""
    report = opener.templates().look(arguments.file, arguments.template_style)
    if arguments.json:
        print_json(_json(report))
        return DONE
    for casting in report.castings:
        print(f"{casting.role.value}  {_style(casting)}")
    for field in report.fields:
        control = ", content control" if field.control else ""
        print(f"{{{{ {field.name} }}}}  ({field.place}{control}: {field.filling.value})")
    warn(report)
    return DONE


def warn(report: TemplateReport) -> None:
    """Tell on standard error what a person should know of a template."""
    for warning in report.warnings:
        say(f"briefer: {report.name}: {warning.text}")


def _style(casting: Casting) -> str:
    others = f"; or {', '.join(casting.alternatives)}" if casting.alternatives else ""
    return f"{casting.style or 'Briefer’s own'}  ({casting.reason.value}{others})"


def _json(report: TemplateReport) -> dict[str, object]:
    return {
        "name": report.name,
        "sha256": report.digest,
        "roles": [
            {
                "role": casting.role.value,
                "style": casting.style,
                "reason": casting.reason.value,
                "alternatives": casting.alternatives,
            }
            for casting in report.castings
        ],
        "fields": [
            {
                "name": field.name,
                "filling": field.filling.value,
                "control": field.control,
                "place": field.place,
            }
            for field in report.fields
        ],
        "warnings": [{"code": warning.code, "text": warning.text} for warning in report.warnings],
    }
