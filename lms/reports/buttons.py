"""What reports hang into the editors of facts and pages: who depends on them, who has to learn them again."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from curriculum.models import Change, Fact
from curriculum.permissions import may_ask_again
from lms.people.models import User

from .depending import KINDS
from .permissions import may_read_reports


def of_fact(fact: Fact, user: User) -> Iterator[Button]:
    if may_read_reports(user):
        url = reverse("reports:depend-fact", args=[fact.pk])
        yield Button(_("People who depend on it"), url=url, icon_name="group", priority=40)


def of_change(change: Change, user: User) -> Iterator[Button]:
    if change.kind == Change.Kind.RETRAIN and may_ask_again(user):
        label = _("How far it is") if change.applied_at else _("See whom it asks")
        yield Button(label, url=reverse("reports:retrain", args=[change.pk]), icon_name="redirect")


def of_page(page: Page, user: User, next_url=None, **kwargs) -> Iterator[Button]:
    if not page.live or not issubclass(page.specific_class or Page, KINDS):
        return
    if may_ask_again(user):
        url = reverse("reports:retrain-page", args=[page.pk])
        yield Button(_("Must retrain"), url, icon_name="redirect", priority=6)
    if may_read_reports(user):
        url = reverse("reports:depend-page", args=[page.pk])
        yield Button(_("People who depend on it"), url, icon_name="group", priority=7)
