"""The question bank in the admin's menu: search, filters, usage, drafts, review and preview are Wagtail's own."""

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import Question


class TypeColumn(Column):
    def get_value(self, question):
        return question.answer[0].block.label if question.answer else ""


class StemColumn(Column):
    """With the story before it: many questions ask «What do you do?»."""

    def get_value(self, question):
        return format_html("<small>{}</small><div>{}</div>", question.case, question.stem)


class CriticalColumn(Column):
    def get_value(self, question):
        return _("★ critical") if question.critical else ""


class CountriesColumn(Column):
    def get_value(self, question):
        return ", ".join(question.countries) or _("All")


class QuestionFilters(WagtailFilterSet):
    class Meta:
        model = Question
        fields = {"critical": ["exact"], "live": ["exact"], "has_unpublished_changes": ["exact"]}


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    menu_name = "questions"
    menu_order = 205
    add_to_admin_menu = True
    inspect_view_enabled = True
    list_per_page = 50
    list_display = [
        "code",
        StemColumn("stem", label=_("Question")),
        TypeColumn("type", label=_("Type")),
        CriticalColumn("critical", label=_("Critical"), sort_key="critical"),
        CountriesColumn("countries", label=_("Countries")),
        LiveStatusTagColumn(),
    ]
    filterset_class = QuestionFilters
    ordering = ["code"]
