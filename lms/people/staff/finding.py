"""Searching for people without their names in an address: the words are posted, kept in the session, and the address
carries a short token that means nothing to anybody else."""

import re
import secrets
import unicodedata
from functools import cache

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.functional import cached_property

from ..models import User

MOST_WORDS = 10  # a database refuses a question of a thousand parts
LONGEST = 100
KEPT = 20
SESSION_KEY = "people_found"
PHONE = re.compile(r"[+\d][\d\s()./-]{5,}")
LATIN = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))


def keep_words(request: HttpRequest, words: str) -> str:
    """Returns the token. The oldest of twenty is forgotten."""
    kept = request.session.get(SESSION_KEY, {})
    token = secrets.token_urlsafe(6)
    request.session[SESSION_KEY] = dict([*kept.items(), (token, words[:LONGEST])][-KEPT:])
    return token


def kept_words(request: HttpRequest) -> str:
    return request.session.get(SESSION_KEY, {}).get(request.GET.get("find", ""), "")


class FindPeopleMixin:
    """Before a listing. Its search is a POST to itself with `find`, answered by the list under a token."""

    is_searchable = False

    def post(self, request, *args, **kwargs):
        query = request.GET.copy()
        query.pop("find", None)
        query.pop(self.page_kwarg, None)
        if words := request.POST.get("find", "").strip():
            query["find"] = keep_words(request, words)
        return redirect(f"{self.index_url}?{query.urlencode()}" if query else self.index_url)

    @cached_property
    def search_query(self) -> str:
        return kept_words(self.request)

    def get_context_data(self, *args, **kwargs):
        found = {"find": self.search_query, "find_token": self.request.GET.get("find", "")}
        return super().get_context_data(*args, **kwargs) | found


def people_found(words: str) -> QuerySet[User]:
    """Each word in a name (accents do not matter), a staff number (of a merged record too) or an HR number; or the
    whole as a phone number."""
    people = User.objects.order_by()
    if PHONE.fullmatch(words.strip()):
        digits = re.sub(r"\D", "", words).lstrip("0")
        return people.filter(Q(phone__endswith=digits) | Q(hr_number__iexact=words.strip()))
    for word in words.split()[:MOST_WORDS]:
        people = people.filter(_holds(word))
    return people


def _holds(word: str) -> Q:
    pattern = "".join(_any_accent(letter) for letter in word.casefold())
    named = Q(given_names__iregex=pattern) | Q(family_name__iregex=pattern) | Q(hr_number__iexact=word)
    if not any(letter.isdigit() for letter in word):
        return named
    merged = User.objects.filter(staff_number__istartswith=word, merged_into__isnull=False)
    return named | Q(staff_number__istartswith=word) | Q(pk__in=merged.values("merged_into"))


def _any_accent(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter)[0]
    variants = _variants().get(plain)
    return f"[{variants}]" if variants else re.escape(letter)


@cache
def _variants() -> dict[str, str]:
    """Letter → it and its accented forms, great and small: not every database folds those."""
    found = {letter: letter for letter in "abcdefghijklmnopqrstuvwxyz"}
    for code in LATIN:
        plain, *marks = unicodedata.normalize("NFKD", chr(code))
        if marks and plain.lower() in found and all(unicodedata.combining(mark) for mark in marks):
            found[plain.lower()] += chr(code)
    return found
