"""PDF files that HR was handed, judged one after the other in memory: nothing of them is kept."""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.people.models import User

from ..permissions import certificates_kept_by
from ..proof.judging import MOST_BYTES, State, judge
from ..verification import Answer, judged
from .words import STATES

MOST_FILES = 20
MOST_SECONDS = 20  # for all of them: a file may be made to be slow
LATER = "later"
LABELS = {**dict(State.choices), LATER: _("Not looked at: send it again by itself")}
ADVICE = {
    State.CHANGED: _("Do not accept this file."),
    State.NOT_OURS: _("We did not issue this file."),
    State.SCAN: _("Type the code that is printed on it."),
}


@dataclass(frozen=True)
class Found:
    """What one file is. `answer`: what a genuine one is worth today; `is_kept`: she may look into its history."""

    file_name: str
    state: str
    answer: Answer | None = None
    is_kept: bool = False

    @property
    def label(self) -> str:
        return LABELS[self.state]

    @property
    def state_today(self) -> str:
        return STATES[self.answer.said]

    @property
    def advice(self) -> str:
        return ADVICE.get(self.state, "")


class InMemory(MemoryFileUploadHandler):
    """However large they are together (the length of the request was looked at before), no file touches the disk."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        self.activated = True


def look_at(files: Iterable[UploadedFile], by: User) -> list[Found]:
    """What each is, in their order. Logged in numbers only."""
    judgements, until = [], time.monotonic() + MOST_SECONDS
    for file in files:
        judgements.append((file.name, judge(file.read(MOST_BYTES + 1)) if time.monotonic() < until else None))
    genuine = [judgement.certificate for _name, judgement in judgements if judgement and judgement.certificate]
    answers = {certificate.pk: judged(certificate) for certificate in genuine}
    kept = set(certificates_kept_by(by).filter(pk__in=answers).values_list("pk", flat=True))
    found = [_found(name, judgement, answers, kept) for name, judgement in judgements]
    counts = dict(Counter(str(one.state) for one in found))
    log(by, "certificates.check_files", user=by, title=by.get_username(), data={"files": len(found)} | counts)
    return found


def _found(name: str, judgement, answers: dict, kept: set) -> Found:
    if judgement is None:
        return Found(name, LATER)
    if judgement.certificate is None:
        return Found(name, judgement.state)
    key = judgement.certificate.pk
    return Found(name, judgement.state, answers[key], key in kept)
