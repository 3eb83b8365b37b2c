import pytest
from django_tasks_db.models import DBTaskResult

from certificates import many
from certificates.models import Certificate, CertificatePolicy
from tests.factories.certificates import finish

pytestmark = pytest.mark.usefixtures("plain_drawing")


@pytest.fixture
def waiting(learner, other_learner, lesotho_learner, curriculum) -> list[Certificate]:
    CertificatePolicy.objects.create(programme_key=curriculum.programme.translation_key, needs_confirmation=True)
    found = [finish(person, curriculum) for person in (learner, other_learner, lesotho_learner)]
    DBTaskResult.objects.all().delete()
    return found


def confirmed() -> set:
    return set(Certificate.objects.exclude(confirmed_at=None).values_list("pk", flat=True))


def test_a_few_are_changed_at_once(waiting, hr):
    """Lesotho's is not hers."""
    assert many.change("confirm", [row.pk for row in waiting], hr) == 2
    assert confirmed() == {row.pk for row in waiting[:2]}


def test_many_are_changed_by_tasks_that_ask_again_who_may(waiting, hr, monkeypatch):
    monkeypatch.setattr(many, "AT_ONCE", 1)
    monkeypatch.setattr(many, "CHUNK", 2)
    assert many.change("confirm", [row.pk for row in waiting], hr) is None
    assert confirmed() == set()
    tasks = list(DBTaskResult.objects.filter(task_path="certificates.many.change_many"))
    assert [len(task.args_kwargs["args"][1]) for task in tasks] == [2, 1]
    assert sum(many.change_many.call(*task.args_kwargs["args"]) for task in tasks) == 2
    assert confirmed() == {row.pk for row in waiting[:2]}


def test_what_was_changed_meanwhile_is_left_out(waiting, hr):
    keys = [str(row.pk) for row in waiting[:2]]
    assert many.change_now("anew", keys, hr) == 0
    assert many.change_now("again", keys, hr) == 0
