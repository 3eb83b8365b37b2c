import pytest
from wagtail.test.utils.form_data import nested_form_data, streamfield

from lms.people.groups import synchronise_groups


@pytest.fixture
def enter(client):
    """Sign somebody in, with the groups that her postings give her."""

    def signed_in(person):
        synchronise_groups(person)
        client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def entered():
    """What the form of a design sends; `streams`: rows by name."""

    def form(*, logos=(), signatories=(), wordings=(), publish=False, **fields):
        values = {
            "name": "Ours",
            "country": "KE",
            "base": "hem",
            "orientation": "landscape",
            "border": "full",
            "main_colour": "#2b2470",
            "line_colour": "#c98a00",
            "fill_colour": "#ffb81f",
            "logos": streamfield([("logo", row) for row in logos]),
            "signatories": streamfield([("signatory", {"signature": ""} | row) for row in signatories]),
            "wordings": streamfield([("wording", NO_WORDS | row) for row in wordings]),
        }
        return nested_form_data(values | fields | ({"action-publish": "on"} if publish else {}))

    return form


NO_WORDS = {"heading": "", "formula": "", "sentence": "", "small_print": ""}
