import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from curriculum.models import CountryValue, Fact
from lms.people.models import Role
from tests.factories.content import make_fact
from tests.factories.people import make_person, post

FACTS = "wagtailsnippets_curriculum_fact"
VALUES = "wagtailsnippets_curriculum_countryvalue"


@pytest.fixture
def lead(site):
    person = make_person("Hellen", "Oduya")
    post(person, Role.LEAD)
    return person


@pytest.fixture
def other_lead(lesotho):
    person = make_person("Teboho", "Nkosi", "LS")
    post(person, Role.LEAD)
    return person


@pytest.fixture
def value(kenya):
    return CountryValue.objects.create(
        country=kenya, key="iptp_sp_used", value="From week 13", confirmed_on=timezone.localdate()
    )


def edit(client, row, **fields):
    form = {name: getattr(row, name) for name in ("key", "language", "value", "note")} | {"country": row.country_id}
    answer = client.post(reverse(f"{VALUES}:edit", args=[row.pk]), form | fields)
    row.refresh_from_db()
    return answer


def is_refused(answer) -> bool:
    """Wagtail sends whoever may not do a thing back to the first page, with a sentence."""
    sentences = " ".join(map(str, get_messages(answer.wsgi_request)))
    return answer.status_code == 302 and answer.url == reverse("wagtailadmin_home") and "permission" in sentences


def test_facts_are_listed_with_what_a_trainer_asks_of_them(client, trainer, db):
    make_fact("tb-f1", statement="Cough is asked about.", safety_critical=True)
    client.force_login(trainer)
    page = client.get(reverse(f"{FACTS}:list")).content.decode()
    for words in ("tb-f1", "Cough is asked about.", "WHO 2024", "Seen in the source", "2024"):
        assert words in page


@pytest.mark.parametrize("asked", ["q=cough", "q=tb-f1", "status=verified", "safety_critical=true"])
def test_facts_are_found_by_code_words_and_state(client, trainer, asked, db):
    make_fact("tb-f1", statement="Cough is asked about.", safety_critical=True)
    make_fact("hiv-f2", statement="Nets are slept under.", status="memory")
    call_command("update_index", verbosity=0)
    client.force_login(trainer)
    page = client.get(f"{reverse(f'{FACTS}:list')}?{asked}").content.decode()
    assert "Cough is asked about." in page
    assert "Nets are slept under." not in page


@pytest.mark.parametrize("ordering", ["code", "-code"])
def test_facts_stand_as_people_count(client, trainer, ordering, db):
    for code in ("tb-f10", "tb-f2", "hiv-f11"):
        make_fact(code)
    call_command("update_index", verbosity=0)
    client.force_login(trainer)
    page = client.get(reverse(f"{FACTS}:list"), {"ordering": ordering})
    found = [fact.code for fact in page.context["object_list"]]
    assert found[:: 1 if ordering == "code" else -1] == ["hiv-f11", "tb-f2", "tb-f10"]
    searched = client.get(reverse(f"{FACTS}:list"), {"ordering": ordering, "q": "tb"})
    assert sorted(fact.code for fact in searched.context["object_list"]) == ["tb-f10", "tb-f2"]


@pytest.mark.parametrize("asked", ["cough", "tb-f1", "tb-f"])
def test_the_chooser_finds_a_fact_by_code_and_words(client, trainer, asked, db):
    make_fact("tb-f1", statement="Cough is asked about.")
    make_fact("ncd-x2", statement="Nets are slept under.")
    call_command("update_index", verbosity=0)
    client.force_login(trainer)
    url = reverse("wagtailsnippetchoosers_curriculum_fact:choose_results")
    page = client.get(f"{url}?q={asked}").content.decode()
    assert "tb-f1" in page
    assert "ncd-x2" not in page


def test_usage_names_the_lessons_and_questions_that_cite_a_fact(client, administrator, curriculum):
    call_command("rebuild_references_index", verbosity=0)
    client.force_login(administrator)
    page = client.get(reverse(f"{FACTS}:usage", args=[curriculum.facts[0].pk])).content.decode()
    assert curriculum.lessons[0].title in page
    assert curriculum.questions[0].code in page
    assert curriculum.questions[1].code not in page


def test_history_keeps_what_a_fact_said(client, trainer, db):
    fact = make_fact("tb-f1")
    client.force_login(trainer)
    form = {"code": "tb-f1", "statement": "New words.", "source": "WHO", "as_of": "2025", "status": "verified"}
    form |= {"kind": "minor", "reason": "Said more plainly"}
    client.post(reverse(f"{FACTS}:edit", args=[fact.pk]), form)
    fact.refresh_from_db()
    assert fact.statement == "New words."
    assert fact.latest_revision.user == trainer


