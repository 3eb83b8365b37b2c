"""Where questions meet the bank: rows as drafts, the names of a draft found, a row made of it."""

import json
import uuid
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Locale
from wagtail.utils.file import hash_filelike

from curriculum.models import Fact, ModulePage
from lms.core.models import Country

from ..models import Question, QuestionFact, QuizPage
from ..question_types.base import kept
from .crossing import CODE, code_from
from .drafts import LONGEST_TAG, Draft
from .moodle import Picture

# From the bank --------------------------------------------------------------------------------------------------------


def questions_of(quiz: QuizPage) -> list[Question]:
    """Every question that a paper may hold, in any country: the fixed ones, then what may be drawn."""
    fixed = [
        question for block in quiz.sections if block.block_type == "fixed" for question in block.value["questions"]
    ]
    draws = [block.value for block in quiz.sections if block.block_type == "draw"]
    drawn = Question.objects.live().filter(locale=quiz.written_in).fitting(draws) if draws else []
    return list({question.pk: question for question in [*fixed, *drawn] if question}.values())


def drafts_of(questions: Iterable[Question]) -> list[Draft]:
    """As they would travel: what is live, or of a question that never was its newest words. A fixed number of queries
    for what is live."""
    order = [question.pk for question in questions]
    related = ("module", "picture", "locale", "latest_revision")
    rows = Question.objects.select_related(*related).prefetch_related("tagged_items__tag", "cited_facts__fact")
    by_pk = rows.in_bulk(order)
    return [_draft_of(by_pk[pk]) for pk in order if by_pk[pk].answer]


def _draft_of(row: Question) -> Draft:
    question = row if row.live or not row.latest_revision else row.get_latest_revision_as_object()
    language = row.locale.language_code
    return Draft(
        type=question.type_name,
        value=question.answer[0].value,
        stem=question.stem,
        case=question.case,
        why=question.why,
        code=question.code,
        module=row.module.title if row.module else "",
        tags=sorted(item.tag.name for item in row.tagged_items.all()),
        difficulty=question.difficulty,
        critical=question.critical,
        facts=[cited.fact.code for cited in row.cited_facts.all()],
        countries=list(question.countries),
        language="" if language == settings.LANGUAGE_CODE else language,
        picture=question.picture,
        picture_alt=question.picture_alt,
    )


# Into the bank --------------------------------------------------------------------------------------------------------


