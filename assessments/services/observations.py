"""Watching a practical: start, save, sign off, void. Nothing about the client, ever."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.models import Withdrawal
from lms.learning.models import Completion
from lms.learning.services import complete_unit, flag_completion
from lms.people.models import User

from .. import permissions, queries, signoff, watching
from ..models import Observation, PracticalPage
from ..models.observation import NOTES

PARTS = {"step": "mark", "note": "note"}  # of a step; a field is called «step-<id>» or «note-<id>»
LONGEST_REASON = 250


class NotAllowed(Exception):
    """Not an observer at the learner's site, or the learner herself, or nothing to watch in her country or now.

    For voiding: neither the observer nor a trainer there.
    """


class NeedsCoaching(Exception):
    """Not ready twice in a row: somebody practises with her first and records it."""


class TooSoon(Exception):
    """She was practised with; `until` is the first day of the next observation."""

    def __init__(self, until: date):
        super().__init__(until)
        self.until = until


class NothingToFollow(Exception):
    """No observation whose missed steps alone may be watched again."""


class AlreadySigned(Exception):
    """A signed observation is changed only by voiding it."""


class ChangedMeanwhile(Exception):
    """Another window wrote something else here; `current` is what stands (where one field was meant)."""

    def __init__(self, current: str = ""):
        super().__init__(current)
        self.current = current


class NotAField(Exception):
    """Not a field of this observation, a mark that its step does not take, or a step that was carried over."""


class NotReady(Exception):
    """A step without a mark, no setting, or words missing."""


class NotSigned(Exception):
    """Only a signed observation can be voided."""


@transaction.atomic
def start_observation(
    observer: User, learner: User, practical: PracticalPage, *, only_missed: bool = False
) -> Observation:
    """The observer's open observation of this practical, or a new one with the steps of the learner's country.

    `only_missed` carries over the steps that were yes last time, where the programme allows it.
    Raises NotAllowed, NeedsCoaching, TooSoon and NothingToFollow.
    """
    User.objects.select_for_update().get(pk=learner.pk)
    site = permissions.site_of_observation(observer, learner)
    if not site or not practical.is_for_country(learner.country):
        raise NotAllowed
    hers = Observation.objects.filter(observer=observer, learner=learner, unit_key=practical.translation_key)
    if found := hers.filter(signed_at=None).first():
        return found
    if not practical.live or Withdrawal.objects.open().filter(page_key=practical.translation_key).exists():
        raise NotAllowed
    before = _before(watching.standing(learner, practical), only_missed)
    return Observation.objects.create(
        learner=learner,
        observer=observer,
        site=site,
        follows=before,
        steps=watching.steps_to_watch(practical, learner, before),
        **_frozen(practical),
    )


@transaction.atomic
def save_observation(
    observation: Observation,
    marks: dict[str, str],
    *,
    remarks: dict[str, str] | None = None,
    setting: str = "",
    seen: str = "",
    **notes: str,
) -> Observation:
    """Keep marks and remarks by step id, the setting and the notes for later.

    `seen` is the fingerprint of what the sender's page showed. Raises AlreadySigned, and ChangedMeanwhile where it
    is another one by now.
    """
    observation = _lock_open(observation)
    if seen and seen != observation.fingerprint:
        raise ChangedMeanwhile
    observation.steps = [_marked(step, marks, remarks or {}) for step in observation.steps]
    if setting:
        observation.setting = setting
    for name in NOTES:
        setattr(observation, name, notes.get(name, getattr(observation, name)))
    observation.save(update_fields=["steps", "setting", *NOTES])
    return observation


@transaction.atomic
def save_field(observation: Observation, name: str, value: str, *, was: Iterable[str]) -> Observation:
    """Keep one mark («step-<id>»), remark («note-<id>»), the setting or a note, as it is given. Idempotent.

    `was`: what the sender knows to stand there. Raises AlreadySigned, NotAField, and ChangedMeanwhile where
    something else stands there by now.
    """
    observation = _lock_open(observation)
    current = _value(observation, name, value)
    if current == value:
        return observation
    if current not in was:
        raise ChangedMeanwhile(current)
    kind, _dash, step_id = name.partition("-")
    if kind in PARTS:
        observation.steps = [
            step | {PARTS[kind]: value} if step["id"] == step_id else step for step in observation.steps
        ]
    else:
        setattr(observation, name, value)
    observation.save(update_fields=["steps", "setting", *NOTES])
    return observation


@transaction.atomic
def sign_off(observation: Observation) -> Observation:
    """Judge and sign; a competent one completes the practical. A second press returns what was signed.

    Raises NotReady, and NotAllowed where the observer's posting has ended.
    """
    observation = _lock_with_learner(observation)
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
    """It no longer counts, nor do those that carried its steps over; what they completed is flagged.

    Where another competent observation stands, the practical stays complete by that one. A second press changes
    nothing. Raises NotAllowed and NotSigned.
    """
    observation = _lock_with_learner(observation)
    if not permissions.may_void(by, observation):
        raise NotAllowed
    if not observation.signed_at:
        raise NotSigned
    if observation.voided_at:
        return observation
    voided = _void(observation, by, reason)
    completions = Completion.objects.filter(person=observation.learner, unit_key=observation.unit_key, flagged_at=None)
    flagged = [one for one in completions if one.detail.get("observation") in voided]
    for completion in flagged:
        flag_completion(completion, by=by, reason=reason)
    if flagged:
        _complete_by_another(observation)
    return observation


def _lock_with_learner(observation: Observation) -> Observation:
    """The learner first, as where an observation starts or is followed: what one reads the other cannot void."""
    User.objects.select_for_update().get(pk=observation.learner_id)
    return _lock(observation)


def _lock(observation: Observation) -> Observation:
    rows = Observation.objects.select_for_update(of=("self",))
    return rows.select_related("learner", "observer", "site", "follows").get(pk=observation.pk)


def _lock_open(observation: Observation) -> Observation:
    observation = _lock(observation)
    if observation.signed_at:
        raise AlreadySigned
    return observation


def _before(standing: watching.Standing, only_missed: bool) -> Observation | None:
    if standing.needs_coaching:
        raise NeedsCoaching
    if standing.waits_until:
        raise TooSoon(standing.waits_until)
    if only_missed and not standing.to_follow:
        raise NothingToFollow
    return standing.to_follow if only_missed else None


def _frozen(practical: PracticalPage) -> dict:
    """What an observation keeps of the page as it is now."""
    return {
        "unit_key": practical.translation_key,
        "title": practical.title,
        "statement": practical.statement,
        "neutral_statement": practical.neutral_statement,
        "language": practical.locale.language_code,
        "setting": practical.setting if practical.setting != PracticalPage.Setting.EITHER else "",
    }


def _marked(step: dict, marks: dict[str, str], remarks: dict[str, str]) -> dict:
    if step.get("carried"):
        return step
    mark = marks.get(step["id"], "")
    note = remarks.get(step["id"], step.get("note", ""))
    return step | {"mark": mark if signoff.may_be_marked(step, mark) else "", "note": note}


def _value(observation: Observation, name: str, value: str) -> str:
    """What stands in a field that may take this value. Raises NotAField."""
    kind, _dash, step_id = name.partition("-")
    if name in ("setting", *NOTES):
        return getattr(observation, name)
    step = next((step for step in observation.steps if step["id"] == step_id and not step.get("carried")), None)
    if kind not in PARTS or not step or (kind == "step" and not signoff.may_be_marked(step, value)):
        raise NotAField
    return step.get(PARTS[kind], "")


def _void(observation: Observation, by: User, reason: str) -> set[str]:
    """Voids it and what rests on it; returns the ids. An open one that carried its steps over asks them all again."""
    observation.voided_at, observation.voided_by, observation.void_reason = timezone.now(), by, reason
    observation.save(update_fields=["voided_at", "voided_by", "void_reason"])
    voided = {str(observation.pk)}
    because = _("The observation before it does not count: %(reason)s") % {"reason": reason}
    for following in Observation.objects.select_for_update().filter(follows=observation, voided_at=None):
        if following.signed_at:
            voided |= _void(following, by, because[:LONGEST_REASON])
        else:
            _ask_all(following)
    return voided


def _ask_all(observation: Observation) -> None:
    observation.follows = None
    observation.steps = [
        {name: value for name, value in step.items() if name != "carried"} | {"mark": ""}
        if step.get("carried")
        else step
        for step in observation.steps
    ]
    observation.save(update_fields=["follows", "steps"])


def _complete_by_another(voided: Observation) -> None:
    practical = queries.practical_page(voided.unit_key, voided.language)
    signed = watching.standing(voided.learner, practical).signed
    competent = [one for one in signed if one.competent and watching.is_in_date(one, practical)]
    if competent:
        _complete(competent[0])


def _complete(observation: Observation) -> None:
    practical = queries.practical_page(observation.unit_key, observation.language)
    signed_on = timezone.localtime(observation.signed_at).date()
    detail = {
        "statement": observation.statement,
        "neutral_statement": observation.neutral_statement,
        "observer": observation.observer.get_full_name(),
        "site": str(observation.site),
        "date": signed_on.isoformat(),
        "observation": str(observation.pk),
    }
    until = watching.valid_until(observation, practical)
    complete_unit(observation.learner, practical, detail=detail, valid_until=until)
