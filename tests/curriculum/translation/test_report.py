"""How far the translations are."""

import pytest
from django.urls import reverse

from curriculum.translation import progress, services
from tests.factories import content

from .conftest import target


def row_of(translation):
    return next(row for row in progress.rows("pt") if row.key == translation.source.object_id)


def test_a_row_counts_what_is_translated_and_by_whom(by_machine):
    row = row_of(by_machine)
    total = by_machine.get_progress()[0]
    assert (row.total, row.done, row.machine, row.missing) == (total, total, total, 0)
    assert (row.is_begun, row.is_complete, row.is_live, row.is_out_of_date) == (True, True, False, False)
    assert row.module == "Tuberculosis"


def test_what_was_never_begun_has_no_numbers(lesson):
    rows = progress.rows("pt")
    assert rows
    assert not any(row.is_begun or row.total for row in rows)
    assert {row.language for row in rows} == {"pt"}
    assert {row.kind for row in rows} >= {"Lesson", "Module", "Quiz", "Practical", "Question"}


def test_the_english_published_again_makes_it_out_of_date(by_machine):
    assert not progress.out_of_date()
    lesson = by_machine.source.get_source_instance()
    lesson.save_revision().publish()
    assert [row.key for row in progress.out_of_date()] == [lesson.translation_key]
    by_machine.source.update_from_db()
    assert not progress.out_of_date()


def test_with_a_reviewer_is_said(trainer, by_machine):
    services.send_to_review(by_machine, by=trainer)
    assert row_of(by_machine).is_with_reviewer


def test_rows_ask_the_same_however_many(curriculum, portuguese, trainer, django_assert_num_queries):
    content.translate(curriculum, "pt")
    progress.rows("pt")
    services.begin(curriculum.lessons[0], [portuguese], by=trainer)
    with django_assert_num_queries(10):
        progress.rows("pt")
    for page in [curriculum.lessons[1], curriculum.module, curriculum.quiz]:
        services.begin(page, [portuguese], by=trainer)
    with django_assert_num_queries(10):
        progress.rows("pt")


@pytest.mark.parametrize(("who", "status"), [("trainer", 200), ("reviewer", 200), ("hr", 302)])
def test_the_report_is_for_who_writes_or_reviews(client, who, status, begun, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("translations:list")).status_code == status


def test_each_row_leads_to_the_side_by_side_and_filters_fit(client, trainer, begun):
    client.force_login(trainer)
    url = reverse("translations:list")
    page = client.get(url, {"language": "pt", "state": "unfinished"}).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[target(begun).pk]) in page
    assert "0 of" in page
    assert page.count("Portuguese</td>") == 0 or "French" not in page.split("<tbody>")[1]
    modules = client.get(url, {"by": "module", "language": "pt"}).content.decode()
    assert "pages and questions" in modules
    assert client.get(url, {"language": "xx"}).status_code == 200
    sheet = client.get(url, {"export": "csv", "language": "pt"})
    assert b"Tuberculosis" in b"".join(sheet.streaming_content)


def test_the_menu_has_one_list_of_translations(client, trainer, begun):
    client.force_login(trainer)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("translations:list") in page
    assert reverse("wagtail_localize:translations_report") not in page
