"""The list of facts and the chooser that cards cite by: columns, order, filters."""

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.widgets.button import Button
from wagtail.search.backends import get_search_backend
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView

from lms.core.natural import natural

from .. import permissions
from ..models import Change, Fact, Verdict
from .citing import uncited

YES = [("yes", _("Yes"))]
LAST_YEAR = 9999  # a database refuses numbers without end


class StatementColumn(Column):
    """The statement in full: a list of facts is for reading."""

    def get_value(self, instance):
        return format_html("<div>{}</div><small>{}</small>", instance.statement, instance.source)


class MarksColumn(Column):
    """In words, and only what is so."""

    def get_value(self, instance):
        marks = [name for name in ("safety_critical", "varies_by_country") if getattr(instance, name)]
        rows = ((capfirst(Fact._meta.get_field(name).verbose_name),) for name in marks)
        return format_html_join("", "<div>{}</div>", rows)


class VerdictColumn(Column):
    def get_value(self, instance):
        return Verdict.Word(instance.last_verdict).label if instance.last_verdict else ""


class ChooseFactColumns:
    ordering = natural("code")

    @property
    def columns(self):
        return [*super().columns, StatusTagColumn("status", label=_("Status"), accessor="get_status_display")]


class ChooseFact(ChooseFactColumns, ChooseView):
    pass


class ChooseFactResults(ChooseFactColumns, ChooseResultsView):
    pass


class FactChooser(SnippetChooserViewSet):
    choose_view_class = ChooseFact
    choose_results_view_class = ChooseFactResults


class FactList(IndexView):
    def get_base_queryset(self):
        return with_last_verdict(super().get_base_queryset())

    def search_queryset(self, queryset):
        """By the index; the list keeps its own filters and order."""
        if not self.is_searching:
            return queryset
        found = get_search_backend().autocomplete(self.search_query, Fact.objects.all(), order_by_relevance=False)
        return queryset.filter(pk__in=[fact.pk for fact in found])

    def order_queryset(self, queryset):
        """Codes as people count: f2 before f10."""
        if self.ordering not in ("code", "-code"):
            return super().order_queryset(queryset)
        ordered = queryset.order_by(*natural("code"))
        return ordered.reverse() if self.ordering == "-code" else ordered

    @cached_property
    def header_more_buttons(self):
        buttons = list(super().header_more_buttons)
        if permissions.may_take_review_list(self.request.user):
            url = reverse("curriculum_facts:review-list")
            buttons.append(Button(_("Review list for a clinician"), url=url, icon_name="download", priority=50))
        if permissions.may_bring_in(self.request.user):
            url = reverse("curriculum_facts:verdict-sheets")
            buttons.append(Button(_("Verdicts brought back"), url=url, icon_name="upload", priority=51))
        return buttons


def with_last_verdict(facts: QuerySet[Fact]) -> QuerySet[Fact]:
    """Adds `last_verdict`: the newest word of a clinician, or None."""
    newest = Verdict.objects.filter(fact=OuterRef("pk")).order_by("-brought_in_at", "-pk")
    return facts.annotate(last_verdict=Subquery(newest.values("word")[:1]))


def proposed(facts: QuerySet[Fact]) -> QuerySet[Fact]:
    """Those whose newest verdict proposes other words, and that still say what was judged."""
    newest = Verdict.objects.filter(fact=OuterRef("pk")).order_by("-brought_in_at", "-pk")
    found = facts.annotate(word=Subquery(newest.values("word")[:1]), judged=Subquery(newest.values("statement")[:1]))
    return found.filter(word=Verdict.Word.CHANGE, judged=F("statement"))


def module_choices() -> list[tuple[str, str]]:
    """What stands before the number of a code: facts belong to modules by it alone."""
    prefixes = {code.rpartition("-")[0] for code in Fact.objects.values_list("code", flat=True)} - {""}
    return [(prefix, prefix) for prefix in sorted(prefixes)]


class FactFilters(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=Fact.Status, widget=forms.CheckboxSelectMultiple
    )
    module = django_filters.ChoiceFilter(label=_("Module"), method="of_module", choices=module_choices)
    as_of = django_filters.RangeFilter(
        label=_("As of (year)"), fields=[forms.IntegerField(max_value=LAST_YEAR, required=False) for _end in "ab"]
    )
    last_verdict = django_filters.ChoiceFilter(label=_("Last verdict"), choices=Verdict.Word, method="judged")
    proposal = django_filters.ChoiceFilter(label=_("A clinician proposes other words"), choices=YES, method="changed")
    uncited = django_filters.ChoiceFilter(label=_("Cited by nothing"), choices=YES, method="nothing_cites")
    untested = django_filters.ChoiceFilter(label=_("No critical question asks it"), choices=YES, method="not_tested")
    waiting = django_filters.ChoiceFilter(label=_("Must retrain, nobody asked yet"), choices=YES, method="not_asked")

    class Meta:
        model = Fact
        fields = ["status", "safety_critical", "varies_by_country"]

    def of_module(self, facts, name, value):
        return facts.filter(code__startswith=f"{value}-")

    def judged(self, facts, name, value):
        return facts.filter(last_verdict=value)

    def changed(self, facts, name, value):
        return proposed(facts)

    def nothing_cites(self, facts, name, value):
        return uncited(facts)

    def not_tested(self, facts, name, value):
        """Rooms above say what is asked: hook `facts_asked_critically()`, which answers keys of facts."""
        for hook in hooks.get_hooks("facts_asked_critically"):
            facts = facts.exclude(pk__in=hook())
        return facts

    def not_asked(self, facts, name, value):
        waiting = Change.objects.filter(fact=OuterRef("pk"), kind=Change.Kind.RETRAIN, applied_at=None)
        return facts.filter(Exists(waiting))
