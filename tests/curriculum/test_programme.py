import pytest
from django.urls import reverse

from curriculum.models import ProgrammePage
from tests.factories.editor import programme_form, row


@pytest.fixture
def save(client, trainer, curriculum):
    """Saves the programme with these rows; answers what the editor says, nothing where it was saved."""
    client.force_login(trainer)
    page = curriculum.programme

    def save(*rows, **fields) -> str:
        form = programme_form(page, list(rows), **fields)
        answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
        return "" if answer.status_code == 302 else answer.content.decode()

    return save


def newest(page) -> ProgrammePage:
    return ProgrammePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_rows_are_saved(save, curriculum):
    assert save(row(curriculum.practical, after=[curriculum.module]), row(curriculum.module)) == ""
    first = newest(curriculum.programme).rows[0].value
    assert [page.title for page in first["after"]] == ["Tuberculosis"]


def test_a_row_with_a_double_target_is_named(save, curriculum):
    assert "has a row already" in save(row(curriculum.module), row(curriculum.module))


def test_a_row_after_a_page_without_a_row_is_named(save, curriculum):
    page = save(row(curriculum.practical, after=[curriculum.module]))
    assert "is not a row of this programme" in page
    assert len(newest(curriculum.programme).rows) == 2


def test_a_circle_is_named(save, curriculum):
    module, practical = curriculum.module, curriculum.practical
    page = save(row(module, after=[practical]), row(practical, after=[module]))
    assert "nobody could ever begin" in page


@pytest.mark.parametrize("field", ["code", "neutral_title", "level"])
def test_what_everybody_may_read_names_no_illness(save, curriculum, field):
    said = save(row(curriculum.module), **{field: "HIV-counsellor"})
    assert "“HIV” tells of an illness. Leave it out." in said
    assert save(row(curriculum.module), **{field: "Community-counsellor"}) == ""
