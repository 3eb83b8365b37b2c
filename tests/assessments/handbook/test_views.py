import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from assessments.handbook import services
from assessments.models import Edition, Handbook
from lms.learning.services import enrol
from tests.factories.content import make_programme, row

pytestmark = pytest.mark.django_db
INDEX = "/cms/handbooks/"


@pytest.fixture
def ready(asked, quick_press):
    def ready(edition=Edition.LEARNER):
        handbook = asked(edition)
        services.draw_and_store(handbook.pk)
        return handbook

    return ready


def choice(curriculum, **changes) -> dict:
    key = curriculum.module.translation_key
    return {"subject": key, "country": "KE", "language": "en", "edition": "facilitator"} | changes


def test_trainer_asks_waits_and_takes(client, trainer, curriculum, quick_press):
    client.force_login(trainer)
    assert "Tuberculosis" in client.get(INDEX).content.decode()
    first = client.post(INDEX, choice(curriculum))
    assert client.post(INDEX, choice(curriculum))["Location"] == first["Location"]
    handbook = Handbook.objects.get()
    page = client.get(first["Location"]).content.decode()
    assert "Waiting" in page
    assert 'http-equiv="refresh"' in page
    assert client.get(f"{first['Location']}file/").status_code == 404
    services.draw_and_store(handbook.pk)
    page = client.get(first["Location"]).content.decode()
    assert "Ready · 3 pages" in page
    assert "refresh" not in page
    taken = client.get(f"{first['Location']}file/")
    assert b"".join(taken.streaming_content).startswith(b"%PDF")
    assert "handbook-ke-en-facilitator-" in taken["Content-Disposition"]
    assert ModelLogEntry.objects.filter(action="assessments.take_handbook", user=trainer).exists()


def test_answers_are_for_those_who_work_on_the_bank(client, hr, curriculum, ready):
    handbook = ready(Edition.FACILITATOR)
    client.force_login(hr)
    assert "For facilitators" not in client.get(INDEX).content.decode()
    assert client.post(INDEX, choice(curriculum)).status_code == 200
    assert Handbook.objects.count() == 1
    assert client.get(f"{INDEX}{handbook.pk}/").status_code == 404
    assert client.get(f"{INDEX}{handbook.pk}/file/").status_code == 404
    assert client.get(f"{INDEX}{ready().pk}/file/").status_code == 200


def test_learners_and_strangers_are_not_served_as_staff(client, learner, ready):
    handbook = ready()
    for address in (INDEX, f"{INDEX}{handbook.pk}/", f"{INDEX}{handbook.pk}/file/"):
        assert client.get(address).status_code == 302
        client.force_login(learner)
        assert client.get(address).status_code in (302, 404)
        client.logout()


def test_wrong_method_is_refused(client, trainer, ready):
    client.force_login(trainer)
    handbook = ready()
    assert client.delete(INDEX).status_code == 405
    assert client.post(f"{INDEX}{handbook.pk}/").status_code == 405
    assert client.post(f"{INDEX}{handbook.pk}/file/").status_code == 405


def test_country_in_which_nothing_is_asked_is_said_at_its_field(client, trainer, curriculum, lesotho):
    programme = make_programme(curriculum.home, [row(curriculum.module, countries=["KE"])], title="Second", code="two")
    client.force_login(trainer)
    page = client.post(INDEX, choice(curriculum, subject=programme.translation_key, country="LS"))
    assert "asks for nothing in this country" in page.content.decode()


def test_failed_one_says_why_and_is_asked_for_again(client, trainer, curriculum, asked):
    handbook = asked()
    Handbook.objects.update(failed_reason="Install Pango.")
    client.force_login(trainer)
    page = client.get(f"{INDEX}{handbook.pk}/").content.decode()
    assert "Install Pango." in page
    again = client.post(INDEX, choice(curriculum, edition="learner"))
    assert again["Location"] == f"{INDEX}{handbook.pk}/"
    assert Handbook.objects.get().state == "waiting"


def test_list_costs_the_same_however_long(client, trainer, curriculum, asked):
    client.force_login(trainer)
    costs = []
    for number in range(3):
        Handbook.objects.filter(pk=asked().pk).update(fingerprint=str(number))
        client.get(INDEX)
        with CaptureQueriesContext(connection) as found:
            client.get(INDEX)
        costs.append(len(found))
    assert costs[0] == costs[2]


def hers(module) -> str:
    return reverse("assessments:handbook-show", args=[module.translation_key])


def test_learner_makes_and_takes_her_module_without_answers(client, learner, curriculum, quick_press):
    enrol(learner, curriculum.programme)
    client.force_login(learner)
    address = hers(curriculum.module)
    assert address in client.get(curriculum.module.url).content.decode()
    assert "Make the file" in client.get(address).content.decode()
    assert not Handbook.objects.exists()
    assert client.post(address)["Location"] == address
    client.post(address)
    handbook = Handbook.objects.get()
    assert (handbook.edition, handbook.country_id) == (Edition.LEARNER, "KE")
    assert "It is being drawn." in client.get(address).content.decode()
    services.draw_and_store(handbook.pk)
    assert "Take along" in client.get(address).content.decode()
    taken = client.get(reverse("assessments:handbook-take", args=[curriculum.module.translation_key, handbook.pk]))
    assert b"TB can begin between two visits." not in b"".join(taken.streaming_content)


def test_learner_takes_no_other_edition_or_country(client, learner, lesotho_learner, curriculum, ready):
    books = [ready(), ready(Edition.FACILITATOR)]
    for person in (learner, lesotho_learner):
        enrol(person, curriculum.programme)
    take = [reverse("assessments:handbook-take", args=[curriculum.module.translation_key, one.pk]) for one in books]
    client.force_login(learner)
    assert [client.get(address).status_code for address in take] == [200, 404]
    client.force_login(lesotho_learner)
    assert [client.get(address).status_code for address in take] == [404, 404]


def test_gate_of_the_module_holds_for_its_handbook(client, other_learner, curriculum):
    address = hers(curriculum.module)
    assert "sign-in" in client.get(address)["Location"]
    client.force_login(other_learner)
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert not Handbook.objects.exists()
    assert client.delete(address).status_code == 405
