"""Who may bring questions in or take them out. Someone else's import is not there."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lms.people.models import User

from ..models import QuestionImport, QuizPage


def may_import(user: User) -> bool:
    return user.has_perm("assessments.add_question")


def may_export(user: User) -> bool:
    """A file of questions holds their keys: whoever may open a question in the bank."""
    return any(user.has_perm(f"assessments.{verb}_question") for verb in ("view", "change", "add"))


def check(allowed: bool) -> None:
    """Raises PermissionDenied: the menu shows her no such page, so this is somebody who typed the address."""
    if not allowed:
        raise PermissionDenied


def imports_of(user: User) -> QuerySet[QuestionImport]:
    return QuestionImport.objects.filter(uploaded_by=user)


def import_for(user: User, pk: UUID) -> QuestionImport:
    if not may_import(user):
        raise Http404
    return get_object_or_404(imports_of(user), pk=pk)


def quiz_for(user: User, pk: int) -> QuizPage:
    """A quiz that she may open in the admin's page tree, in its own words: an alias has none."""
    quiz = get_object_or_404(QuizPage, pk=pk)
    if not may_export(user) or not quiz.permissions_for_user(user).can_edit():
        raise Http404
    return quiz
