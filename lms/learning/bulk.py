"""What learning does with many people picked from a list: enrol, move to a cohort, close."""

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.people.bulk.actions import BulkAction, Refused
from lms.people.models import Posting, Role
from lms.people.permissions import countries_for, people_visible_to, sites_for

from . import enrolling, services
from .capacity import CohortFull, free_places
from .intake.permissions import ROLES, may_take_in
from .intake.queries import programmes
from .models import Cohort, Enrolment
from .queries import who_has_done

FULL = gettext_lazy("The cohort is full.")
ELSEWHERE = gettext_lazy("The cohort is in another country.")


def people_taught_by(user):
    """Everyone of her countries and the learners of her sites, by roles that enrol; never herself."""
    seen = people_visible_to(user).exclude(pk=user.pk)
    if user.is_superuser:
        return seen
    learns = Posting.objects.current().filter(
        person=OuterRef("pk"), role=Role.LEARNER, site__in=sites_for(user, *ROLES)
    )
    return seen.filter(Q(country__in=countries_for(user, *ROLES)) | Exists(learns))


def cohorts_to_choose(user):
    """Those of the countries of her places."""
    places = sites_for(user, *ROLES).values("country")
    return Cohort.objects.filter(country__in=places).select_related("country")


class EnrolForm(forms.Form):
    programme = forms.ModelChoiceField(None, label=gettext_lazy("Programme"))
    cohort = forms.ModelChoiceField(None, label=gettext_lazy("Cohort"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes()
        self.fields["cohort"].queryset = cohorts_to_choose(user)

    def clean(self):
        data = super().clean()
        programme, cohort = data.get("programme"), data.get("cohort")
        if programme and cohort and cohort.programme_key != programme.translation_key:
            self.add_error("cohort", _("This cohort learns another programme."))
        return data


class MoveForm(forms.Form):
    cohort = forms.ModelChoiceField(None, label=gettext_lazy("Cohort"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = cohorts_to_choose(user)


class CloseForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=120)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)


class LearningAction(BulkAction):
    def is_for(self, user):
        return may_take_in(user)


class EnrolThem(LearningAction):
    name = "enrol"
    label = gettext_lazy("Enrol")
    icon_name = "plus"
    form_class = EnrolForm

    def question(self, count):
        return ngettext("Enrol %(count)s person?", "Enrol %(count)s people?", count) % {"count": count}

    def targets(self, by, keys):
        return people_taught_by(by).filter(pk__in=keys).select_related("country")

    def reasons(self, by, targets, choices):
        programme, cohort = choices["programme"], choices["cohort"]
        keys = [person.pk for person in targets]
        found = {key: first_missing(lacking) for key, lacking in _missing(programme, keys).items()}
        begun = Enrolment.objects.open().filter(programme_key=programme.translation_key, person__in=keys)
        found |= {key: _("Enrolled already.") for key in begun.values_list("person", flat=True)}
        found |= {person.pk: _("Has left.") for person in targets if not person.is_active}
        if cohort:
            found |= {person.pk: str(ELSEWHERE) for person in targets if person.country_id != cohort.country_id}
        return found | _no_place(cohort, [key for key in keys if key not in found])

    def do(self, target, by, choices):
        cohort = choices["cohort"]
        if not target.is_active:
            raise Refused(_("Has left."))
        if cohort and cohort.country_id != target.country_id:
            raise Refused(ELSEWHERE)
        try:
            services.enrol(target, choices["programme"], cohort=cohort, by=by)
        except services.AlreadyEnrolled:
            raise Refused(_("Enrolled already.")) from None
        except services.ComesAfter as error:
            raise Refused(first_missing(error.args[0])) from None
        except CohortFull:
            raise Refused(FULL) from None


class RowsAction(LearningAction):
    of_rows = True

    def targets(self, by, keys):
        return Enrolment.objects.filter(pk__in=keys, person__in=people_taught_by(by)).select_related("person")


class MoveThem(RowsAction):
    name = "move"
    label = gettext_lazy("Move to a cohort")
    icon_name = "group"
    form_class = MoveForm

    def question(self, count):
        return ngettext("Move %(count)s person?", "Move %(count)s people?", count) % {"count": count}

    def reasons(self, by, targets, choices):
        found = {row.pk: str(why) for row in targets if (why := _stays(row, choices["cohort"]))}
        return found | _no_place(choices["cohort"], [row.pk for row in targets if row.pk not in found])

    def do(self, target, by, choices):
        if why := _stays(target, choices["cohort"]):
            raise Refused(why)
        try:
            enrolling.move_to_cohort([target], choices["cohort"], by=by)
        except CohortFull:
            raise Refused(FULL) from None


class CloseThem(RowsAction):
    name = "close"
    label = gettext_lazy("Left the programme")
    icon_name = "cross"
    form_class = CloseForm

    def question(self, count):
        words = ngettext("Close the enrolment of %(count)s person?", "Close the enrolments of %(count)s people?", count)
        return words % {"count": count}

    def reasons(self, by, targets, choices):
        return {row.pk: str(why) for row in targets if (why := _over(row))}

    def do(self, target, by, choices):
        if why := _over(target):
            raise Refused(why)
        try:
            enrolling.close_enrolment(target, choices["reason"], by)
        except enrolling.EnrolmentCompleted:
            raise Refused(_("Has completed it.")) from None


def first_missing(programmes) -> str:
    return _("Comes after “%(programme)s”.") % {"programme": programmes[0].title}


def _over(row: Enrolment) -> str:
    if row.completed_at:
        return _("Has completed it.")
    return _("Closed already.") if row.closed_at else ""


def _stays(row: Enrolment, cohort: Cohort) -> str:
    if why := _over(row):
        return why
    if row.cohort_id == cohort.pk:
        return _("In this cohort already.")
    if row.programme_key != cohort.programme_key:
        return _("The cohort learns another programme.")
    return ELSEWHERE if row.country_id != cohort.country_id else ""


def _no_place(cohort: Cohort | None, keys: list) -> dict:
    """For whom no place is left, the last ones of the list."""
    free = free_places(cohort) if cohort else None
    return {} if free is None else dict.fromkeys(keys[free:], str(FULL))


def _missing(programme, keys: list) -> dict:
    """Key → the programmes that come first and that she lacks."""
    lacking: dict = {}
    for first in programme.comes_after():
        for key in set(keys) - who_has_done(first, keys):
            lacking.setdefault(key, []).append(first.programme)
    return lacking


def actions() -> list[BulkAction]:
    return [EnrolThem(), MoveThem(), CloseThem()]
