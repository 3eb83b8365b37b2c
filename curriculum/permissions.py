"""Who may do what with the curriculum. Places are known by one thing only: the country of the person."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from .models import ModulePage, UnitPage, Withdrawal

ROLES = {
    "trainer": {
        "curriculum.add_fact",
        "curriculum.change_fact",
        "curriculum.view_fact",
        "curriculum.view_verdict",
        "curriculum.add_countryvalue",
        "curriculum.change_countryvalue",
        "curriculum.view_countryvalue",
        "curriculum.add_glossaryterm",
        "curriculum.change_glossaryterm",
        "curriculum.view_glossaryterm",
        "curriculum.add_withdrawal",
        "curriculum.change_withdrawal",
        "curriculum.view_withdrawal",
    },
    "clinical_reviewer": {
        "curriculum.change_fact",
        "curriculum.view_fact",
        "curriculum.add_verdict",
        "curriculum.view_verdict",
        "curriculum.add_change",
        "curriculum.view_countryvalue",
        "curriculum.change_glossaryterm",
        "curriculum.view_glossaryterm",
        "curriculum.add_withdrawal",
        "curriculum.change_withdrawal",
        "curriculum.view_withdrawal",
    },
    "country_lead": {
        "curriculum.view_fact",
        "curriculum.add_countryvalue",
        "curriculum.change_countryvalue",
        "curriculum.view_countryvalue",
        "curriculum.confirm_countryvalue",
        "curriculum.add_withdrawal",
        "curriculum.change_withdrawal",
        "curriculum.view_withdrawal",
    },
}


def may_write_value(user: AbstractBaseUser, country_code: str) -> bool:
    """Values are written in their own country; an administrator's country is everywhere."""
    return user.has_perm("curriculum.change_countryvalue") and _is_at_home(user, country_code)


def may_confirm_value(user: AbstractBaseUser, country_code: str) -> bool:
    return user.has_perm("curriculum.confirm_countryvalue") and _is_at_home(user, country_code)


def may_take_review_list(user: AbstractBaseUser) -> bool:
    """The list of facts for a clinician: trainers and reviewers send it."""
    return user.has_perm("curriculum.view_verdict")


def may_bring_in(user: AbstractBaseUser) -> bool:
    """What a clinician wrote into her list becomes verdicts and new states of facts."""
    return user.has_perm("curriculum.add_verdict")


def may_ask_again(user: AbstractBaseUser) -> bool:
    """A change that must be learned again is put to people by reviewers and administrators."""
    return user.has_perm("curriculum.add_change")


def may_withdraw(user: AbstractBaseUser) -> bool:
    """Whoever sees that a lesson is wrong takes it away, in whatever country she works."""
    return user.has_perm("curriculum.add_withdrawal")


def withdrawable() -> QuerySet[Page]:
    """What can be withdrawn: each live module and unit once, by its English page where there is one."""
    pages = Page.objects.live().type(ModulePage, UnitPage).filter(alias_of=None)
    english = pages.filter(translation_key=OuterRef("translation_key"), locale__language_code="en")
    return pages.filter(Q(locale__language_code="en") | ~Exists(english)).order_by("path")


def open_withdrawal(page: Page) -> Withdrawal | None:
    """What keeps learners from this page now: its own withdrawal, or that of its module."""
    keys = [page.translation_key]
    if issubclass(page.specific_class, UnitPage) and (module := page.specific.module):
        keys.append(module.translation_key)
    found = {row.page_key: row for row in Withdrawal.objects.open().filter(page_key__in=keys)}
    return next((found[key] for key in keys if key in found), None)


def _is_at_home(user: AbstractBaseUser, country_code: str) -> bool:
    return user.is_superuser or user.country_id == country_code
