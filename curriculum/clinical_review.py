"""The workflow of the site: trainers submit, clinical reviewers approve. Made once; what is changed later stays."""

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from wagtail.models import (
    Page,
    TranslatableMixin,
    Workflow,
    WorkflowContentType,
    WorkflowMixin,
    WorkflowPage,
    WorkflowTask,
)

from .models import ClinicalReviewTask

NAME = "Clinical review"
GROUP = "Clinical reviewers"


def ensure_workflow(**kwargs) -> None:
    """After a migrate: pages and questions go to clinical review instead of Wagtail's «Moderators approval»."""
    if _can_be_written() and not ClinicalReviewTask.objects.exists():
        with transaction.atomic():
            _make_workflow()


def _make_workflow() -> None:
    for other in Workflow.objects.active():
        other.deactivate()
    task = ClinicalReviewTask.objects.create(name=NAME)
    task.groups.add(Group.objects.get_or_create(name=GROUP)[0])
    workflow = Workflow.objects.create(name=NAME)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page=Page.get_first_root_node(), workflow=workflow)
    for model in filter(_is_reviewed, apps.get_models()):
        WorkflowContentType.objects.create(content_type=ContentType.objects.get_for_model(model), workflow=workflow)


def _is_reviewed(model: type[models.Model]) -> bool:
    """Pages inherit the workflow of the root; what else knows workflows and languages, such as questions, is named."""
    return issubclass(model, WorkflowMixin) and issubclass(model, TranslatableMixin) and not issubclass(model, Page)


def _can_be_written() -> bool:
    """Not after a migration to an earlier state, and not after a test has emptied the tables."""
    return (
        ClinicalReviewTask._meta.db_table in connection.introspection.table_names()
        and Page.objects.filter(depth=1).exists()
    )
