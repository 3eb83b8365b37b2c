"""Looking for words in what she may read: lessons card by card, job aids, the glossary.

A search is asked for by GET, so that «back» leads from a lesson to its results without a signal and without a question
from the browser. What is typed is kept out of the log like every query of an address, and the phone's keyboard is
asked not to remember it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from curriculum import queries as curriculum
from curriculum.glossary.queries import glossary
from curriculum.queries import Entry
from curriculum.search import finding, index
from curriculum.search.finding import Hit
from curriculum.search.index import Text
from curriculum.search.words import explained

from .permissions import reads_everything
from .queries import standings

LONGEST = 80
MOST_SHOWN = 10


@dataclass(frozen=True)
class Result:
    hit: Hit
    entry: Entry
    module: Entry

    @property
    def url(self) -> str:
        return self.entry.url + (f"#card-{self.hit.number}" if self.hit.number and not self.hit.text.is_job_aid else "")

    @property
    def title(self) -> str:
        return self.hit.text.head.sentences[0]


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    home = {"back_url": reverse("wagtail_serve", args=("",)), "back_text": _("Home")}
    return render(request, "learning/search.html", {"words": words, "longest": LONGEST} | _found(request, words) | home)


def _found(request: HttpRequest, words: str) -> dict:
    if not words:
        return {}
    found = index.index(get_language())
    is_hers, is_later = _rights(request)
    country = request.country.code if request.country else ""
    seen = finding.seen_in(country, filter(is_hers, found.texts))
    asked = finding.understand(words, found.known, seen)
    hits = finding.hits(asked, seen)
    return {
        "asked": asked,
        "results": _results(request, hits[:MOST_SHOWN]),
        "count": len(hits),
        "later": len(finding.hits(asked, finding.seen_in(country, filter(is_later, found.texts)))),
        "explained": explained(asked, glossary()),
        "proposed": [] if hits else finding.like(words, found.known, seen),
    }


def _rights(request: HttpRequest) -> tuple[Callable[[Text], bool], Callable[[Text], bool]]:
    """Whether she may read a text now, and whether it opens for her later. A job aid is open with its module."""
    if reads_everything(request.user):
        return (lambda text: True), (lambda text: False)
    steps = [step for standing in standings(request.user) for step in standing.steps]
    hers = {key for step in steps if step.is_open for key in (step.key, step.module_key)}
    later = {step.key for step in steps if step.state == "locked"} - hers
    return (lambda text: text.key in hers), (lambda text: text.key in later)


def _results(request: HttpRequest, hits: list[Hit]) -> list[Result]:
    parts = [(hit, hit.text.key, hit.text.module_key) for hit in hits]
    entries = curriculum.entries(request, {key for _hit, *both in parts for key in both}) if parts else {}
    return [
        Result(hit, entries[key], entries[module_key])
        for hit, key, module_key in parts
        if key in entries and module_key in entries
    ]
