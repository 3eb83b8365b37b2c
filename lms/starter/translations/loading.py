"""Puts the PO files' texts into wagtail-localize, as a machine's work, and the finished translations before learners.

Never over a text that a person has translated; twice changes nothing.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import polib
from django.core.exceptions import ValidationError
from django.db.models import F, Model
from wagtail.models import DraftStateMixin, Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from assessments.models import Question
from curriculum.models import GlossaryTerm
from curriculum.translation.faults import check_streams, words_of
from curriculum.translation.po import PoError, check
from curriculum.translation.texts import Text, texts

from ..files import ContentError
from ..models import Loaded
from .files import Found, Sheet, context_of

TOOL = "a machine (starter curriculum)"
MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE
Key = tuple[str, str]  # path and source of a text


class TranslationLoader:
    def __init__(self, report):
        self.report = report
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}

    def load(self, sheets: list[Sheet]) -> None:
        """Raises ContentError, with file and line, for the first text that cannot be taken."""
        self.english = {row.source_id: row for row in Loaded.objects.filter(language="en")}
        self.done = {(row.source_id, row.language): row for row in Loaded.objects.exclude(language="en")}
        self.revisions = _revisions() if sheets else {}
        for sheet in sheets:
            for name, entries in sheet.by_thing().items():
                self._thing(sheet, name, entries)

    def _thing(self, sheet: Sheet, name: str, entries: list[polib.POEntry]) -> None:
        row, label = self.english.get(name), f"{name} ({sheet.language})"
        if row is None:
            raise ContentError(sheet.path, entries[0].linenum, f"there is no «{name}»")
        digest = _digest(entries, self.revisions.get(row.key))
        done = self.done.get((name, sheet.language))
        if done and done.digest == digest:
            self.report.unchanged.append(label)
        elif thing := _english(row):
            Translating(self.report, label, sheet, thing, done).run(name, entries, digest)
        else:
            self.report.left_alone.append(f"{label} (deleted in the CMS)")


class Translating:
    """One page, question or word into one language."""

    def __init__(self, report, label: str, sheet: Sheet, thing: Model, done: Loaded | None):
        self.report, self.label, self.sheet, self.thing, self.done = report, label, sheet, thing, done
        self.locale = Locale.objects.get(language_code=sheet.language)

    def run(self, name: str, entries: list[polib.POEntry], digest: str) -> None:
        code = "" if name == self.sheet.path.stem else name
        wanted = {(text.path, text.source): text for text in texts(self.thing)}
        given = self._given(code, wanted, Found(entries))
        source, _new = TranslationSource.update_or_create_from_instance(self.thing)
        self.translation, _new = Translation.objects.get_or_create(source=source, target_locale=self.locale)
        rows, changed = self._keep(given)
        missing = len(wanted.keys() - rows.keys())
        people = sum(not _is_ours(row) for row in rows.values())
        if people or not self._is_ours_to_publish():
            self.report.left_alone.append(f"{self.label} (translated by people: {people} texts; publish it in the CMS)")
        elif missing:
            self.report.waiting.append(f"{self.label}: {missing} of {len(wanted)} texts are not translated")
        else:
            self._publish(entries)
            self._note(name, digest)
        if changed and (people or missing):
            self.report.updated.append(self.label)

    def _given(self, code: str, wanted: dict[Key, Text], found: Found) -> dict[Key, str]:
        given = {}
        for key, text in wanted.items():
            if entry := found.entry(context_of(code, text.path), text.source):
                try:
                    check(entry, text)
                except PoError as error:
                    raise ContentError(self.sheet.path, error.line, error.reason) from error
                given[key] = entry.msgstr
        return given

    def _keep(self, given: dict[Key, str]) -> tuple[dict[Key, StringTranslation], bool]:
        """Write what is new or was ours. Answers all that is translated now, and whether anything changed."""
        places = {
            (path, data): ids
            for path, data, *ids in StringSegment.objects.filter(source=self.translation.source).values_list(
                "context__path", "string__data", "string_id", "context_id"
            )
        }
        rows = self._rows()
        values = {"translation_type": MACHINE, "tool_name": TOOL}
        new = {
            key: StringTranslation(
                translation_of_id=places[key][0], context_id=places[key][1], locale=self.locale, data=data, **values
            )
            for key, data in given.items()
            if key not in rows and key in places
        }
        changed = [rows[key] for key in given if key in rows and _is_ours(rows[key]) and rows[key].data != given[key]]
        for key, row in rows.items():
            row.data = given.get(key, row.data) if _is_ours(row) else row.data
        StringTranslation.objects.bulk_create(new.values())
        StringTranslation.objects.bulk_update(changed, ["data"])
        current = rows | new
        return {key: current[key] for key in current if key in places}, bool(new or changed)

    def _rows(self) -> dict[Key, StringTranslation]:
        rows = StringTranslation.objects.filter(context__object_id=self.thing.translation_key, locale=self.locale)
        rows = rows.annotate(path=F("context__path"), source=F("translation_of__data"))
        return {(row.path, row.source): row for row in rows}

    def _is_ours_to_publish(self) -> bool:
        """Not where a person made or changed the translation in the CMS, or took it or its English page down.

        An alias with a revision waits for its review.
        """
        target = self.thing.get_translation_or_none(self.locale)
        if target is None or getattr(target, "alias_of_id", None):
            return getattr(self.thing, "live", True) and not getattr(target, "latest_revision_id", None)
        is_up = getattr(self.thing, "live", True) and getattr(target, "live", True)
        return is_up and bool(self.done) and self.done.revision_id == target.latest_revision_id

    def _publish(self, entries: list[polib.POEntry]) -> None:
        """As wagtail-localize does, but at once: what it leaves until after the commit, a kill would lose."""
        line = entries[0].linenum
        try:
            self.target, _created = self.translation.source.create_or_update_translation(
                self.locale, publish=not isinstance(self.thing, DraftStateMixin), copy_parent_pages=True
            )
            check_streams(self.target)
        except ValidationError as error:
            raise ContentError(self.sheet.path, line, f"«{self.label}»: {'; '.join(words_of(error))}") from error
        if isinstance(self.thing, DraftStateMixin):
            self.target.latest_revision.publish()
            self.target.refresh_from_db()

    def _note(self, name: str, digest: str) -> None:
        values = {
            "model": self.thing._meta.label,
            "key": str(self.thing.translation_key),
            "digest": digest,
            "revision_id": self.target.latest_revision_id,
        }
        Loaded.objects.update_or_create(source_id=name, language=self.sheet.language, defaults=values)
        (self.report.updated if self.done else self.report.created).append(self.label)


def _is_ours(row: StringTranslation) -> bool:
    return row.translation_type == MACHINE and row.tool_name == TOOL


def _digest(entries: list[polib.POEntry], revision: int | None) -> str:
    rows = [(entry.msgctxt, entry.msgid, entry.msgstr) for entry in entries]
    return hashlib.sha256(json.dumps([rows, revision]).encode()).hexdigest()


def _revisions() -> dict[str, int]:
    """The newest revision of everything English, by translation key."""
    found: dict[str, int] = {}
    for model in (Page, Question, GlossaryTerm):
        rows = model.objects.filter(locale__language_code="en").values_list("translation_key", "latest_revision_id")
        found |= {str(key): revision for key, revision in rows}
    return found


def _english(row: Loaded) -> Any:
    """The live English thing of a loaded row; None where it is gone."""
    model: Callable = {"assessments.Question": Question, "curriculum.GlossaryTerm": GlossaryTerm}.get(row.model, Page)
    thing = model.objects.filter(translation_key=row.key, locale__language_code="en").first()
    return thing.specific if isinstance(thing, Page) else thing
