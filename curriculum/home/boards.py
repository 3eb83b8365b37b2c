"""The lists of the first page: what each is called, what it says when it is empty, and for whom it is."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.permissions import policy_registry

from . import lists
from .lists import Line


def writes(user: AbstractBaseUser) -> bool:
    return policy_registry.get_by_type(Page).user_has_permission(user, "add")


def reviews(user: AbstractBaseUser) -> bool:
    return policy_registry.get_by_type(Page).user_has_permission(user, "publish")


def writes_or_reviews(user: AbstractBaseUser) -> bool:
    return writes(user) or reviews(user)


def confirms(user: AbstractBaseUser) -> bool:
    return bool(user.country_id) and user.has_perm("curriculum.confirm_countryvalue")


@dataclass(frozen=True)
class Board:
    """`empty` is what an empty list says; without it an empty list is not shown."""

    name: str
    heading: str
    read: Callable[[AbstractBaseUser], list[Line]]
    is_for: Callable[[AbstractBaseUser], bool]
    empty: str = ""
    report: str = ""  # the address of the full list, where another room has one

    @property
    def url(self) -> str:
        name, _sign, query = self.report.partition("?")
        return f"{reverse(name)}?{query}" if name else reverse("home_lists:show", args=[self.name])


BOARDS = (
    Board(
        "to-review",
        _("To be reviewed by you"),
        lists.waiting_for_me,
        reviews,
        _("Nothing waits for you. Thank you for reading so promptly."),
    ),
    Board(
        "drafts",
        _("My drafts"),
        lists.my_drafts,
        writes,
        _("No drafts: all you wrote is with learners or reviewers."),
    ),
    Board(
        "sent",
        _("Waiting for review"),
        lists.sent_by_me,
        writes,
        _("Nothing of yours is with a reviewer. When a lesson is ready, submit it to Clinical review."),
    ),
    Board(
        "overdue",
        _("Review overdue"),
        lists.review_overdue,
        writes_or_reviews,
        _("No review has run out."),
        "reviews:list?state=overdue",
    ),
    Board("never", _("Never reviewed"), lists.never_reviewed, writes_or_reviews, report="reviews:list?state=never"),
    Board(
        "changed",
        _("Facts changed"),
        lists.facts_changed,
        writes_or_reviews,
        _("Every lesson says what its facts say today."),
    ),
    Board(
        "translations",
        _("Translation out of date"),
        lists.translation_out_of_date,
        writes,
        _("The translations for your country follow the English."),
    ),
    Board("heavy", _("Too heavy"), lists.too_heavy, writes, _("Every lesson is light enough for a slow signal.")),
    Board(
        "values",
        _("Country values to confirm"),
        lists.values_to_confirm,
        confirms,
        _("Every value of your country is confirmed."),
    ),
)


def boards_of(user: AbstractBaseUser) -> list[Board]:
    return [board for board in BOARDS if board.is_for(user)]
