"""Changes to the register: award, confirm, correct, replace. Nothing is ever deleted or drawn anew.

Withdrawing, and what a second person says to it, is in `revoking`.
"""

import logging
from copy import deepcopy
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.core.zones import zone_of
from lms.learning.models import Enrolment
from lms.people.models import User

from . import keys, waiting
from .award import evidence, issuing, snapshots, tries
from .award.revoking import revoke_certificate
from .chain.events import Kind, record, record_award
from .designs import frozen
from .models import Certificate, CertificatePayload, CertificatePolicy, CertificateReminder
from .paper import drawing
from .proof import status_lists
from .tasks import draw_certificate

__all__ = [
    "award_certificate",
    "change_title",
    "confirm_certificate",
    "correct_name",
    "issue_anew",
    "revoke_certificate",
    "try_again",
]

MOST_CLASHES = 5
logger = logging.getLogger(__name__)


class NotStanding(Exception):
    """The certificate was revoked or superseded before, or what it says was erased."""


class CannotReplace(Exception):
    """The new one could not be drawn, so the old one stays as it is. The message is a sentence for HR."""


class StillSpecimen(Exception):
    """A required unit, as she completed it, still has no clinical review in date."""


class ResultTakenBack(Exception):
    """A result behind it was voided or regraded, and HR has not said yet whether it stands."""


class NothingToChange(Exception):
    """The certificate already says so."""


@transaction.atomic
def award_certificate(enrolment: Enrolment, *, on: date | None = None) -> Certificate:
    """The certificate of a finished enrolment, written in the caller's transaction.

    Idempotent: a second call returns the current one. What stands in the way of drawing is written down as the
    reason and never stops the award. One of a later cycle renews what she held; that stays valid until its own end.
    `on`: the day that it carries, where it is not today in its country.
    """
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if current := Certificate.objects.current().filter(enrolment=enrolment).first():
        return current
    policy = CertificatePolicy.objects.for_programme(enrolment.programme_key, enrolment.country)
    today = timezone.localdate(timezone=zone_of(enrolment.country_id))
    snapshot = evidence.snapshot(enrolment, policy, on or today)
    older = _renewed_by(enrolment)
    if older:
        snapshot["renews"] = older.code
        record(older, Kind.RENEWED, renewed_by=snapshot["code"])
    at = timezone.now()
    confirmed_at = None if policy.needs_confirmation or _was_withdrawn_last(enrolment) else at
    return _register(
        snapshot, at, enrolment=enrolment, holder=enrolment.person, confirmed_at=confirmed_at, renews=older
    )


@transaction.atomic
def confirm_certificate(certificate: Certificate, *, by: User) -> Certificate:
    """HR's yes where the policy asks for it; then it is drawn. Idempotent. Raises NotStanding."""
    payload = _standing(certificate)
    certificate = payload.certificate
    if certificate.confirmed_at:
        return certificate
    certificate.confirmed_at = timezone.now()
    certificate.save(update_fields=["confirmed_at"])
    record(certificate, Kind.CONFIRMED, by=by, at=certificate.confirmed_at)
    _have_drawn(payload)
    return certificate


@transaction.atomic
def try_again(certificate: Certificate, *, by: User) -> bool:
    """Draw once more after its cause was mended. False: it is not blocked (any more), and no try waits.

    Where a picture of the design could not be read at the award and now can, another takes its place with that.
    """
    User.objects.select_for_update().filter(pk=certificate.holder_id).first()
    payload = tries.locked(certificate.pk)
    if payload is None or not (payload.blocked_reason or payload.last_failure):
        return False
    if look := _look_mended(payload):
        _supersede(payload, look, by=by)
        return True
    tries.unblock(payload, by=by)
    _have_drawn(payload)
    return True


@transaction.atomic
def correct_name(
    certificate: Certificate, *, by: User, given_names: str, family_name: str, note: str = ""
) -> Certificate:
    """A new certificate with the right name, the same dates and the same design; the old one is superseded.

    Raises NotStanding, CannotReplace, or NothingToChange where it is spelt like this already.
    """
    payload = _standing(certificate)
    holder = evidence.holder(payload.certificate.holder, given_names, family_name)
    if holder == payload.snapshot["holder"]:
        raise NothingToChange
    return _supersede(payload, {"holder": holder}, by=by, note=note)


@transaction.atomic
def change_title(certificate: Certificate, own_title: bool, *, by: User) -> Certificate:
    """A new certificate that prints the programme's own title, or the neutral one; the old one is superseded.

    Raises NotStanding, CannotReplace, or NothingToChange where it prints that one already.
    """
    payload = _standing(certificate)
    programme = payload.snapshot["programme"]
    printed = programme["title" if own_title else "neutral_title"]
    if printed == programme["printed_title"]:
        raise NothingToChange
    return _supersede(payload, {"programme": programme | {"printed_title": printed}}, by=by)


@transaction.atomic
def issue_anew(certificate: Certificate, *, by: User) -> Certificate:
    """Replace a specimen by a certificate, now that everything behind it is clinically reviewed.

    Raises NotStanding, NothingToChange (it is no specimen), StillSpecimen, ResultTakenBack or CannotReplace.
    """
    payload = _standing(certificate)
    if not payload.certificate.specimen:
        raise NothingToChange
    enrolment = payload.certificate.enrolment
    if enrolment is None or evidence.is_specimen(evidence.required_completions(enrolment), timezone.localdate()):
        raise StillSpecimen
    if waiting.taken_back(Certificate.objects.filter(pk=payload.pk)).exists():
        raise ResultTakenBack
    return _supersede(payload, {"specimen": False}, by=by)


