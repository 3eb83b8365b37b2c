"""Files of questions: kept as they were read, made into drafts once, all or nothing, or thrown away."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people.models import User

from ..exchange.bank import Names, make
from ..exchange.drafts import Draft
from ..exchange.formats import Reading
from ..exchange.moodle import Problem
from ..models import Question, QuestionImport

KEPT_UNCOMMITTED = timedelta(days=14)


class ThrownAway(Exception):
    """The file was forgotten in the meantime."""


class AlreadyImported(Exception):
    """The import made its questions before; a second press changes nothing."""


class NothingChosen(Exception):
    """No question of the file was chosen."""


class NamesGone(Exception):
    """Since the file was sent, a name went away or a code was taken; the argument is a sentence that says which."""


def keep_import(reading: Reading, *, file_name: str, language: str, by: User) -> QuestionImport:
    """Keep what was read of a file, with its names found in the bank. Makes no question.

    A sheet names our own rows: what it names and we do not have is a problem. Other files may name anything.
    """
    names, drafts, problems = Names(), [], list(reading.problems)
    is_sheet = reading.format == QuestionImport.Format.SHEET
    for draft in reading.drafts:
        missing = names.settle(draft, language, strict=is_sheet)
        problems += [Problem(_place(draft, column), reason, draft.name, draft.line) for column, reason in missing]
        if not missing:
            drafts.append(draft)
    return QuestionImport.objects.create(
        format=reading.format,
        file_name=file_name[-150:],
        drafts=[draft.as_json() for draft in drafts],
        problems=[vars(problem) for problem in sorted(problems, key=lambda problem: problem.line)],
        uploaded_by=by,
    )


def _place(draft: Draft, column: str) -> str:
    return _("%(place)s, column «%(column)s»") % {"place": draft.place, "column": column}


def commit_import(row: QuestionImport, *, take: set[int], by: User) -> list[Question]:
    """Make the chosen questions (numbers from 1) as drafts for the clinical review, all or nothing.

    Returns the questions. Raises AlreadyImported, NothingChosen, NamesGone and ThrownAway. Pictures that were stored
    for questions that are not made after all are taken away again.
    """
    stored: list = []
    try:
        with transaction.atomic():
            return _commit(row, take, by, stored)
    except IntegrityError as error:
        _take_away(stored)
        raise NamesGone(_("Somebody took the code of a question just now. Nothing was made: try again.")) from error
    except BaseException:
        _take_away(stored)
        raise


def _take_away(stored: list) -> None:
    for image in stored:
        image.file.delete(save=False)


def _commit(row: QuestionImport, take: set[int], by: User, stored: list) -> list[Question]:
    row = QuestionImport.objects.select_for_update().filter(pk=row.pk).first()
    if row is None:
        raise ThrownAway
    if row.committed_at:
        raise AlreadyImported
    drafts = [Draft.from_json(data) for number, data in enumerate(row.drafts, 1) if number in take]
    if not drafts:
        raise NothingChosen
    names = Names()
    for draft in drafts:
        if missing := names.settle(draft, draft.language, strict=True):
            raise NamesGone(_("%(reason)s Nothing was made: send the file again.") % {"reason": missing[0][1]})
    made = [make(draft, names, by, stored) for draft in drafts]
    row.made = [question.pk for question in made]
    row.drafts = []
    row.committed_at = timezone.now()
    row.save(update_fields=["made", "drafts", "committed_at"])
    return made


@transaction.atomic
def discard_import(row: QuestionImport) -> bool:
    """Forget a file that made nothing; False for one that did, which stays."""
    return bool(_forget(QuestionImport.objects.filter(pk=row.pk)))


@transaction.atomic
def forget_old_imports() -> int:
    """Files that nobody committed go after KEPT_UNCOMMITTED. Returns how many went."""
    return _forget(QuestionImport.objects.filter(uploaded_at__lt=timezone.now() - KEPT_UNCOMMITTED))


def _forget(rows: QuerySet[QuestionImport]) -> int:
    """Locked before they are looked at: deleting reads first, and one could be committed in between."""
    waiting = list(rows.filter(committed_at=None).select_for_update().values_list("pk", flat=True))
    return QuestionImport.objects.filter(pk__in=waiting).delete()[0]