class Names:
    """What files call by name, found with one query a kind."""

    @cached_property
    def modules(self) -> dict[str, ModulePage]:
        pages = ModulePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("-live", "-pk")
        return {name.casefold(): page for page in reversed(pages) for name in (page.slug, page.title)}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        return {fact.code: fact for fact in Fact.objects.all()}

    @cached_property
    def countries(self) -> dict[str, str]:
        return {name.casefold(): row.code for row in Country.objects.all() for name in (row.code, row.name)}

    @cached_property
    def locales(self) -> dict[str, Locale]:
        return {locale.language_code: locale for locale in Locale.objects.all()}

    @cached_property
    def codes(self) -> set[tuple[str, int]]:
        return set(Question.objects.values_list("code", "locale_id"))

    def settle(self, draft: Draft, language: str, *, strict: bool) -> list[tuple[str, str]]:
        """Write the bank's own names into a draft. What is not found is (column, sentence) where `strict`, as in a
        sheet that names our own rows; otherwise a note, and a category becomes a tag."""
        draft.language = draft.language or language
        missing = [*self._module(draft), *self._facts(draft), *self._countries(draft), *self._language(draft, language)]
        if strict:
            return missing
        if draft.module and draft.module.casefold() not in self.modules:
            draft.tags, draft.module = list(dict.fromkeys([*draft.tags, draft.module[:LONGEST_TAG]])), ""
            missing = [row for row in missing if row[0] != "module"]
        draft.notes = [*draft.notes, *(reason for _column, reason in missing)]
        draft.facts = [code for code in draft.facts if code in self.facts]
        draft.countries = [code for code in draft.countries if code.casefold() in self.countries]
        return []

    def _module(self, draft: Draft) -> list[tuple[str, str]]:
        if not draft.module:
            return []
        found = self.modules.get(draft.module.casefold())
        if not found:
            return [("module", _("«%(name)s» is no module here.") % {"name": draft.module[:60]})]
        draft.module = found.title
        return []

    def _facts(self, draft: Draft) -> list[tuple[str, str]]:
        unknown = [code for code in draft.facts if code not in self.facts]
        return [("facts", _("«%(name)s» is no fact here.") % {"name": code[:60]}) for code in unknown]

    def _countries(self, draft: Draft) -> list[tuple[str, str]]:
        unknown = [name for name in draft.countries if name.casefold() not in self.countries]
        draft.countries = [self.countries.get(name.casefold(), name) for name in draft.countries]
        return [("countries", _("«%(name)s» is no country here.") % {"name": name[:60]}) for name in unknown]

    def _language(self, draft: Draft, language: str) -> list[tuple[str, str]]:
        if draft.language in self.locales:
            return []
        wrong, draft.language = draft.language, language
        return [("language", _("«%(name)s» is no language here.") % {"name": wrong[:60]})]

    def free_code(self, draft: Draft) -> str:
        """The draft's own code, or with a number where it is taken; made of its words where it has none."""
        locale = self.locales[draft.language].pk
        wanted = draft.code or code_from(draft.stem) or "question"
        code, number = wanted, 1
        while (code, locale) in self.codes:
            number += 1
            code = f"{wanted[: CODE - len(str(number)) - 1]}-{number}"
        self.codes.add((code, locale))
        return code


def make(draft: Draft, names: Names, by, stored: list) -> Question:
    """A question that nobody published, with its first revision. Files that are stored are added to `stored`."""
    locale = names.locales[draft.language]
    answer = {"type": draft.type, "id": str(uuid.uuid4()), "value": kept(_with_rows(draft.value, by, stored))}
    question = Question(
        code=names.free_code(draft),
        locale=locale,
        module=names.modules.get(draft.module.casefold()) if draft.module else None,
        difficulty=draft.difficulty or Question.Difficulty.MEDIUM,
        case=draft.case,
        stem=draft.stem,
        why=draft.why,
        critical=draft.critical,
        countries=draft.countries,
        picture=_image(draft.picture, by, stored) if draft.picture else None,
        picture_alt=draft.picture_alt,
        answer=json.dumps([answer]),
        live=False,
    )
    question.tags.add(*draft.tags)
    facts = [names.facts[code] for code in dict.fromkeys(draft.facts) if code in names.facts]
    question.cited_facts = [QuestionFact(fact=fact, sort_order=n) for n, fact in enumerate(facts)]
    question.save()
    revision = question.save_revision(user=by, clean=False)  # a draft may still lack its «why»
    log(instance=question, action="wagtail.create", user=by, revision=revision, content_changed=True)
    return question


def _with_rows(value: Any, by, stored: list) -> Any:
    """The value with the numbers of images in the place of pictures."""
    if isinstance(value, Picture):
        return _image(value, by, stored).pk
    if isinstance(value, dict):
        return {name: _with_rows(part, by, stored) for name, part in value.items()}
    return [_with_rows(part, by, stored) for part in value] if isinstance(value, list) else value


def _image(picture: Picture, by, stored: list):
    """The image of these bytes: the one that is there, or a new one."""
    Image = get_image_model()
    hash_ = hash_filelike(BytesIO(picture.data))
    if found := Image.objects.filter(file_hash=hash_).first():
        return found
    image = Image(title=(picture.alt or picture.name)[:255], uploaded_by_user=by, file_hash=hash_)
    image.file = ContentFile(picture.data, name=picture.name or "picture.png")
    image.file_size = len(picture.data)
    image.save()
    stored.append(image)
    return image
