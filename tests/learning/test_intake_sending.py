"""A sheet on its way in: its columns are matched, hostile files end in a sentence and leave nothing behind."""

import io

import pytest
from django.test import RequestFactory
from django.urls import reverse
from openpyxl import load_workbook

from lms.learning.intake import views
from lms.learning.models import Intake

from .hostile import FILES
from .intakes import carried_out, sheet, workbook

GOOD = sheet("Grace,Otieno,,0712345678", "Amina,Juma")
OWN = "N°;Prénom;Nom de famille;Tél;Notes\n1;Grace;Otieno;0712345678;good\n2;Amina;Juma;0712345679;\n"


def columns_of(intake):
    return reverse("intake:columns", args=[intake.pk])


def test_sheet_with_known_headings_goes_straight_to_its_rows(as_, hr, form):
    answer = as_(hr).post(reverse("intake:send"), form(GOOD), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("intake:show", args=[Intake.objects.get().pk])
    assert "Create 2 people" in answer.text


def test_sheet_with_other_headings_is_matched_by_hand(as_, hr, form):
    client = as_(hr)
    asked = client.post(reverse("intake:send"), form(OWN.encode()), follow=True)
    intake = Intake.objects.get()
    assert asked.redirect_chain[-1][0] == columns_of(intake)
    assert intake.columns == {"1": "given_names", "2": "family_name", "3": "phone"}
    assert "N°" in asked.text and "0712345678" in asked.text
    wrong = {"column-1": "given_names", "column-2": "given_names"}
    refused = client.post(columns_of(intake), wrong)
    assert "No column is set for: family name." in refused.text
    assert "Set twice: given names" in client.post(columns_of(intake), wrong | {"column-3": "family_name"}).text
    right = {"column-1": "given_names", "column-2": "family_name", "column-3": "phone", "column-4": "job"}
    assert client.post(columns_of(intake), right, follow=True).context["review"].new[0].recruit["job"] == "good"


def test_preview_of_a_sheet_that_is_not_matched_leads_to_the_columns(as_, hr, form):
    client = as_(hr)
    client.post(reverse("intake:send"), form(OWN.encode()))
    intake = Intake.objects.get()
    assert client.get(reverse("intake:show", args=[intake.pk])).url == columns_of(intake)


def test_columns_of_a_sheet_that_was_carried_out_are_closed(as_, hr, form):
    client = as_(hr)
    client.post(reverse("intake:send"), form(GOOD))
    intake = carried_out(Intake.objects.get(), hr)
    assert client.get(columns_of(intake)).url == reverse("intake:show", args=[intake.pk])


@pytest.mark.parametrize("name", FILES)
def test_hostile_file_ends_in_a_sentence_and_leaves_nothing_behind(as_, hr, form, name):
    make, words = FILES[name]
    answer = as_(hr).post(reverse("intake:send"), form(make()))
    assert answer.status_code == 200
    assert words in answer.text
    assert not Intake.objects.exists()


def test_request_of_100_megabytes_is_refused_before_it_is_read(hr, settings):
    class Unread(io.RawIOBase):
        def read(self, *args):
            raise AssertionError("it was read")

    environ = {"CONTENT_LENGTH": str(100 * 1024 * 1024), "wsgi.input": Unread()}
    request = RequestFactory().post(reverse("intake:send"), content_type="multipart/form-data; boundary=x")
    request.META |= environ
    request.user = hr
    assert views.send.csrf_exempt
    answer = views.send(request)
    assert answer.status_code == 413
    assert "2 MB" in answer.content.decode()


def test_empty_sheet_can_be_sent_once_filled(as_, hr, form):
    client = as_(hr)
    empty = client.get(reverse("intake:template"))
    assert empty["Content-Disposition"] == 'attachment; filename="intake.csv"'
    client.post(reverse("intake:send"), form(empty.content))
    assert Intake.objects.get().rows[0]["values"]["given_names"] == "Grace Wanjiru"


def test_empty_workbook_knows_its_headings_and_lists_only_her_sites(as_, hr, form, site, other_site):
    client = as_(hr)
    book = load_workbook(io.BytesIO(client.get(reverse("intake:workbook")).content))
    headings = [cell.value for cell in book["People"][1]]
    notes = [cell.value for line in book["Notes"].iter_rows() for cell in line]
    assert site.code in notes and other_site.code not in notes
    filled = workbook(headings, ["Grace", "Otieno"])
    answer = client.post(reverse("intake:send"), form(filled, name="intake.xlsx"), follow=True)
    assert "Create 1 person" in answer.text


def test_file_field_takes_any_name(as_, hr, form):
    client = as_(hr)
    client.post(reverse("intake:send"), form(GOOD, name="list.bin"))
    assert Intake.objects.count() == 1
