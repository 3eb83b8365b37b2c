"""What people's own room does with many: write to them, print slips for those who never signed in."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .. import selections, services
from ..broadcasts import begin_broadcast, may_write_to_many
from ..models import Posting, Role, Selection
from ..permissions import SEE_A_COUNTRY, holds, may_reset
from ..slips import Slip, print_slips
from .actions import BulkAction

MOST_SLIPS = 300
COMMANDED = (Role.LEARNER, Role.OBSERVER)  # by everyone who may print slips at all


class WriteToThem(BulkAction):
    name = "message"
    label = gettext_lazy("Message")
    icon_name = "mail"
    at_once = True

    def is_for(self, user):
        return may_write_to_many(user)

    def question(self, count):
        return ngettext("Write to %(count)s person?", "Write to %(count)s people?", count) % {"count": count}

    def reasons(self, by, targets, choices):
        return {person.pk: _("No phone and no e-mail.") for person in targets if not (person.phone or person.email)}

    def answer(self, request, selection: Selection):
        keys = selections.keys_of(selection, self)
        people = [person.pk for person in self.targets(request.user, keys) if person.phone or person.email]
        begun = begin_broadcast(request.user, people)
        selections.finish_at_once(selection, people)
        return redirect("staff_broadcasts:write", begun.pk)


class PrintSlips(BulkAction):
    """Codes exist only in the answer: at once, and not for more than a printer takes."""

    name = "slips"
    label = gettext_lazy("Print slips")
    icon_name = "key"
    at_once = True

    def is_for(self, user):
        return holds(user, *SEE_A_COUNTRY)

    def question(self, count):
        words = ngettext("Print a slip for %(count)s person?", "Print slips for %(count)s people?", count)
        return words % {"count": count}

    def targets(self, by, keys):
        higher = Posting.objects.not_over().filter(person=OuterRef("pk")).exclude(role__in=COMMANDED)
        return super().targets(by, keys).annotate(is_staff_here=Exists(higher)).order_by("family_name", "given_names")

    def reasons(self, by, targets, choices):
        found = {person.pk: why for person in targets if (why := _no_slip(person))}
        able = [person for person in targets if person.pk not in found]
        too_many = _("Slips are printed for %(most)s people at a time.") % {"most": MOST_SLIPS}
        return found | {person.pk: too_many for person in able[MOST_SLIPS:]}

    @transaction.atomic
    def answer(self, request, selection: Selection):
        slips: list[Slip] = []
        for target in self.targets(request.user, selections.keys_of(selection, self)):
            if len(slips) < MOST_SLIPS and not _no_slip(target) and may_reset(request.user, target):
                slips.append(Slip(target, services.issue_one_time_code(target, request.user)))
        selections.finish_at_once(selection, [slip.person.pk for slip in slips])
        return print_slips(request, slips, back_url=selection.back_url)


def _no_slip(person) -> str:
    if not person.is_active:
        return _("May not sign in.")
    if person.is_staff_here:
        return _("Holds a role with a password: on her own page.")
    return _("Has signed in already: reset her PIN instead.") if person.first_signed_in_at or person.last_login else ""


def own_actions() -> list[BulkAction]:
    return [WriteToThem(), PrintSlips()]
