"""Bundles of certificates for people ticked in a list: as an archive, as one file to print, as sheets of cards."""

import tempfile
from collections.abc import Callable
from itertools import chain

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy, ngettext

from lms.learning.models import Enrolment
from lms.people.bulk.actions import BulkAction, Refused
from lms.people.models import Selection
from lms.people.permissions import KEEP_RECORDS, countries_for, people_visible_to
from lms.people.selections import MOST

from ..award import filing
from ..bundles import archive, choosing, printing
from ..bundles.choosing import Order, Part


class OrderForm(forms.Form):
    order = forms.ChoiceField(
        label=gettext_lazy("In which order"), choices=Order, initial=Order.NAME, widget=forms.RadioSelect
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)


class Bundle(BulkAction):
    """One file of what is stored; who has nothing to pack, or something damaged, is named before and after."""

    of_rows = True
    part = Part.PDF
    most = MOST
    write: Callable

    def is_for(self, user):
        return countries_for(user, *KEEP_RECORDS).exists()

    def question(self, count):
        words = ngettext("Pack %(count)s certificate?", "Pack %(count)s certificates?", count)
        return words % {"count": count}

    def targets(self, by, keys):
        return Enrolment.objects.filter(pk__in=keys, person__in=people_visible_to(by)).select_related("person")

    def reasons(self, by, targets, choices):
        found = choosing.why_not(by, targets, self.part)
        able = choosing.in_order((row for row in targets if row.pk not in found), _order(choices))
        return found | {row.pk: choosing.too_many(self.most) for row in able[self.most :]}

    def do(self, target, by, choices):
        certificate = choosing.stored_for(by, [target], self.part).get(target.pk)
        if not certificate:
            raise Refused(choosing.why_not(by, [target], self.part)[target.pk])
        try:
            choosing.read(certificate, self.part)
        except (filing.DamagedFile, FileNotFoundError):
            raise Refused(choosing.damaged(certificate)) from None

    def finish(self, selection: Selection) -> None:
        if selection.file or not selection.picked.done().exists():
            return
        files = choosing.stored_files(selection, self.part, _order(selection.choices), self.most)
        first = next(files, None)
        if first is None:
            return
        with tempfile.TemporaryFile() as spool:
            self.write(chain([first], files), spool)
            spool.seek(0)
            selection.file.save(self.name, File(spool), save=False)


class ZipThem(Bundle):
    name = "certificates"
    label = gettext_lazy("Certificates as ZIP")
    icon_name = "download"
    note = gettext_lazy("The signed files, named by their codes. A table in it says whose they are by staff number.")
    write = staticmethod(archive.write)


class PrintThem(Bundle):
    name = "certificates-to-print"
    label = gettext_lazy("Certificates to print")
    icon_name = "doc-full"
    note = gettext_lazy("One PDF for printing. It carries no signatures: send people their own files.")
    file_kind = "pdf"
    form_class = OrderForm
    most = printing.MOST
    write = staticmethod(printing.write_pages)


class PrintCards(Bundle):
    name = "cards-to-print"
    label = gettext_lazy("Wallet cards to print")
    icon_name = "grid"
    note = gettext_lazy("Eight to a sheet, with crop marks. Print both sides, at full size, flipped on the long edge.")
    part = Part.CARD
    file_kind = "pdf"
    form_class = OrderForm
    most = printing.MOST
    write = staticmethod(printing.write_cards)

    def question(self, count):
        return ngettext("Pack %(count)s card?", "Pack %(count)s cards?", count) % {"count": count}


def _order(choices: dict) -> str:
    return choices.get("order", Order.NUMBER)


def actions() -> list[BulkAction]:
    return [ZipThem(), PrintThem(), PrintCards()]
