import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, ReferenceIndex

from certificates.models import CertificateDesign, CertificatePolicy
from certificates.staff.forms import PolicyForm
from tests.factories.certificates import make_design, make_picture

LIST, ADD = reverse("certificate_designs:list"), reverse("certificate_designs:add")
OF_ONE = ("edit", "copy", "history", "history_results", "usage", "delete", "unpublish", "preview_on_edit")


def at(name: str, design: CertificateDesign) -> str:
    return reverse(f"certificate_designs:{name}", args=[design.pk])


@pytest.fixture
def kenyan(kenya):
    return make_design(name="Kenya’s own", country=kenya)


@pytest.fixture
def basotho(lesotho):
    return make_design(name="Lesotho’s own", country=lesotho)


@pytest.fixture
def shared(db):
    return make_design(name="Everybody’s")


@pytest.mark.parametrize("who", ["hr", "trainer"])
def test_list_shows_her_country_s_and_those_for_all(enter, request, who, kenyan, basotho, shared):
    page = enter(request.getfixturevalue(who)).get(LIST).content.decode()
    assert "Kenya’s own" in page and "Everybody’s" in page
    assert "Lesotho’s own" not in page


def test_list_offers_what_she_may(enter, hr, kenyan, shared):
    page = enter(hr).get(LIST).content.decode()
    for name in ("edit", "delete"):
        assert at(name, kenyan) in page and at(name, shared) not in page
    assert at("copy", shared) in page


@pytest.mark.parametrize("who", ["observer", "learner", "reviewer"])
def test_others_do_not_make_designs(enter, request, who, kenyan):
    client = enter(request.getfixturevalue(who))
    for address in (LIST, ADD, at("edit", kenyan)):
        assert client.get(address).status_code in (302, 404)


def test_stranger_is_sent_to_sign_in(client, kenyan):
    assert "login" in client.get(at("edit", kenyan)).headers["Location"]


@pytest.mark.parametrize("name", OF_ONE)
def test_another_country_s_design_is_nowhere(enter, hr, basotho, name):
    assert enter(hr).get(at(name, basotho)).status_code == 404


@pytest.mark.parametrize("name", sorted(set(OF_ONE) - {"copy"}))
def test_design_for_all_is_changed_by_administrators(enter, hr, shared, name):
    assert enter(hr).get(at(name, shared)).status_code == 302  # refused with a sentence


def test_design_for_all_may_be_copied(enter, hr, entered, shared, kenya):
    client = enter(hr)
    assert client.get(at("copy", shared)).status_code == 200
    client.post(at("copy", shared), entered(name="Our copy", publish=True))
    assert CertificateDesign.objects.get(name="Our copy").country == kenya


def test_administrator_opens_all(enter, administrator, kenyan, shared):
    client = enter(administrator)
    for design in (kenyan, shared):
        for name in ("edit", "copy", "history", "usage", "delete"):
            assert client.get(at(name, design)).status_code == 200


def test_list_asks_as_often_for_many_as_for_few(enter, hr, kenya, kenyan, shared, django_assert_max_num_queries):
    client = enter(hr)
    for design in (kenyan, shared):
        design.save_revision().publish()
    client.get(LIST)
    with django_assert_max_num_queries(1000) as few:
        client.get(LIST)
    for name in ("Second", "Third"):
        make_design(name=name, country=kenya).save_revision().publish()
    with django_assert_max_num_queries(len(few)):
        assert client.get(LIST).status_code == 200


def test_design_goes_from_draft_to_live_and_is_logged(enter, hr, entered):
    client = enter(hr)
    client.post(ADD, entered())
    design = CertificateDesign.objects.get()
    assert not design.live
    client.post(at("edit", design), entered(name="Ours, at last", publish=True))
    design.refresh_from_db()
    assert design.live and design.name == "Ours, at last"
    actions = ModelLogEntry.objects.filter(object_id=str(design.pk)).values_list("action", flat=True)
    assert {"wagtail.create", "wagtail.publish"} <= set(actions)


def test_country_offers_only_hers(enter, hr, entered, lesotho):
    client = enter(hr)
    assert "Lesotho" not in client.get(ADD).content.decode()
    for country in ("LS", ""):
        client.post(ADD, entered(country=country, publish=True))
    assert not CertificateDesign.objects.exists()


def test_administrator_makes_one_for_all(enter, administrator, entered):
    enter(administrator).post(ADD, entered(country="", publish=True))
    assert CertificateDesign.objects.get().country is None


def test_design_is_not_narrowed_while_others_use_it(enter, administrator, entered, shared, curriculum, lesotho):
    CertificatePolicy.objects.create(programme_key=curriculum.programme.translation_key, country=lesotho, design=shared)
    page = enter(administrator).post(at("edit", shared), entered(publish=True)).content.decode()
    assert "Certificates of other countries use it" in page
    shared.refresh_from_db()
    assert shared.country is None


def test_usage_names_policies(enter, hr, kenyan, curriculum, kenya):
    programme = curriculum.programme
    CertificatePolicy.objects.create(programme_key=programme.translation_key, country=kenya, design=kenyan)
    page = enter(hr).get(at("usage", kenyan)).content.decode()
    assert programme.title in page and "Kenya" in page


def test_design_in_use_is_not_deleted(enter, hr, kenyan, curriculum):
    client = enter(hr)
    policy = CertificatePolicy.objects.create(programme_key=curriculum.programme.translation_key, design=kenyan)
    assert "Yes, delete" not in client.get(at("delete", kenyan)).content.decode()
    client.post(at("delete", kenyan))
    assert CertificateDesign.objects.filter(pk=kenyan.pk).exists()
    policy.delete()
    client.post(at("delete", kenyan))
    assert not CertificateDesign.objects.filter(pk=kenyan.pk).exists()


def test_many_are_not_deleted_at_once_while_one_is_used(enter, hr, kenyan, curriculum):
    CertificatePolicy.objects.create(programme_key=curriculum.programme.translation_key, design=kenyan)
    address = reverse("wagtail_bulk_action", args=["certificates", "certificatedesign", "delete"])
    enter(hr).post(f"{address}?id={kenyan.pk}")
    assert CertificateDesign.objects.filter(pk=kenyan.pk).exists()


def test_picture_of_a_design_is_known_as_used(enter, administrator, kenyan):
    picture = make_picture("Ministry")
    kenyan.logos = [("logo", {"picture": picture, "says": "Ministry of Health"})]
    kenyan.save()
    ReferenceIndex.create_or_update_for_object(kenyan)  # as a task does after each change
    page = enter(administrator).get(reverse("wagtailimages:delete", args=[picture.pk])).content.decode()
    assert "referenced 1 time" in page


def test_design_in_use_is_not_taken_down(enter, hr, kenyan, curriculum):
    CertificatePolicy.objects.create(programme_key=curriculum.programme.translation_key, design=kenyan)
    answer = enter(hr).post(at("unpublish", kenyan), follow=True)
    assert "Give them another design first" in answer.content.decode()
    kenyan.refresh_from_db()
    assert kenyan.live


@pytest.mark.parametrize(("country", "fits"), [("KE", True), ("LS", False), ("", False)])
def test_policy_takes_a_live_design_of_its_country(kenyan, curriculum, country, fits):
    sent = {"programme_key": curriculum.programme.translation_key, "country": country, "design": kenyan.pk}
    form = PolicyForm(sent | {"months_valid": 12, "renewal_days": 90, "grace_days": 60, "issuer": "Us"})
    assert ("design" not in form.errors) == fits
    kenyan.live = False
    kenyan.save()
    assert not PolicyForm().fields["design"].queryset.exists()
