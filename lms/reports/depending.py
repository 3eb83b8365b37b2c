"""People who depend on a fact or a lesson: whose certificate or completion of today rests on it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.models import Page

from curriculum.facts.changes import lessons_on
from curriculum.facts.citing import lessons_citing
from curriculum.models import Fact, LessonPage, ModulePage
from lms.learning.models import Completion, Enrolment, Requirement
from lms.people.models import User

from . import export
from .queries import progress_of_people
from .states import CERTIFIED
from .views import CellColumn, PeopleReport

KINDS = (LessonPage, ModulePage)


def people_who_depend(user: User, on: date, keys: Iterable[UUID]) -> QuerySet[Enrolment]:
    """The people of this user's places whose programme asks for one of these lessons, and who hold a certificate of it
    that is in date, or a completion that is. One query.

    Adds to `progress_of_people`: learned_at, flagged_at (asked to learn it again).
    """
    keys, person = list(keys), {"person": OuterRef("person")}
    asked = Requirement.objects.filter(
        enrolment__person=OuterRef("person"), enrolment__programme_key=OuterRef("programme_key"), unit_key__in=keys
    )
    learned = Completion.objects.filter(unit_key__in=keys, **person)
    in_date = learned.filter(flagged_at=None, valid_until__gte=on)
    rows = progress_of_people(user, on).annotate(
        learned_at=_newest(learned, "completed_at"), flagged_at=_newest(learned.exclude(flagged_at=None), "flagged_at")
    )
    return rows.filter(Exists(asked)).filter(Q(state__in=CERTIFIED) | Exists(in_date))


def _newest(rows: QuerySet[Completion], moment: str) -> Subquery:
    return Subquery(rows.order_by().values("person").annotate(newest=Max(moment)).values("newest"))


def _day(moment) -> date | None:
    return moment and timezone.localtime(moment).date()


class DayColumn(Column):
    """A day, not how long ago: a file and a paper are compared with it."""

    def get_value(self, row):
        moment = super().get_value(row)
        return date_format(timezone.localtime(moment), "j M Y") if moment else "–"


class DependReport(PeopleReport):
    """The report on people, narrowed to those who rest on some lessons. Its address says which."""

    header_icon = "link"
    export_filename = "people-who-depend"
    list_export = [
        "name",
        "staff_number",
        "country",
        "site",
        "cohort",
        "programme",
        "learned",
        "flagged",
        "state",
        "specimen",
        "valid_until",
    ]
    export_headings = PeopleReport.export_headings | {
        "learned": gettext_lazy("Completed on"),
        "flagged": gettext_lazy("Asked to learn again on"),
    }
    columns = [
        CellColumn("person", label=gettext_lazy("Name"), sort_key="person__family_name"),
        CellColumn("place", label=gettext_lazy("Site"), sort_key="site"),
        CellColumn("programme", label=gettext_lazy("Programme, cohort"), sort_key="cohort__name"),
        DayColumn("learned_at", label=gettext_lazy("Completed on"), sort_key="learned_at"),
        DayColumn("flagged_at", label=gettext_lazy("Asked to learn again"), sort_key="flagged_at"),
        CellColumn("state", label=gettext_lazy("Certificate"), sort_key="valid_until"),
    ]
    address = ""
    thing: tuple[str, list[UUID]]  # what it is called, and the keys of its lessons; raises Http404

    def get_detailed_queryset(self):
        return self.get_base_queryset()

    def get_counted_queryset(self):
        return self.get_base_queryset()

    def get_base_queryset(self):
        return people_who_depend(self.request.user, timezone.localdate(), self.thing[1])

    def get_page_title(self):
        return _("People who depend on %(thing)s") % {"thing": self.thing[0]}

    def get_index_url(self):
        return reverse(f"reports:{self.address}", kwargs=self.kwargs)

    def get_index_results_url(self):
        return reverse(f"reports:{self.address}-results", kwargs=self.kwargs)

    def to_row_dict(self, item):
        row = export.as_row(item) | {"learned": _day(item.learned_at), "flagged": _day(item.flagged_at)}
        return {key: row[key] for key in self.list_export}


class FactReport(DependReport):
    address = "depend-fact"

    @cached_property
    def thing(self):
        fact = get_object_or_404(Fact, pk=self.kwargs["pk"])
        return fact.code, lessons_citing(fact)


class PageReport(DependReport):
    address = "depend-page"

    @cached_property
    def thing(self):
        page = get_object_or_404(Page.objects.type(*KINDS), pk=self.kwargs["pk"])
        return f"“{page.title}”", lessons_on(page)
