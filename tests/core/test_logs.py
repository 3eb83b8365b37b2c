import json
import logging
import sys

import pytest

from lms.core.logs import JsonFormatter


@pytest.fixture
def lines():
    """What the console would get, line by line."""
    kept = []

    class Keeper(logging.Handler):
        def emit(self, record):
            kept.append(self.format(record))

    keeper = Keeper()
    keeper.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(keeper)
    yield kept
    logging.getLogger().removeHandler(keeper)


def test_a_line_is_json_with_time_level_and_logger():
    record = logging.makeLogRecord({"name": "lms.people", "levelname": "INFO", "msg": "%s rows", "args": (3,)})
    line = json.loads(JsonFormatter().format(record))
    assert (line["level"], line["logger"], line["message"]) == ("info", "lms.people", "3 rows")
    assert line["at"].endswith("+00:00")


@pytest.mark.django_db
def test_a_missing_page_is_logged_without_its_query(client, lines, caplog):
    caplog.set_level(logging.WARNING)
    client.get("/en/no-such-page/?staff_number=K204117&name=Amina", follow=True)
    line = next(json.loads(line) for line in lines if "no-such-page" in line)
    assert line["status"] == 404
    assert not any(word in kept for kept in lines for word in ("K204117", "Amina", "?"))


def test_a_line_names_no_user_even_when_the_request_has_one():
    extra = {"request": "<User: Amina Otieno>", "user": "Amina Otieno"}
    record = logging.makeLogRecord({"name": "django.request", "msg": "Forbidden"} | extra)
    assert "Amina" not in JsonFormatter().format(record)


def test_an_error_is_logged_with_its_way_but_without_its_message():
    try:
        raise ValueError("Key (staff_number)=(K204117) already exists.")
    except ValueError:
        record = logging.makeLogRecord({"name": "django.request", "msg": "Internal Error", "exc_info": sys.exc_info()})
    text = JsonFormatter().format(record)
    assert json.loads(text)["error"] == "builtins.ValueError"
    assert "test_logs.py" in json.loads(text)["trail"][0]
    assert "K204117" not in text
