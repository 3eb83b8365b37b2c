import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from lms.settings import env


def test_needed_says_which_variable_is_missing(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        env.needed("SECRET_KEY")


def test_number_refuses_words(monkeypatch):
    monkeypatch.setenv("TRUSTED_PROXIES", "one")
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES must be a whole number, not «one»"):
        env.number("TRUSTED_PROXIES", 0)


def test_secret_is_made_once_for_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    path = tmp_path / "data" / "key"
    first = env.secret(path, "SECRET_KEY")
    assert len(first) >= 50
    assert env.secret(path, "SECRET_KEY") == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_secret_is_one_even_when_many_ask_at_once(tmp_path):
    with ThreadPoolExecutor(8) as many:
        found = set(many.map(lambda _: env.secret(tmp_path / "key"), range(40)))
    assert len(found) == 1
    assert found != {""}


def test_secret_of_the_environment_comes_first(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "told")
    assert env.secret(tmp_path / "key", "SECRET_KEY") == "told"
    assert not (tmp_path / "key").exists()


def test_database_is_sqlite_in_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("SQLITE_SYNCHRONOUS", "FULL")
    found = env.database(tmp_path)
    assert found["NAME"] == str(tmp_path / "db.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]


def test_database_keeps_the_options_of_its_address(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://site:word@db.example/lms?sslmode=require")
    found = env.database(tmp_path)
    assert (found["HOST"], found["NAME"], found["OPTIONS"]["sslmode"]) == ("db.example", "lms", "require")
    assert "pool" in found["OPTIONS"]
