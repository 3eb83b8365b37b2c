import pytest

from lms.people.languages import in_language

LANGUAGE = "/en/language/"


@pytest.mark.parametrize(
    ("path", "result"),
    [
        ("/en/learn/tb/?card=2", "/pt/learn/tb/?card=2"),
        ("/en/", "/pt/"),
        ("/en", "/pt"),
        ("/cms/", "/cms/"),
        ("/english/", "/english/"),
        ("/", "/"),
    ],
)
def test_in_language_changes_the_first_part_only(path, result):
    assert in_language(path, "pt") == result


def test_page_shows_native_names(client, db):
    page = client.get(LANGUAGE).content.decode()
    assert all(name in page for name in ("English", "Português", "Français", "Kiswahili"))


def test_choice_is_kept_for_the_person(client, learner):
    client.force_login(learner)
    response = client.post(LANGUAGE, {"language": "pt", "next": "/en/learn/tb/"})
    assert response.url == "/pt/learn/tb/"
    learner.refresh_from_db()
    assert learner.language == "pt"
    assert client.cookies["django_language"].value == "pt"


def test_choice_leads_home_without_a_page_of_this_site(client, db):
    for elsewhere in ("https://evil.example/en/", "//evil.example/", "javascript:alert(1)", ""):
        assert client.post(LANGUAGE, {"language": "fr", "next": elsewhere}).url == "/fr/"


def test_unknown_language_changes_nothing(client, learner):
    client.force_login(learner)
    assert client.post(LANGUAGE, {"language": "xx"}).url == LANGUAGE
    learner.refresh_from_db()
    assert learner.language == "en"


def test_get_writes_nothing(client, learner):
    client.force_login(learner)
    client.get(LANGUAGE + "?language=pt")
    learner.refresh_from_db()
    assert learner.language == "en"


def test_a_language_that_a_machine_translated_says_so(client, settings, db):
    settings.MACHINE_TRANSLATED = {"sw"}
    page = client.get(LANGUAGE).content.decode()
    buttons = page.split("<button")
    said = {"sw" for button in buttons if 'value="sw"' in button and 'class="small"' in button}
    assert said == {"sw"}
    assert page.count('class="small"') == 1
