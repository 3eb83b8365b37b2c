from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone
from django.utils.translation import override

from curriculum import bodies
from curriculum.models import CountryValue, Review
from curriculum.queries import standing
from lms.core.models import Country
from tests.factories.content import card, make_lesson, translate


@pytest.fixture(autouse=True)
def empty_cache():
    caches["bodies"].clear()


@pytest.fixture
def lesson(curriculum):
    cards = [card("value", title="Start at", key="cervical_screen_start_hiv"), card("text", text="<p>Ask.</p>")]
    return make_lesson(curriculum.module, "Cervical screening", cards)


def text(page, country="KE", language="en") -> str:
    with override(language):
        return "".join(bodies.body_for(page, Country.objects.filter(code=country).first()).cards)


def value(country="KE", *, confirmed=True, **fields) -> CountryValue:
    fields = {"key": "cervical_screen_start_hiv", "value": "25 years"} | fields
    return CountryValue.objects.create(
        country_id=country, confirmed_on=date(2026, 3, 1) if confirmed else None, **fields
    )


def test_body_holds_the_cards_of_the_readers_country(curriculum):
    page = curriculum.lessons[0]
    assert "Go to the chest clinic" in text(page, "KE")
    assert "Go to the chest clinic" not in text(page, "LS")


def test_body_shows_a_confirmed_value(lesson):
    value()
    assert "25 years" in text(lesson)


def test_body_follows_a_value_that_changes_or_goes(lesson):
    row = value()
    assert "25 years" in text(lesson)
    row.value = "30 years"
    row.save()
    assert "30 years" in text(lesson)
    row.delete()
    assert "Follow your country’s guideline" in text(lesson)


@pytest.mark.parametrize("fields", [{"confirmed": False}, {"value": ""}, {"country": "ZM"}, {"key": "iptp_sp_used"}])
def test_body_never_guesses_a_value(lesson, fields):
    value(**fields)
    assert "Follow your country’s guideline" in text(lesson)
    assert "25 years" not in text(lesson)


def test_body_takes_the_value_in_her_language_and_else_in_english(lesson):
    value()
    assert "25 years" in text(lesson, language="sw")
    value(language="sw", value="miaka 25")
    assert "miaka 25" in text(lesson, language="sw")
    assert "25 years" in text(lesson, language="en")


def test_body_is_rendered_once_per_country(curriculum, django_assert_num_queries):
    page, kenya = curriculum.lessons[0], Country.objects.get(code="KE")
    bodies.body_for(page, kenya)
    with django_assert_num_queries(2):
        bodies.body_for(page, kenya)


def test_body_follows_a_new_revision(curriculum):
    page = curriculum.lessons[0]
    text(page)
    page.cards[0].value["question"] = "What else?"
    page.save_revision().publish()
    page.refresh_from_db()
    assert "What else?" in text(page)


def test_body_does_not_show_what_is_not_published(curriculum):
    page = curriculum.lessons[0]
    before = text(page)
    page.cards[0].value["question"] = "A draft question"
    page.save_revision()
    assert text(page.specific_class.objects.get(pk=page.pk)) == before


def test_body_of_an_alias_follows_its_source(curriculum):
    translate(curriculum, "sw")
    source = curriculum.lessons[0]
    alias = source.get_translations().get(locale__language_code="sw").specific
    assert "TB passes through the air" in text(alias, language="sw")
    assert standing(alias).revision_id == source.live_revision_id


def test_body_names_its_sources_once(curriculum):
    body = bodies.body_for(curriculum.lessons[0], None)
    assert body.sources.count("WHO 2024, 2024") == 1


def test_body_is_a_draft_until_the_live_revision_is_reviewed(curriculum, reviewer):
    page = curriculum.lessons[0]
    assert "Draft, not clinically reviewed" in bodies.body_for(page, None).sources
    Review.objects.record(page.live_revision, reviewer, months=12)
    assert "Draft" not in bodies.body_for(page, None).sources
    page.save_revision().publish()
    page.refresh_from_db()
    assert "Draft, not clinically reviewed" in bodies.body_for(page, None).sources


def test_body_is_a_draft_again_when_the_review_runs_out(curriculum, reviewer):
    page = curriculum.lessons[0]
    review = Review.objects.record(page.live_revision, reviewer, months=12)
    review.due_on = timezone.localdate() - timedelta(days=1)
    review.save()
    assert standing(page).reviewed_on is None


def test_body_of_an_alias_is_reviewed_with_its_source(curriculum, reviewer):
    translate(curriculum, "sw")
    Review.objects.record(curriculum.lessons[0].live_revision, reviewer, months=12)
    alias = curriculum.lessons[0].get_translations().get(locale__language_code="sw").specific
    assert standing(alias).reviewed_on == timezone.localdate()


def test_preview_shows_every_countrys_cards_with_their_countries_named(curriculum):
    body = bodies.preview(curriculum.lessons[0])
    assert len(body.cards) == 4
    assert "In Kenya" in body.cards[2]
    assert "Draft" in body.sources


def test_a_source_that_is_said_otherwise_is_read_at_once(curriculum, reviewer):
    page, fact = curriculum.lessons[0], curriculum.facts[0]
    assert "WHO 2024" in bodies.body_for(page, None).sources
    fact.source = "WHO 2026"
    fact.save()
    fact.save_revision(user=reviewer)
    assert "WHO 2026" in bodies.body_for(type(page).objects.get(pk=page.pk), None).sources
