"""Words that are explained where she taps them: what is marked and what is not, and the list from A to Z."""

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from time_machine import travel
from wagtail.models import Locale

from curriculum import bodies
from curriculum.glossary.marking import Explainer, Word
from curriculum.glossary.queries import words_on
from curriculum.models import GlossaryTerm
from tests.factories.content import card, make_lesson, translate

LOAD = Word("viral-load", "viral load, viral loads", "viral load", "How much HIV is in the blood.")
HIGH = Word("high-load", "high viral load", "high viral load", "More than 1000.")
ART = Word("art", "ART,", "ART", "The medicine for HIV.")
LIST = "curriculum_glossary:words"


def make_term(term="viral load", language="en", **fields) -> GlossaryTerm:
    locale = Locale.objects.get(language_code=language)
    values = {"code": "viral-load", "explanation": "How much HIV is in the blood."} | fields
    return GlossaryTerm.objects.create(term=term, locale=locale, **values)


def button(html: str, code="viral-load") -> int:
    return html.count(f'popovertarget="w-{code}"')


# What is marked -------------------------------------------------------------------------------------------------------


def test_a_word_becomes_a_button_with_its_explanation():
    html = Explainer([LOAD]).explain("<p>Her viral load is known.</p>", "text")
    assert html == (
        '<p>Her <button class="word" popovertarget="w-viral-load">viral load</button>'
        '<span class="meaning" id="w-viral-load" popover><strong>viral load</strong>'
        " How much HIV is in the blood.</span>"
        " is known.</p>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Viral load tells.",
        "VIRAL LOADS",
        "viral\nload",
        "viral load",
        "(viral load)",
        "“viral load”",
        "<b>viral load</b>",
    ],
)
def test_forms_capitals_and_spaces_are_forgiven(text):
    assert button(Explainer([LOAD]).explain(f"<p>{text}</p>", "text")) == 1


@pytest.mark.parametrize(
    "text", ["viral loading", "antiviral load", "viral-load", "non-viral load", "viral <i>load</i>"]
)
def test_only_whole_words_are_marked(text):
    html = f"<p>{text}</p>"
    assert Explainer([LOAD]).explain(html, "text") == html


def test_capitals_inside_a_form_are_meant():
    html = Explainer([ART]).explain("<p>The art of taking ART.</p>", "text")
    assert 'The art of taking <button class="word"' in html


def test_first_mention_on_the_page_only():
    explainer = Explainer([LOAD])
    first = explainer.explain("<p>viral load and viral load</p>", "text")
    assert button(first) == 1
    assert explainer.explain("<p>viral load</p>", "text") == "<p>viral load</p>"


def test_longest_form_wins():
    html = Explainer([LOAD, HIGH]).explain("<p>A high viral load.</p>", "text")
    assert (button(html, "high-load"), button(html)) == (1, 0)


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<h2>Viral load</h2>", "text"),
        ('<a href="/viral load">viral load</a>', "text"),
        ("<button>viral load</button>", "text"),
        ('<svg aria-label="viral load"><title>viral load</title></svg>', "text"),
        ("<p><b>Viral load</b> Hello</p>", "say"),
        ("<ul><li>Viral load</li></ul>", "remember"),
        ("<p>viral load</p>", "ask"),
        ("<p>viral load</p>", "flash"),
        ("<p>viral load</p>", "table"),
    ],
)
def test_headings_links_speakers_and_questions_stay_as_they_are(html, kind):
    assert Explainer([LOAD]).explain(html, kind) == html


def test_every_other_character_stays():
    html = '<svg viewBox="0 0 1 1"><path d="M0"/></svg>'
    html += "<p>a &amp; b&#x27;s &lt;viral&gt;<br> <!-- viral load --> <B>x</B></p>"
    assert Explainer([LOAD]).explain(html, "text").lower() == html.lower()


def test_an_explanation_cannot_bring_html():
    word = Word("x", "word", "<b>w</b>", "<script>alert(1)</script>")
    assert "&lt;script&gt;" in Explainer([word]).explain("<p>word</p>", "text")


def test_nothing_is_marked_without_words():
    assert Explainer([]).explain("<p>viral load</p>", "text") == "<p>viral load</p>"


# In a lesson ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def lesson(curriculum):
    caches["bodies"].clear()
    cards = [
        card("ask", question="What is a viral load?"),
        card("text", title="Viral load", text="<p>The viral load falls.</p>"),
        card("say", lines=[{"speaker": "Viral load", "words": "The viral load?"}]),
    ]
    return make_lesson(curriculum.module, "Viral load", cards)


