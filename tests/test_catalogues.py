"""The interface in every language: nothing missing, placeholders kept, and what is compiled is what is written."""

import re
import shutil
import subprocess
import sys

import polib
import pytest
from django.conf import settings

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
MARKS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|</?[a-z][^>]*>")
SOURCES = ("lms", "curriculum", "assessments", "certificates", "templates", "locale")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(settings.ROOT / "locale" / language / "LC_MESSAGES" / "django.po")


def key(entry) -> tuple:
    return entry.msgctxt, entry.msgid


def texts(entry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated_with_its_marks(language):
    entries = [entry for entry in catalogue(language) if not entry.obsolete]
    missing = [entry.msgid for entry in entries if entry.fuzzy or not all(texts(entry)) or not texts(entry)]
    assert missing == []
    for entry in entries:
        allowed = set(MARKS.findall(entry.msgid + entry.msgid_plural))
        for text in texts(entry):
            assert set(MARKS.findall(text)) <= allowed, entry.msgid
        assert set(MARKS.findall(texts(entry)[-1])) == set(MARKS.findall(entry.msgid_plural or entry.msgid)), (
            entry.msgid
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language):
    compiled = polib.mofile(settings.ROOT / "locale" / language / "LC_MESSAGES" / "django.mo")
    written = {key(entry): texts(entry) for entry in catalogue(language).translated_entries()}
    assert {key(entry): texts(entry) for entry in compiled} == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_machine_translation_says_so(language):
    assert "Machine translation, not yet reviewed by a speaker." in catalogue(language).header


def test_catalogues_hold_every_text_of_the_code(tmp_path):
    """Fails where a text was added or changed: ./run manage makemessages, translate, ./run manage compilemessages."""
    for name in SOURCES:
        shutil.copytree(settings.ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    command = [sys.executable, "-m", "django", "makemessages", "--locale", LANGUAGES[0], "--no-obsolete", "-v", "0"]
    subprocess.run(command, cwd=tmp_path, check=True, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path)})
    found = polib.pofile(tmp_path / "locale" / LANGUAGES[0] / "LC_MESSAGES" / "django.po")
    assert {key(entry) for entry in found} == {key(entry) for entry in catalogue(LANGUAGES[0]) if not entry.obsolete}
