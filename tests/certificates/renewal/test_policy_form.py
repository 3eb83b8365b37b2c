import pytest
from django.urls import reverse

from certificates.models import CertificatePolicy
from certificates.staff.forms import PolicyForm


def data(curriculum, **changes) -> dict:
    values = {"months_valid": 12, "renewal_days": 90, "grace_days": 60, "issuer": "Office"}
    return values | {"programme_key": str(curriculum.programme.translation_key), "country": "KE"} | changes


def test_refresher_is_chosen_by_its_title(curriculum, refresher, kenya):
    form = PolicyForm(data(curriculum, refresher_key=str(refresher.translation_key)))
    assert [label for _key, label in form.fields["refresher_key"].choices] == ["The whole programme again", "Refresher"]
    assert form.is_valid(), form.errors
    assert form.save().refresher_key == refresher.translation_key


def test_without_one_it_is_the_whole_programme(curriculum, refresher, kenya):
    assert PolicyForm(data(curriculum)).save().refresher_key is None
    taken_down = data(curriculum, refresher_key=str(curriculum.programme.translation_key))
    assert "refresher_key" in PolicyForm(taken_down).errors


@pytest.mark.parametrize("months, days, right", [(3, 84, False), (3, 83, True), (1, 28, False), (12, 90, True)])
def test_window_opens_within_the_time_it_holds(curriculum, kenya, months, days, right):
    form = PolicyForm(data(curriculum, months_valid=months, renewal_days=days))
    assert ("renewal_days" not in form.errors) == right


@pytest.mark.parametrize("issuer, right", [("mothers2mothers", False), ("Art for Health", True)])
def test_issuer_names_no_illness(curriculum, kenya, issuer, right):
    errors = PolicyForm(data(curriculum, issuer=issuer)).errors
    assert errors == ({} if right else {"issuer": [f"“{issuer}” tells of an illness. Leave it out."]})


def test_administrator_edits_it(client, administrator, curriculum, refresher):
    policy = CertificatePolicy.objects.get()
    client.force_login(administrator)
    url = reverse("staff_certificate_policies:edit", args=[policy.pk])
    page = client.get(url).content.decode()
    assert f'value="{refresher.translation_key}" selected' in page
