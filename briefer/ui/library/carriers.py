"""The menu of the other sources of a story."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu, QWidget

from briefer.ui.context import Context
from briefer.ui.library.in_words import publisher_of

if TYPE_CHECKING:
    from briefer.services.collect import SourceView


def list_carriers(view: SourceView, context: Context, below: QWidget, read: Callable[[str], object]) -> None:
    """List the other sources of the story below a button: ``read`` takes the id of one, or they part."""
    desk = context.desk
    if desk is None:
        return
    menu = QMenu(below)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for carrier in view.carriers:
        told = f"{publisher_of(carrier, context)}: {carrier.title}"
        menu.addAction(told.replace("&", "&&")).triggered.connect(partial(read, carrier.id))
    menu.addSeparator()
    parting = menu.addAction(QCoreApplication.translate("SourcePane", "This is not the same story"))
    parting.triggered.connect(lambda: context.change(lambda: desk.collect.part(view.source.id)))
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
