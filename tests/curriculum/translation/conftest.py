from urllib.parse import urlencode

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from curriculum.models import LessonPage
from curriculum.translation import services
from tests.factories import content


@pytest.fixture
def portuguese(db):
    return Locale.objects.get(language_code="pt")


@pytest.fixture
def lesson(curriculum):
    """An English lesson whose Portuguese page is an alias."""
    content.translate(curriculum, "pt")
    return curriculum.lessons[0]


@pytest.fixture
def begun(lesson, portuguese, trainer) -> Translation:
    """Opened for translation; nothing is translated yet."""
    return services.begin(lesson, [portuguese], by=trainer)[0]


@pytest.fixture
def by_machine(begun) -> Translation:
    """A machine wrote every text."""
    write(begun)
    return begun


def write(translation, text: str = "") -> None:
    """As a machine does: every text, `text` for the one whose English has a gap."""
    for segment in translation.source.stringsegment_set.select_related("string"):
        words = text if text and "[[" in segment.string.data else f"PT {segment.string.data}"[:80]
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            defaults={"data": words, "translation_type": "machine", "tool_name": "m"},
        )


def target(translation) -> LessonPage:
    return translation.get_target_instance()


def edit_url(translation) -> str:
    return reverse("wagtailadmin_pages:edit", args=[target(translation).pk])


def put(client, translation, words: str, path: str = "title"):
    """Save one text in the side by side."""
    segment = translation.source.stringsegment_set.get(context__path=path)
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    return client.put(address, urlencode({"value": words}), content_type="application/x-www-form-urlencoded")