def _supersede(payload: CertificatePayload, changes: dict, *, by: User, note: str = "") -> Certificate:
    old, at = payload.certificate, timezone.now()
    snapshot = deepcopy(payload.snapshot) | {"supersedes": old.code} | changes
    snapshot |= evidence.identity() | evidence.production()
    _check_replaceable(payload, snapshot)
    old.superseded_at = at
    old.save(update_fields=["superseded_at"])
    record(old, Kind.SUPERSEDED, by=by, note=note, at=at, superseded_by=snapshot["code"])
    whose = {"enrolment": old.enrolment, "holder": old.holder, "renews": old.renews}
    new = _register(snapshot, at, confirmed_at=old.confirmed_at and at, supersedes=old, by=by, **whose)
    told = [CertificateReminder(certificate=new, days=row.days, sent_at=row.sent_at) for row in old.reminders.all()]
    CertificateReminder.objects.bulk_create(told)
    return new


def _check_replaceable(payload: CertificatePayload, snapshot: dict) -> None:
    """She keeps what she has while the new one could not be drawn. What is blocked itself is nothing to keep."""
    if payload.blocked_reason:
        return
    if reason := _blocked_reason(snapshot):
        raise CannotReplace(reason)
    try:
        keys.signing_key(payload.certificate.country_code)
    except (keys.NoKey, keys.ClockWentBack) as error:
        raise CannotReplace(str(error)) from error


def _register(snapshot: dict, at: datetime, *, by: User | None = None, **fields) -> Certificate:
    """Write the row, its payload and its first events, and have it drawn."""
    certificate = _written(snapshot, fields)
    payload = CertificatePayload.objects.create(certificate=certificate, snapshot=snapshot)
    record_award(certificate, by=by, at=at)
    if reason := _blocked_reason(snapshot):
        tries.block(payload, reason)
    elif certificate.confirmed_at:
        _have_drawn(payload)
    return certificate


def _written(snapshot: dict, fields: dict) -> Certificate:
    """Its bit is drawn by lot: two awards at once may hit on the same, and the constraint lets one through."""
    row = _row(snapshot) | fields
    for _clash in range(MOST_CLASHES):
        try:
            with transaction.atomic():
                return Certificate.objects.create(**row, **status_lists.free_bit(row["country_code"]))
        except IntegrityError:
            logger.warning("two certificates of %s hit on the same bit", row["country_code"])
    return Certificate.objects.create(**row, **status_lists.free_bit(row["country_code"]))


def _row(snapshot: dict) -> dict:
    programme, country = snapshot["programme"], snapshot["country"]
    return {
        "code": snapshot["code"],
        "programme_key": programme["key"],
        "programme_code": programme["code"],
        "programme_version": programme["version"],
        "title": programme["printed_title"],
        "level": programme["level"],
        "country_code": country["code"],
        "country_name": country["name"],
        "awarded_on": snapshots.day(snapshot["awarded_on"]),
        "valid_until": snapshots.day(snapshot["valid_until"]),
        "specimen": snapshot["specimen"],
        "snapshot_sha256": snapshots.sha256(snapshot),
    }


def _look_mended(payload: CertificatePayload) -> dict:
    """The design as it is live, if that is what was missing and it can be read now."""
    certificate, snapshot = payload.certificate, payload.snapshot
    if not frozen.unread(snapshot) or not issuing.waits(certificate) or certificate.enrolment is None:
        return {}
    policy = CertificatePolicy.objects.for_programme(certificate.programme_key, certificate.enrolment.country)
    look = evidence.look(policy.look, snapshot["language"])
    return {} if frozen.unread(look) else look


def _renewed_by(enrolment: Enrolment) -> Certificate | None:
    """What she held of this programme from an earlier cycle: the last one that stands."""
    if enrolment.cycle == 1:
        return None
    held = Certificate.objects.standing().filter(holder=enrolment.person, programme_key=enrolment.programme_key)
    return held.exclude(enrolment=enrolment).order_by("-awarded_on", "-valid_until", "-code").first()


def _was_withdrawn_last(enrolment: Enrolment) -> bool:
    """Then HR looks before she holds another: a cycle that was open at the withdrawal does not undo it."""
    held = Certificate.objects.current().filter(holder=enrolment.person, programme_key=enrolment.programme_key)
    last = held.exclude(enrolment=enrolment).order_by("-awarded_on", "-valid_until", "-code").first()
    return bool(last and last.revoked_at)


def _have_drawn(payload: CertificatePayload) -> None:
    """By a task of the same transaction; should that be lost, by the sweep. Never while anybody waits."""
    payload.next_try_at = tries.again_at(0)
    payload.save(update_fields=["next_try_at"])
    if issuing.waits(payload.certificate):
        draw_certificate.enqueue(str(payload.pk))


def _blocked_reason(snapshot: dict) -> str:
    """Asked early so that HR knows at once. Whatever fails here fails again when it is drawn, and is told then."""
    try:
        return drawing.blocked_reason(snapshot)
    except Exception:
        logger.exception("certificate could not be looked over")
        return ""


def _standing(certificate: Certificate) -> CertificatePayload:
    """Its payload and its row, locked, and the holder before them: an erasure of hers comes before or after."""
    User.objects.select_for_update().filter(pk=certificate.holder_id).first()
    payload = tries.locked(certificate.pk)
    if payload is None or payload.certificate.revoked_at or payload.certificate.superseded_at:
        raise NotStanding
    return payload
