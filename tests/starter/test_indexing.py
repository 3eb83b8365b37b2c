"""What the loader saves is found and cited at once, without a worker."""

import pytest
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, ReferenceIndex

from curriculum.models import Fact, LessonPage
from lms.starter.indexing import indexed_once
from lms.starter.loader import load
from tests.factories.content import make_fact
from tests.factories.starter import short_library

pytestmark = pytest.mark.django_db


def test_load_leaves_no_task_behind_and_everything_indexed(tmp_path):
    load(short_library(tmp_path))
    assert not DBTaskResult.objects.exists()
    lesson = LessonPage.objects.get(slug="tb-l2-screen", locale__language_code="en")
    assert ReferenceIndex.get_references_to(Fact.objects.get(code="tb-f7")).filter(object_id=str(lesson.pk)).exists()
    assert lesson in Page.objects.search("screening").get_queryset().specific()


def test_tasks_are_enqueued_again_afterwards(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": False}}
    with pytest.raises(KeyError), indexed_once():
        raise KeyError
    make_fact("tb-f1")
    assert DBTaskResult.objects.exists()
