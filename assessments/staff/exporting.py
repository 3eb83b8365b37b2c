"""Questions into a file, in the admin: those of a quiz, or those that were found or chosen in the bank."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from ..exchange import permissions
from ..exchange.bank import drafts_of, questions_of
from ..exchange.formats import FORMATS
from ..exchange.markup import printable
from ..models import Question, QuizPage
from .question_filters import QuestionFilters
from .questions import search

ACTION = "assessments.export"
MOST = 1_000


@require_safe
@never_cache
def quiz(request: HttpRequest, pk: int, format_: str = "") -> HttpResponse:
    """The formats for a quiz's questions, each with what it cannot hold; with `format_` the file."""
    page = permissions.quiz_for(request.user, pk)
    _known(format_)
    questions = questions_of(page)
    if format_:
        log(instance=page, action=ACTION, user=request.user, data={"format": format_, "questions": len(questions)})
        return _file(questions, format_, page.slug)
    address = reverse("question-export:quiz", args=[pk])
    back = {"url": reverse("wagtailadmin_pages:edit", args=[pk]), "label": page.get_admin_display_title()}
    return _offer(request, questions, address, back)


@require_safe
@never_cache
def bank(request: HttpRequest, format_: str = "") -> HttpResponse:
    """The same for the questions that the bank's own search and filters find, or those that were ticked."""
    permissions.check(permissions.may_export(request.user))
    _known(format_)
    questions = _found(request)
    if format_:
        for question in questions:
            log(instance=question, action=ACTION, user=request.user, data={"format": format_})
        return _file(questions, format_, "questions")
    back = {"url": reverse(Question.snippet_viewset.get_url_name("list")), "label": _("Questions")}
    return _offer(request, questions, reverse("question-export:bank"), back, request.GET.urlencode())


def _known(format_: str) -> None:
    """Raises Http404."""
    if format_ and format_ not in FORMATS:
        raise Http404


def _found(request: HttpRequest) -> list[Question]:
    questions = Question.objects.in_order()
    if ids := [id_ for id_ in request.GET.getlist("id") if id_.isdecimal() and len(id_) < 10]:
        return list(questions.filter(pk__in=ids)[:MOST])
    found = QuestionFilters(request.GET, queryset=questions, request=request).qs
    if words := printable(request.GET.get("q", "")).strip():
        found = search(found, words)
    return list(found[:MOST])


def _offer(request: HttpRequest, questions: list, address: str, back: dict, query: str = "") -> HttpResponse:
    drafts = drafts_of(questions)
    offers = []
    for format_ in FORMATS.values():
        parcel = format_.parcel(drafts)
        offers.append(
            {
                "format": format_,
                "count": len(parcel.held),
                "cannot": [format_.cannot(count, words) for count, words in parcel.left_out],
                "url": f"{address}{format_.name}/{'?' if query else ''}{query}",
            }
        )
    title = _("Export questions")
    trail = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, back, {"url": "", "label": title}]
    heads = {"breadcrumbs_items": trail, "header_title": title, "page_title": title, "header_icon": "download"}
    context = heads | {"offers": offers, "count": len(drafts), "of": back["label"], "is_cut": len(questions) == MOST}
    return render(request, "assessments/staff/export.html", context)


def _file(questions: list, format_: str, name: str) -> HttpResponse:
    """The file's name carries the quiz's slug and nothing else."""
    found = FORMATS[format_]
    response = HttpResponse(found.file(drafts_of(questions)), content_type=found.content_type)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "quiz"}.{found.ending}"'
    return response


class QuestionExportViewSet(ViewSet):
    name = "question-export"

    def get_urlpatterns(self):
        return [
            path("quiz/<int:pk>/", quiz, name="quiz"),
            path("quiz/<int:pk>/<slug:format_>/", quiz, name="quiz-file"),
            path("bank/", bank, name="bank"),
            path("bank/<slug:format_>/", bank, name="bank-file"),
        ]


# Ways to get there ----------------------------------------------------------------------------------------------------


def quiz_header_button(page, user, view_name, next_url=None):
    yield from _quiz_button(page, user)


def quiz_listing_button(page, user, next_url=None):
    yield from _quiz_button(page, user)


def _quiz_button(page, user):
    if isinstance(page, QuizPage) and permissions.may_export(user):
        url = reverse("question-export:quiz", args=[page.pk])
        yield Button(_("Export this quiz"), url=url, icon_name="download", priority=45)


class ExportChosen(SnippetBulkAction):
    """Asks nothing: the next page offers the formats."""

    display_name = gettext_lazy("Export")
    aria_label = gettext_lazy("Export the chosen questions")
    action_type = "export"
    action_priority = 50
    models = [Question]
    template_name = "assessments/staff/export.html"

    def check_perm(self, obj):
        return permissions.may_export(self.request.user)

    @cached_property
    def chosen(self) -> list[int]:
        return [question.pk for question in self.get_actionable_objects()[0]]

    def dispatch(self, request, *args, **kwargs):
        chosen = [] if "all" in request.GET.getlist("id") else self.chosen
        return redirect(f"{reverse('question-export:bank')}?{urlencode([('id', pk) for pk in chosen])}")


def log_actions(actions):
    actions.register_action(ACTION, gettext_lazy("Export questions"), gettext_lazy("Exported the questions"))
