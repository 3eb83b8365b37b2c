"""The stored certificates of many people as one ZIP: never drawn again, named by their codes."""

import csv
import io
import tempfile
from collections.abc import Iterable
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.learning.models import Enrolment
from lms.people.bulk.actions import BulkAction, Refused
from lms.people.models import Selection, User
from lms.people.permissions import KEEP_RECORDS, countries_for, people_visible_to

from .. import issuing
from ..models import Certificate
from ..permissions import certificates_kept_by

HEADINGS = ("code", "staff_number", "programme", "awarded_on", "valid_until", "specimen")
CHUNK = 500


class ZipThem(BulkAction):
    name = "certificates"
    label = gettext_lazy("Certificates as ZIP")
    icon_name = "download"
    of_rows = True

    def is_for(self, user):
        return countries_for(user, *KEEP_RECORDS).exists()

    def question(self, count):
        words = ngettext("Pack %(count)s certificate?", "Pack %(count)s certificates?", count)
        return words % {"count": count}

    def targets(self, by, keys):
        return Enrolment.objects.filter(pk__in=keys, person__in=people_visible_to(by)).select_related("person")

    def reasons(self, by, targets, choices):
        found = stored_for(by, targets)
        return {row.pk: _("No certificate to pack.") for row in targets if row.pk not in found}

    def do(self, target, by, choices):
        certificate = stored_for(by, [target]).get(target.pk)
        if not certificate:
            raise Refused(_("No certificate to pack."))
        try:
            issuing.stored_pdf(certificate)
        except (issuing.DamagedFile, FileNotFoundError):
            raise Refused(_("The stored file of %(code)s is damaged.") % {"code": certificate}) from None

    def finish(self, selection: Selection) -> None:
        if selection.file or not selection.picked.done().exists():
            return
        with tempfile.TemporaryFile() as spool:
            _pack(selection, spool)
            selection.file.save("certificates.zip", File(spool), save=False)


def stored_for(by: User, rows: Iterable[Enrolment]) -> dict[UUID, Certificate]:
    """Enrolment → the newest certificate of its person and programme that is drawn and was not withdrawn. One query."""
    rows = list(rows)
    kept = certificates_kept_by(by).standing().issued().exclude(payload__pdf="").defer("payload__snapshot")
    kept = kept.filter(holder__in={row.person_id for row in rows}).order_by("awarded_on", "code")
    newest = {(certificate.holder_id, certificate.programme_key): certificate for certificate in kept}
    return {
        row.pk: newest[row.person_id, row.programme_key] for row in rows if (row.person_id, row.programme_key) in newest
    }


def _pack(selection: Selection, spool) -> None:
    index = io.StringIO()
    writer = csv.writer(index)
    writer.writerow(HEADINGS)
    with ZipFile(spool, "w", ZIP_STORED) as book:
        for certificate in _certificates(selection):
            book.writestr(f"{certificate.code}.pdf", issuing.stored_pdf(certificate))
            writer.writerow(_line(certificate))
        book.writestr("index.csv", index.getvalue())
    spool.seek(0)


def _certificates(selection: Selection):
    """Each once, in chunks: two rows of one person and programme hold the same."""
    keys, seen = list(selection.picked.done().values_list("row", flat=True)), set()
    for start in range(0, len(keys), CHUNK):
        rows = Enrolment.objects.filter(pk__in=keys[start : start + CHUNK]).order_by("person__staff_number")
        for certificate in stored_for(selection.by, rows).values():
            if certificate.pk not in seen:
                seen.add(certificate.pk)
                yield certificate


def _line(certificate: Certificate) -> list[str]:
    days = (certificate.awarded_on.isoformat(), certificate.valid_until.isoformat())
    specimen = "specimen" if certificate.specimen else ""
    return [certificate.code, certificate.holder.staff_number, certificate.programme_code, *days, specimen]


def actions() -> list[BulkAction]:
    return [ZipThem()]
