"""Doors into Wagtail: pages that show a learner where she stands, the editors' lists, the records that keep a page."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from curriculum.search.areas import SnippetArea
from lms.people.models import Role

from . import merging, queries, rights, services, slots
from .handbook import services as handbooks
from .handbook import staff as handbook_staff
from .handbook import views as handbook_views
from .models import PracticalPage, QuestionFact, QuizPage
from .staff import attempts, exporting, quiz_editor, regrades, testing
from .staff.question_editor import remark
from .staff.questions import QuestionViewSet, refuse_to_delete
from .views import practicals, quizzes

AFTER_THE_GATE = 100
AFTER_LEARNING = 100
WRITE = ("add", "change", "view")

register_snippet(QuestionViewSet)
hooks.register("register_admin_viewset", testing.TestingGroup)
hooks.register("register_admin_viewset", exporting.QuestionExportViewSet)
hooks.register("register_page_header_buttons", exporting.quiz_header_button)
hooks.register("register_page_listing_more_buttons", exporting.quiz_listing_button)
hooks.register("register_bulk_action", exporting.ExportChosen)
hooks.register("register_log_actions", exporting.log_actions)
hooks.register("before_delete_snippet", refuse_to_delete)
hooks.register("after_create_snippet", remark)
hooks.register("after_edit_snippet", remark)
hooks.register("after_create_page", quiz_editor.remark)
hooks.register("after_edit_page", quiz_editor.remark)
hooks.register("records_of_pages", queries.records_of)
hooks.register("merge_people", merging.move, order=-1)  # needs the cycles before learning moves them
hooks.register("rows_of_person", merging.rows)
hooks.register("stays_with_record", merging.stays)
hooks.register("person_data", rights.person_data)
hooks.register("records_of_person", rights.records_of_person)
hooks.register("erase_person", rights.erase_person)
hooks.register("support_view", rights.support_view)
hooks.register("tick", services.hand_in_overdue)
hooks.register("tick", services.forget_old_imports)
hooks.register("tick", services.resume_regrades)
hooks.register("tick", handbooks.sweep)
hooks.register("register_admin_viewset", handbook_staff.HandbookViewSet)
hooks.register("register_log_actions", handbook_staff.log_actions)
hooks.register("register_log_actions", regrades.log_actions)
hooks.register("register_log_actions", attempts.log_actions)
hooks.register("curriculum_page_slot", slots.fill, order=AFTER_LEARNING)
hooks.register("curriculum_page_slot", handbook_views.link, order=AFTER_LEARNING + 1)


@hooks.register("before_serve_page", order=AFTER_THE_GATE)
def show_where_she_stands(page: Page, request: HttpRequest, args, kwargs) -> HttpResponse | None:
    """A quiz or practical as the signed-in person meets it: the models know no attempts."""
    if isinstance(page, QuizPage):
        return quizzes.start(request, page)
    if isinstance(page, PracticalPage):
        return practicals.practical(request, page)
    return None


@hooks.register("role_permissions")
def permissions_of_roles():
    return {
        Role.TRAINER: {f"assessments.{verb}_{what}" for what in ("question", "tag") for verb in WRITE},
        Role.REVIEWER: {f"assessments.{verb}_question" for verb in ("change", "publish", "view", "lock", "unlock")},
    }


@hooks.register("facts_asked_critically")
def facts_of_critical_questions() -> QuerySet:
    """The keys of the facts that a live critical question asks."""
    return QuestionFact.objects.filter(question__critical=True, question__live=True).values("fact")


@hooks.register("register_admin_search_area")
def search_questions():
    return SnippetArea(QuestionViewSet, order=120)
