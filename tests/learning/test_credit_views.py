"""Earlier training in the admin: who sends, who decides, what each sees."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.learning.models import Credit, CreditSheet

from .credits import line, make_sheet, upload


@pytest.fixture
def module(curriculum):
    return curriculum.module.slug


def url(name, *args):
    return reverse(f"credit:{name}", args=args)


def text(response) -> str:
    return response.content.decode()


def test_a_sheet_goes_from_a_trainer_to_hr(client, trainer, hr, learner, module):
    client.force_login(trainer)
    assert module in text(client.get(url("send")))
    assert "staff number or HR number" in text(client.get(url("template")))
    sent = client.post(url("send"), {"country": "KE", "file": upload(line(learner, module))})
    sheet = CreditSheet.objects.get()
    assert sent.url == url("show", sheet.pk)
    assert "Hand on to a second person" in text(client.get(sent.url))
    for _ in range(2):
        assert client.post(url("hand-on", sheet.pk)).url == sent.url
    page = text(client.get(sent.url))
    assert "waits for a second person" in page and "Your decision" not in page
    client.force_login(hr)
    page = text(client.get(sent.url))
    assert "Approve 1 row" in page and str(learner) in page and "Certificate 12 seen" in page
    for _ in range(2):
        assert client.post(url("approve", sheet.pk)).url == sent.url
    assert Credit.objects.count() == 1
    assert "Credit: trained before, Ministry of Health" in text(client.get(sent.url))


def test_a_bad_file_leaves_nothing_and_bad_rows_are_named(client, trainer, learner, module):
    client.force_login(trainer)
    refused = client.post(url("send"), {"country": "KE", "file": upload()})
    assert "no rows below it" in text(refused) and not CreditSheet.objects.exists()
    client.post(url("send"), {"country": "KE", "file": upload(line("Z999999", module))})
    sheet = CreditSheet.objects.get()
    page = text(client.get(url("show", sheet.pk)))
    assert "Nobody here has this number." in page and "Hand on" not in page
    assert client.post(url("hand-on", sheet.pk)).url == url("show", sheet.pk)
    assert client.post(url("discard", sheet.pk)).url == url("index")
    assert not CreditSheet.objects.exists()


def test_a_refusal_needs_a_reason_that_the_sender_reads(client, trainer, reviewer, learner, module):
    sheet = make_sheet(trainer, line(learner, module), handed_on=True)
    client.force_login(reviewer)
    assert client.post(url("refuse", sheet.pk), {"answer": ""}).status_code == 200
    client.post(url("refuse", sheet.pk), {"answer": "The second paper cannot be read."})
    client.force_login(trainer)
    assert "The second paper cannot be read." in text(client.get(url("show", sheet.pk)))


def test_the_sender_does_not_decide(client, hr, learner, module):
    sheet = make_sheet(hr, line(learner, module), handed_on=True)
    client.force_login(hr)
    assert "Your decision" not in text(client.get(url("show", sheet.pk)))
    for name in ("approve", "refuse"):
        assert client.post(url(name, sheet.pk), {"answer": "because"}).url == "/cms/"
    assert not Credit.objects.exists()


def test_other_countries_and_other_roles_see_nothing(client, trainer, other_country_hr, observer, learner, hr, module):
    sheet = make_sheet(trainer, line(learner, module), handed_on=True)
    draft = make_sheet(trainer, line(learner, module))
    client.force_login(other_country_hr)
    for name in ("show", "approve", "refuse", "hand-on", "discard"):
        asked = client.get if name == "show" else client.post
        assert asked(url(name, sheet.pk)).status_code == 404
    client.force_login(hr)
    assert client.get(url("show", draft.pk)).status_code == 404
    assert client.get(url("approve", sheet.pk)).status_code == 405
    client.force_login(learner)
    assert client.get(url("send")).status_code in (302, 403)
    client.logout()
    assert "login" in client.get(url("index")).url and "login" in client.post(url("approve", sheet.pk)).url


def test_the_list_costs_the_same_for_one_and_three(client, trainer, hr, learner, module):
    client.force_login(hr)
    client.get(url("index"))
    costs = []
    for _ in range(3):
        make_sheet(trainer, line(learner, module), handed_on=True)
        with CaptureQueriesContext(connection) as counted:
            client.get(url("index"))
        costs.append(len(counted))
    assert costs[0] == costs[2]
