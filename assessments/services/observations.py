"""Watching a practical: start, save for later, sign off, void. Nothing about the client, ever."""

from django.db import transaction
from django.utils import timezone

from curriculum.models import Withdrawal
from lms.learning.models import Completion
from lms.learning.services import complete_unit, flag_completion
from lms.people.models import User

from .. import permissions, queries, signoff
from ..models import Observation, PracticalPage
from ..models.observation import NOTES


class NotAllowed(Exception):
    """Not an observer at the learner's site, or the learner herself, or nothing to watch in her country or now.

    For voiding: neither the observer nor a trainer there.
    """


class AlreadySigned(Exception):
    """A signed observation is changed only by voiding it."""


class NotReady(Exception):
    """A step without a mark, no setting, or words missing."""


class NotSigned(Exception):
    """Only a signed observation can be voided."""


@transaction.atomic
def start_observation(observer: User, learner: User, practical: PracticalPage) -> Observation:
    """The observer's open observation of this practical, or a new one with the steps of the learner's country.

    Raises NotAllowed.
    """
    User.objects.select_for_update().get(pk=learner.pk)
    site = permissions.site_of_observation(observer, learner)
    if not site or not practical.is_for_country(learner.country):
        raise NotAllowed
    hers = Observation.objects.filter(observer=observer, learner=learner, unit_key=practical.translation_key)
    if found := hers.filter(signed_at=None).first():
        return found
    if Withdrawal.objects.open().filter(page_key=practical.translation_key).exists():
        raise NotAllowed
    fixed = practical.setting if practical.setting != PracticalPage.Setting.EITHER else ""
    return Observation.objects.create(
        learner=learner,
        observer=observer,
        site=site,
        unit_key=practical.translation_key,
        title=practical.title,
        statement=practical.statement,
        language=practical.locale.language_code,
        setting=fixed,
        steps=[_step(block) for block in practical.steps_for(learner.country)],
    )


@transaction.atomic
def save_observation(
    observation: Observation, marks: dict[str, str], *, setting: str = "", **notes: str
) -> Observation:
    """Keep the marks by step id, the setting and the notes for later. Raises AlreadySigned."""
    observation = _lock(observation)
    if observation.signed_at:
        raise AlreadySigned
    observation.steps = [step | {"mark": _mark(step, marks)} for step in observation.steps]
    if setting:
        observation.setting = setting
    for name in NOTES:
        setattr(observation, name, notes.get(name, getattr(observation, name)))
    observation.save(update_fields=["steps", "setting", *NOTES])
    return observation


@transaction.atomic
def sign_off(observation: Observation) -> Observation:
    """Judge and sign; a competent one completes the practical. A second press returns what was signed.

    Raises NotReady, and NotAllowed where the observer's posting has ended.
    """
    observation = _lock(observation)
    if observation.signed_at:
        return observation
    if not permissions.site_of_observation(observation.observer, observation.learner):
        raise NotAllowed
    if not observation.is_ready:
        raise NotReady
    observation.signed_at, observation.competent = timezone.now(), signoff.judge(observation.steps).competent
    observation.save(update_fields=["signed_at", "competent"])
    if observation.competent:
        _complete(observation)
    return observation


@transaction.atomic
def void_observation(observation: Observation, *, by: User, reason: str) -> Observation:
    """It no longer counts, and what it completed is flagged. A second press changes nothing.

    Raises NotAllowed and NotSigned.
    """
    observation = _lock(observation)
    if not permissions.may_void(by, observation):
        raise NotAllowed
    if not observation.signed_at:
        raise NotSigned
    if observation.voided_at:
        return observation
    observation.voided_at, observation.voided_by, observation.void_reason = timezone.now(), by, reason
    observation.save(update_fields=["voided_at", "voided_by", "void_reason"])
    completions = Completion.objects.filter(person=observation.learner, unit_key=observation.unit_key, flagged_at=None)
    for completion in completions.filter(detail__observation=str(observation.pk)):
        flag_completion(completion, by=by, reason=reason)
    return observation


def _lock(observation: Observation) -> Observation:
    rows = Observation.objects.select_for_update(of=("self",))
    return rows.select_related("learner", "observer", "site").get(pk=observation.pk)


def _step(block) -> dict:
    return {"id": block.id, "text": block.value["text"], "critical": block.value["critical"], "mark": ""}


def _mark(step: dict, marks: dict[str, str]) -> str:
    mark = marks.get(step["id"], "")
    return mark if signoff.may_be_marked(step, mark) else ""


def _complete(observation: Observation) -> None:
    practical = queries.practical_page(observation.unit_key, observation.language)
    signed_on = timezone.localtime(observation.signed_at).date()
    detail = {
        "statement": observation.statement,
        "observer": observation.observer.get_full_name(),
        "site": str(observation.site),
        "date": signed_on.isoformat(),
        "observation": str(observation.pk),
    }
    until = signoff.valid_until(signed_on, practical.months_valid)
    complete_unit(observation.learner, practical, detail=detail, valid_until=until)
