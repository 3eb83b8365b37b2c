import pytest

from lms.core.models import Country, Task


def test_country_allows_what_is_switched_on(kenya, lesotho):
    assert kenya.allows(Task.MALARIA_RDT) and not kenya.allows(Task.HIV_TEST)
    assert not lesotho.allows(Task.MALARIA_RDT)
    assert lesotho.allows("")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_countries_survive_a_test_that_empties_the_tables(time):
    assert Country.objects.count() == 10
    Country.objects.all().delete()


def test_curriculum_has_its_parts(curriculum):
    assert [lesson.title for lesson in curriculum.lessons] == ["What TB is", "Ask everyone"]
