"""Who may print which handbook. `…_for` gives the row or a 404."""

from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from curriculum.models import ModulePage, ProgrammePage
from lms.learning.permissions import may_read, reads_everything
from lms.people.models import User

from ..models import Edition, Handbook
from .contents import live


def may_print(user: User) -> bool:
    """Staff who read the whole curriculum."""
    return user.is_authenticated and reads_everything(user)


def may_see_key(user: User) -> bool:
    """Those who work on the question bank."""
    return may_print(user) and user.has_perm("assessments.view_question")


def editions_for(user: User) -> list[Edition]:
    return [Edition.LEARNER, *([Edition.FACILITATOR] if may_see_key(user) else [])]


def handbooks_for(user: User) -> QuerySet[Handbook]:
    """What staff may take, whoever asked for it: a handbook holds no person's data."""
    return Handbook.objects.filter(edition__in=editions_for(user)) if may_print(user) else Handbook.objects.none()


def handbook_for(user: User, handbook_id: UUID) -> Handbook:
    return get_object_or_404(handbooks_for(user), pk=handbook_id)


def subjects(language: str) -> list[ProgrammePage | ModulePage]:
    """What can be printed: each live programme and module, titled in this language."""
    return [*live(ProgrammePage, language), *live(ModulePage, language)]


def module_of_hers(user: User, key: UUID, language: str) -> ModulePage:
    """A module that she may read, in this language or else in English."""
    for page in live(ModulePage, language, [key]):
        if may_read(user, page):
            return page
    raise Http404


def handbook_of_hers(user: User, module: ModulePage, handbook_id: UUID) -> Handbook:
    """The learner's edition of her country, once it is drawn."""
    drawn = Handbook.objects.filter(subject_key=module.translation_key, country=user.country_id, drawn_at__isnull=False)
    return get_object_or_404(drawn.filter(edition=Edition.LEARNER), pk=handbook_id)


def languages() -> list[tuple[str, str]]:
    return list(settings.LANGUAGES)
