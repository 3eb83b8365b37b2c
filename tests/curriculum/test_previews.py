import pytest
from django.urls import reverse
from wagtail.models import Locale

from curriculum.previews import Mode
from tests.factories.editor import card, lesson_form


@pytest.fixture
def lesson(curriculum):
    return curriculum.lessons[0]


@pytest.fixture
def preview(client, trainer, lesson):
    """What the preview shows in a mode, with the cards as they stand in the form."""
    client.force_login(trainer)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    cards = [
        card("text", text="<p>For all.</p>"),
        card("note", text="<p>Only there.</p>", countries=["KE"]),
        card("text", text="<p>The last.</p>"),
    ]
    answer = client.post(url, lesson_form(lesson.title, cards, slug=lesson.slug))
    assert answer.json() == {"is_valid": True, "is_available": True}
    return lambda mode: client.get(url, {"mode": mode}).content.decode()


@pytest.fixture
def swahili(lesson):
    """The lesson as it was translated; its newest version is a draft."""
    page = lesson.copy_for_translation(Locale.objects.get(language_code="sw"), copy_parents=True)
    page.title = "TB ni nini"
    page.save_revision()
    return page


@pytest.mark.parametrize("mode", [Mode(), Mode("KE"), Mode("KE", "sw"), Mode("", "fr"), Mode("KE", "sw", True)])
def test_a_mode_is_read_as_it_was_written(mode):
    assert Mode.read(mode.name) == mode


@pytest.mark.parametrize(
    ("mode", "cards", "place"),
    [
        (Mode(), 6, None),
        (Mode("KE"), 6, 1),
        (Mode("KE"), 0, None),
        (Mode("KE", "", True), 6, 4),
        (Mode("KE", "", True), 7, 4),
        (Mode("KE", "", True), 1, 1),
    ],
)
def test_half_way_is_at_the_middle_card(mode, cards, place):
    assert mode.place(cards) == place


def test_each_country_has_its_cards(preview):
    shown = {mode: preview(mode) for mode in ("", "KE", "LS")}
    assert ["Only there." in shown[mode] for mode in shown] == [True, True, False]
    assert all("For all." in page for page in shown.values())


def test_a_new_learner_and_one_half_way_have_their_stitches_and_dock(preview):
    assert "Card 1 of 3" in preview("KE")
    assert "Card 2 of 3" in preview("KE~half")
    assert "Card 2 of 2" in preview("LS~half")
    assert "data-lesson" in preview("KE")
    assert "data-lesson" not in preview("")


def test_nothing_in_a_preview_can_be_done(preview, lesson):
    page = preview("KE~half")
    assert reverse("learning:complete", args=[lesson.translation_key]) not in page
    assert 'method="post"' not in page.split('class="dock"')[1].split("</form>")[0]


def test_languages_are_offered_where_they_are_spoken_and_written(lesson, swahili, preview):
    modes = dict(lesson.preview_modes)
    assert {mode for mode in modes if ".sw" in mode} == {
        f"{code}.sw{state}" for code in ("KE", "TZ", "UG") for state in ("", "~half")
    } | {".sw"}
    assert not any(".pt" in mode for mode in modes)
    assert modes["KE.sw~half"] == "Kenya · Swahili, half-way"


def test_a_translation_is_shown_in_its_newest_version(lesson, swahili, preview):
    page = preview("KE.sw")
    assert "TB ni nini" in page
    assert '<html lang="sw"' in page
    assert "For all." not in page


def test_an_unknown_mode_shows_every_country(preview):
    for mode in ("XX", "KE.xx", "..", "~half"):
        assert "For all." in preview(mode)


def test_modes_ask_little(lesson, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len(lesson.preview_modes) == 21
