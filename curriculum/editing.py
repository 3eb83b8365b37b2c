"""What the page editor says and offers besides Wagtail's own: withdrawals, what was found, what a review covers."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from .checks.report import report
from .models import ModulePage, UnitPage, Withdrawal
from .permissions import may_withdraw, open_withdrawal

KINDS = (ModulePage, UnitPage)
MOST_DIGITS = 19  # of a number that a database takes


def withdraw_button(page: Page, user, next_url=None, **kwargs) -> Iterator[Button]:
    if page.live and _is_learned(page) and may_withdraw(user):
        url = f"{reverse('curriculum:withdrawal-add')}?page={page.pk}"
        yield Button(_("Withdraw"), url, icon_name="no-view", priority=5)


def say_that_it_is_withdrawn(request: HttpRequest, page: Page) -> None:
    """A banner over the editor, with the way to lift it."""
    if request.method != "GET" or not _reads_html(request) or not _is_learned(page):
        return
    if withdrawal := open_withdrawal(page):
        buttons = [messages.button(reverse("curriculum:withdrawal-lift", args=[withdrawal.pk]), _("Lift"))]
        messages.warning(request, _banner(page, withdrawal), buttons=buttons if may_withdraw(request.user) else None)


def keep_published_revisions(request: HttpRequest, page: Page) -> None:
    """Autosave may go on in a revision of its own only: what was published or reviewed is never written over."""
    revision = request.POST.get("overwrite_revision_id", "")
    if not revision.isdecimal() or len(revision) >= MOST_DIGITS:
        return
    is_reviewed = page.revisions.filter(pk=revision, clinical_review__isnull=False).exists()
    if is_reviewed or page.live_revision_id == int(revision):
        request.POST = request.POST.copy()
        del request.POST["overwrite_revision_id"]


def offer_a_first_lesson(request: HttpRequest, page: Page) -> None:
    """Over the editor of a module that has none yet."""
    wanted = request.method == "GET" and _reads_html(request) and page.specific_class is ModulePage
    if wanted and not page.alias_of_id and not page.get_children().exists():
        url = reverse("wagtailadmin_pages:add", args=["curriculum", "lessonpage", page.pk])
        buttons = [messages.button(url, _("Add its first lesson"))]
        messages.info(request, _("This module has no lesson yet. Its cards are laid out for you."), buttons=buttons)


def say_what_was_found(request: HttpRequest, page: Page) -> None:
    """After a save that somebody asked for; autosave stays silent. What it is stands at the cards and under Checks."""
    if not _reads_html(request) or not (found := report(page)):
        return
    if found.blocking:
        messages.error(request, _blocks(len(found.blocking)), buttons=_to_the_checks(page))
    elif found.remarks:
        messages.warning(request, _to_look_at(len(found.remarks)), buttons=_to_the_checks(page))


def say_that_it_is_not_reviewed(request: HttpRequest, page: Page) -> None:
    """Publishing by hand is no review: only an approval in the workflow writes one."""
    if isinstance(page, KINDS):
        words = _(
            "Published without a clinical review: learners read “Draft, not clinically reviewed”. "
            "To have it reviewed, submit it to Clinical review and approve it there."
        )
        messages.warning(request, words)


def _banner(page: Page, withdrawal: Withdrawal) -> str:
    own = withdrawal.page_key == page.translation_key
    words = (
        _("Withdrawn since %(at)s: %(reason)s")
        if own
        else _("Its module “%(title)s” is withdrawn since %(at)s: %(reason)s")
    )
    at = date_format(localtime(withdrawal.withdrawn_at), "j F Y, H:i")
    return words % {"at": at, "reason": withdrawal.reason, "title": withdrawal.title}


def _blocks(count: int) -> str:
    words = ngettext(
        "Saved. %(count)s thing must be put right before it can go to review.",
        "Saved. %(count)s things must be put right before it can go to review.",
        count,
    )
    return words % {"count": count}


def _to_look_at(count: int) -> str:
    words = ngettext("Saved. %(count)s thing to look at again.", "Saved. %(count)s things to look at again.", count)
    return words % {"count": count}


def _to_the_checks(page: Page) -> list:
    return [messages.button(f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}#checks", _("Look at them"))]


def _is_learned(page: Page) -> bool:
    return issubclass(page.specific_class or Page, KINDS)


def _reads_html(request: HttpRequest) -> bool:
    return request.accepts("text/html") and "_w_hydrate_create_view" not in request.GET