def text(page, language="en") -> list[str]:
    with override(language):
        return bodies.body_for(page, None).cards


def test_body_explains_a_word_once_in_its_first_text_card(lesson):
    make_term()
    assert list(map(button, text(lesson))) == [0, 1, 0]


def test_body_follows_a_word_that_changes_or_goes_within_a_minute(lesson):
    term = make_term()
    with travel(timezone.now(), tick=False) as clock:
        assert "How much HIV" in text(lesson)[1]
        term.explanation = "A number."
        term.save()
        clock.shift(61)
        assert "A number." in text(lesson)[1]
        term.delete()
        clock.shift(61)
        assert list(map(button, text(lesson))) == [0, 0, 0]


def test_an_alias_is_marked_by_its_english_words_and_explained_in_hers(curriculum, lesson):
    translate(curriculum, "sw")
    make_term().copy_for_translation(Locale.objects.get(language_code="sw")).save()
    GlossaryTerm.objects.filter(locale__language_code="sw").update(term="wingi wa virusi", explanation="Kiasi cha VVU.")
    alias = lesson.get_translations().get(locale__language_code="sw").specific
    html = text(alias, "sw")[1]
    assert ">viral load</button>" in html
    assert "wingi wa virusi" in html and "Kiasi cha VVU." in html


def test_a_page_of_another_language_has_its_own_words_only(lesson):
    make_term("wingi wa virusi", "sw")
    assert list(map(button, text(lesson))) == [0, 0, 0]


def test_words_of_a_page_are_one_query_a_minute(lesson, django_assert_num_queries):
    for number in range(3):
        make_term(f"word {number}", code=f"word-{number}")
    with django_assert_num_queries(1):
        assert len(words_on(lesson)) == 3
    with django_assert_num_queries(0):
        assert len(words_on(lesson)) == 3


# The list -------------------------------------------------------------------------------------------------------------


def test_list_shows_her_language_and_else_english(client, learner, curriculum):
    english = make_term()
    english.copy_for_translation(Locale.objects.get(language_code="sw")).save()
    GlossaryTerm.objects.filter(locale__language_code="sw").update(term="wingi wa virusi")
    make_term("consent", code="consent", explanation="A free choice.")
    client.force_login(learner)
    with override("sw"):
        page = client.get(reverse(LIST)).content.decode()
    assert page.index('<div id="consent" lang="en">') < page.index('<div id="viral-load"><dt><b>wingi wa virusi</b>')
    assert "<b>viral load</b>" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_has_a_fixed_number_of_queries(client, learner, curriculum, django_assert_num_queries, count):
    for number in range(count):
        make_term(f"word {number}", code=f"word-{number}")
    client.force_login(learner)
    client.get(reverse(LIST))
    with django_assert_num_queries(3):  # session, person, words
        client.get(reverse(LIST))


def test_list_is_for_who_is_signed_in_and_only_read(client, learner):
    assert client.get(reverse(LIST)).status_code == 302
    client.force_login(learner)
    assert client.post(reverse(LIST)).status_code == 405


# In the admin ---------------------------------------------------------------------------------------------------------


def post(client, **fields):
    values = {"term": "consent", "variants": "", "explanation": "A free choice.", "code": "consent"} | fields
    return client.post(reverse("wagtailsnippets_curriculum_glossaryterm:add"), values)


def test_trainer_adds_a_word_and_finds_it(client, trainer):
    client.force_login(trainer)
    assert post(client).status_code == 302
    listed = client.get(reverse("wagtailsnippets_curriculum_glossaryterm:list"), {"q": "cons"}).content.decode()
    assert "A free choice." in listed
    assert "/cms/snippets/curriculum/glossaryterm/" in client.get("/cms/").content.decode()


def test_a_code_follows_from_the_word_and_is_taken_once(client, trainer):
    client.force_login(trainer)
    assert post(client, term="Danger sign", code="").status_code == 302
    again = post(client, term="Danger sign", code="")
    assert "Another word has this code already." in again.content.decode()
    assert "such as: viral-load" in post(client, term="?", code="").content.decode()
    assert list(GlossaryTerm.objects.values_list("code", flat=True)) == ["danger-sign"]


def test_a_learner_has_no_glossary_to_edit(client, learner, hr):
    address = reverse("wagtailsnippets_curriculum_glossaryterm:list")
    for person in (learner, hr):
        client.force_login(person)
        assert client.get(address).status_code in (302, 403)
    client.logout()
    assert client.get(address).status_code == 302