def test_an_earlier_version_of_a_fact_is_never_written_over(client, trainer, db):
    form = {"code": "tb-f1", "source": "WHO 2024", "as_of": "2024", "status": "verified"}
    form |= {"kind": "minor", "reason": "x"}
    address = reverse(f"{FACTS}:edit", args=[make_fact("tb-f1").pk])
    client.force_login(trainer)
    client.post(address, form | {"statement": "One."})
    first = Fact.objects.get().latest_revision
    client.post(address, form | {"statement": "Two.", "overwrite_revision_id": first.pk})
    assert [row.content["statement"] for row in Fact.objects.get().revisions.order_by("pk")] == ["One.", "Two."]


@pytest.mark.parametrize("year", ["9" * 20, "1e400", "NaN", "-1", "x"])
def test_a_year_that_no_database_takes_is_answered(client, trainer, year, db):
    client.force_login(trainer)
    assert client.get(reverse(f"{FACTS}:list"), {"as_of_min": year, "as_of_max": year}).status_code == 200


def test_facts_list_costs_the_same_for_every_row(client, trainer, db):
    client.force_login(trainer)
    make_fact("tb-f1")
    client.get(reverse(f"{FACTS}:list"))
    one, three = CaptureQueriesContext(connection), CaptureQueriesContext(connection)
    with one:
        client.get(reverse(f"{FACTS}:list"))
    make_fact("tb-f2"), make_fact("tb-f3")
    with three:
        client.get(reverse(f"{FACTS}:list"))
    assert len(three) == len(one)


def test_facts_are_not_for_hr(client, hr, db):
    client.force_login(hr)
    assert is_refused(client.get(reverse(f"{FACTS}:list")))


def test_a_trainers_change_takes_the_confirmation_away(client, trainer, value):
    client.force_login(trainer)
    edit(client, value, value="From week 12")
    assert (value.value, value.confirmed_on) == ("From week 12", None)


def test_a_trainers_note_leaves_the_confirmation(client, trainer, value):
    client.force_login(trainer)
    edit(client, value, note="Guideline of 2024, page 12")
    assert value.confirmed_on == timezone.localdate()


def test_a_trainer_cannot_confirm(client, trainer, value):
    CountryValue.objects.update(confirmed_on=None)
    client.force_login(trainer)
    assert 'name="confirmed_on"' not in client.get(reverse(f"{VALUES}:edit", args=[value.pk])).content.decode()
    edit(client, value, confirmed_on="2026-11-20")
    assert value.confirmed_on is None


def test_the_lead_confirms_and_her_change_keeps_it(client, lead, value):
    CountryValue.objects.update(confirmed_on=None)
    client.force_login(lead)
    edit(client, value, value="From week 12", confirmed_on="2026-11-20")
    assert (value.value, str(value.confirmed_on)) == ("From week 12", "2026-11-20")


@pytest.mark.parametrize("who", ["other_lead", "other_country_hr", "reviewer"])
def test_values_are_written_at_home_only(client, who, value, request):
    client.force_login(request.getfixturevalue(who))
    assert is_refused(edit(client, value, value="Something else"))
    assert value.value == "From week 13"


def test_a_value_cannot_be_made_for_another_country(client, lead, lesotho):
    client.force_login(lead)
    form = {"country": "LS", "key": "iptp_sp_used", "language": "en", "value": "Never", "confirmed_on": "2026-11-20"}
    client.post(reverse(f"{VALUES}:add"), form)
    assert not CountryValue.objects.exists()


def test_the_administrator_confirms_everywhere(client, administrator, lesotho):
    client.force_login(administrator)
    form = {"country": "LS", "key": "iptp_sp_used", "language": "en", "value": "Never", "confirmed_on": "2026-11-20"}
    client.post(reverse(f"{VALUES}:add"), form)
    assert CountryValue.objects.confirmed().filter(country="LS").exists()


def test_values_are_filtered_by_country_and_confirmation(client, trainer, value, lesotho):
    CountryValue.objects.create(country=lesotho, key="infant_tests", value="At 6 weeks")
    client.force_login(trainer)
    url = reverse(f"{VALUES}:list")
    for asked in ("country=KE", "confirmed_on__isnull=false", "key=iptp_sp_used"):
        page = client.get(f"{url}?{asked}").content.decode()
        assert "From week 13" in page, asked
        assert "At 6 weeks" not in page, asked


def test_a_fact_is_not_lost_by_a_trainer(client, trainer, curriculum):
    client.force_login(trainer)
    assert is_refused(client.post(reverse(f"{FACTS}:delete", args=[curriculum.facts[0].pk])))
    assert Fact.objects.count() == 2
