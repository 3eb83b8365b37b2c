"""Where the reviews hang in Wagtail: hooks for curriculum.wagtail_hooks to register."""

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import WorkflowMixin

from ..translation.permissions import may_translate
from . import history, urls

BEFORE_LOCALIZE = -2


def review_urls():
    return [path("reviews/", include(urls))]


def lead_to_the_screen(request: HttpRequest, thing) -> None:
    """Over the editor of what waits for a review."""
    if request.method != "GET" or not isinstance(thing, WorkflowMixin) or not request.accepts("text/html"):
        return
    state = thing.current_workflow_task_state
    if state and thing.workflow_in_progress:
        button = messages.button(reverse("reviews:screen", args=[state.pk]), _("Review"))
        messages.info(request, _("This version waits for a clinical review."), buttons=[button])


class ReviewsMenuItem(MenuItem):
    def is_shown(self, request):
        return may_translate(request.user)


def report_menu_item():
    return ReviewsMenuItem(
        gettext_lazy("Reviews"), reverse("reviews:list"), name="reviews", icon_name="tick-inverse", order=80
    )


HOOKS = [
    ("before_edit_page", lead_to_the_screen),
    ("before_edit_snippet", lead_to_the_screen),
    ("register_admin_urls", review_urls),
    ("register_reports_menu_item", report_menu_item),
    ("register_log_actions", history.log_actions),
]
