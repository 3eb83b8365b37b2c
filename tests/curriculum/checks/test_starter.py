"""The starter curriculum passes every check that keeps a page from learners."""

import json

import pytest

from curriculum.blocks import CardsBlock, JobAidBlock
from curriculum.checks.form import blocking
from curriculum.checks.whole import OF_A_LESSON
from curriculum.models import Fact
from lms.starter import streams
from lms.starter.library import read_library


@pytest.fixture(scope="module")
def library():
    return read_library()


@pytest.fixture
def facts(db, library) -> dict[str, int]:
    rows = [
        Fact(code=one.source_id, statement=one.data["statement"], as_of=2024, status=one.data["status"])
        for module in library.modules
        for one in module.facts
    ]
    Fact.objects.bulk_create(rows)
    return dict(Fact.objects.values_list("code", "pk"))


def test_nothing_in_the_starter_content_is_kept_back(library, facts):
    found = []
    for module in library.modules:
        for lesson in module.lessons:
            cards = CardsBlock().to_python(streams.cards(lesson.data, lesson.source_id, facts))
            found += [(lesson.source_id, one.name, one.sentence) for one in blocking(cards, "en", OF_A_LESSON)]
        if module.job_aid:
            cards = JobAidBlock().to_python(streams.cards(module.job_aid, module.item.source_id, facts))
            found += [(module.item.source_id, one.name, one.sentence) for one in blocking(cards, "en")]
    assert found == [], json.dumps(found, indent=1)
