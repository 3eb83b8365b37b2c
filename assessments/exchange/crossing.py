"""Between a draft and the question that Moodle knows. What Moodle has no place for travels as tags: «critical: yes»."""

import re

from django.utils.text import slugify
from django.utils.translation import gettext as _

from .drafts import LONGEST, LONGEST_TAG, Draft, faults
from .images import PictureRefused, picture_of
from .mapping import Unheld, exchanges, value_of
from .moodle import Question

DIFFICULTIES = {1: "easy", 2: "medium", 3: "hard"}
KEPT_AS_TAG = re.compile(r"(difficulty|critical|fact|country|language): (.+)")
ROOTS = re.compile(r"\$\w+\$|top|Default for .*", re.IGNORECASE)
CODE = 40


def to_question(draft: Draft) -> Question:
    """Raises Unheld."""
    if draft.type not in exchanges():
        raise Unheld(_("This type of question does not travel."))
    try:
        question = exchanges()[draft.type].to_moodle(draft.value)
        question.picture = picture_of(draft.picture, draft.picture_alt)
    except PictureRefused as refusal:
        raise Unheld(str(refusal)) from refusal
    question.paragraphs = [draft.stem, *question.paragraphs]
    question.story = [line for line in draft.case.splitlines() if line.strip()]
    question.feedback = draft.why
    question.name = question.idnumber = draft.code
    question.category = draft.module
    question.tags = sorted(draft.tags) + _tags_of(draft)
    return question


def from_question(question: Question) -> Draft:
    """Raises Unheld, with every reason."""
    type_, value = value_of(question)
    case, stem = _parted(question)
    tags, kept = _kept_apart(question.tags)
    draft = Draft(
        type=type_,
        value=value,
        case=case,
        stem=stem,
        why=question.feedback,
        code=question.idnumber if is_code(question.idnumber) else code_from(question.idnumber or question.name),
        module=module_in(question.category),
        tags=tags,
        difficulty=next((number for number, word in DIFFICULTIES.items() if [word] == kept["difficulty"]), None),
        critical=kept["critical"] == ["yes"],
        facts=kept["fact"],
        countries=kept["country"],
        language="".join(kept["language"][:1]),
        picture=question.picture,
        picture_alt=question.picture.alt if question.picture else "",
        notes=question.notes,
        name=question.name or question.idnumber,
    )
    if found := faults(draft):
        raise Unheld(" ".join(fault.reason for fault in found))
    return draft


def is_code(text: str) -> bool:
    """Whether the bank could keep it as it stands."""
    return bool(re.fullmatch(rf"[-\w]{{1,{CODE}}}", text, re.ASCII))


def code_from(name: str) -> str:
    """A code made of a name; the blank of a missing word leaves no trace."""
    return re.sub(r"[-_]*__[-_]*", "-", slugify(name))[:CODE].strip("-_")


def category_of(module: str) -> str:
    """The path of Moodle's category: a slash inside a name is written twice."""
    return "/".join(["$course$", "top", *([module.replace("/", "//")] if module else [])])


def module_in(category: str) -> str:
    """The last name of a category's path that means anything."""
    parts = [part.replace("//", "/").strip() for part in re.split(r"(?<!/)/(?!/)", category)]
    named = [part for part in parts if part and not ROOTS.fullmatch(part)]
    return named[-1] if named else ""


def _parted(question: Question) -> tuple[str, str]:
    """Story and question. A long text of several paragraphs is a story that ends in a question."""
    story, paragraphs = question.story, question.paragraphs
    stem = " ".join(paragraphs)
    if not story and len(stem) > LONGEST["stem"] and len(paragraphs) > 1 and len(paragraphs[-1]) <= LONGEST["stem"]:
        question.note(_("The text was long: its last paragraph is the question, the others are the story before it."))
        story, stem = paragraphs[:-1], paragraphs[-1]
    return "\n".join(story), stem


def _tags_of(draft: Draft) -> list[str]:
    return [
        *([f"difficulty: {DIFFICULTIES[draft.difficulty]}"] if draft.difficulty else []),
        *(["critical: yes"] if draft.critical else []),
        *(f"fact: {code}" for code in draft.facts),
        *(f"country: {code}" for code in sorted(draft.countries)),
        *([f"language: {draft.language}"] if draft.language else []),
    ]


def _kept_apart(tags: list[str]) -> tuple[list[str], dict[str, list[str]]]:
    kept: dict[str, list[str]] = {name: [] for name in ("difficulty", "critical", "fact", "country", "language")}
    plain = []
    for tag in dict.fromkeys(tags):
        if found := KEPT_AS_TAG.fullmatch(tag):
            kept[found[1]].append(found[2])
        else:
            plain.append(tag[:LONGEST_TAG])
    return list(dict.fromkeys(plain)), kept
