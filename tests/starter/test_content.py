"""The starter curriculum itself: plain words, short cards, every statement cited, safety-critical facts asked."""

import re
from statistics import median

import pytest

from lms.core.telling import telling_words
from lms.starter.library import read_library

LIBRARY = read_library()
LESSONS = [(module, lesson) for module in LIBRARY.modules for lesson in module.lessons]
AVOID = re.compile(
    r"HIV/AIDS|AIDS virus|HIV virus|infected|carrier|victim|sufferer|mother-to-child|high-risk|target group|prostitute"
    r"|promiscuous|addict|\bfight\b|battle|unprotected sex|complian|defaulter|TB suspect|discordant|\bSTD\b",
    re.IGNORECASE,
)
ABOUT_WORDS = {"stigma-disc-l1-stigma": "Words that hurt, words that respect"}  # here they are named, to avoid them
QUESTIONS_ABOUT_WORDS = {"stigma-disc-q1"}
WORD = re.compile(r"\w[\w’'/,.-]*")


def words_of(card) -> str:
    return re.sub(r"[*`|#>]+|::|-{2,}", " ", f"{card.title}. {card.body}" if card.title else card.body)


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?”])\s+|\n+", text) if len(WORD.findall(part)) > 2]


def plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def test_library_holds_the_whole_fact_base():
    counts = {m.item.source_id: (len(m.lessons), len(m.facts), len(m.practicals)) for m in LIBRARY.modules}
    assert counts == {
        "role-ethics": (5, 34, 2),
        "counsel": (4, 21, 1),
        "hiv-101": (5, 36, 0),
        "pmtct": (5, 29, 1),
        "eid": (4, 25, 2),
        "feeding": (3, 20, 1),
        "adherence": (4, 24, 1),
        "stigma-disc": (4, 23, 1),
        "retention": (4, 23, 2),
        "maternal": (4, 21, 2),
        "child-ecd": (4, 22, 1),
        "srh": (4, 23, 1),
        "tb": (4, 22, 1),
        "malaria": (3, 19, 1),
        "ncd": (5, 32, 2),
        "gbv": (3, 17, 1),
        "mental-health": (4, 22, 1),
        "people": (3, 18, 0),
        "mw-men": (3, 16, 1),
        "refresher": (1, 0, 0),
    }
    assert sum(len(module.questions) for module in LIBRARY.modules) >= 189


@pytest.mark.parametrize("module", LIBRARY.modules, ids=lambda module: module.item.source_id)
def test_every_module_has_a_job_aid_of_one_page(module):
    words = [word for card in module.job_aid.cards for word in WORD.findall(words_of(card))]
    assert 40 <= len(words) <= 300


@pytest.mark.parametrize(("module", "lesson"), LESSONS, ids=[lesson.source_id for _, lesson in LESSONS])
def test_lesson_has_the_form_that_she_knows(module, lesson):
    kinds = [card.kind for card in lesson.data.cards]
    assert kinds[0] == "ask"
    assert kinds[-1] == "summary"
    assert {"story", "say", "remember"} <= set(kinds)


@pytest.mark.parametrize(("module", "lesson"), LESSONS, ids=[lesson.source_id for _, lesson in LESSONS])
def test_card_is_short_cited_and_never_the_fact_word_for_word(module, lesson):
    statements = [plain(fact.data["statement"]) for fact in module.facts]
    for card in lesson.data.cards:
        text = words_of(card)
        place = f"{lesson.source_id}, line {card.line}"
        assert len(WORD.findall(text)) <= 60, place
        assert ABOUT_WORDS.get(lesson.source_id) == card.title or not AVOID.search(text), place
        assert not any(statement in plain(text) for statement in statements if statement.count(" ") > 5), place
        if card.kind in ("remember", "story", "say", "steps", "table", "summary"):
            assert card.facts, place


def test_nothing_else_that_learners_read_uses_a_word_to_avoid():
    for module in LIBRARY.modules:
        texts = [str(question) for question in module.questions if question["source_id"] not in QUESTIONS_ABOUT_WORDS]
        texts += [words_of(card) for card in module.job_aid.cards] + [str(item.data) for item in module.practicals]
        for text in texts:
            assert not AVOID.search(text), text


@pytest.mark.parametrize("module", LIBRARY.modules, ids=lambda module: module.item.source_id)
def test_module_reads_easily(module):
    lengths = [
        len(WORD.findall(sentence))
        for lesson in module.lessons
        for card in lesson.data.cards
        for sentence in sentences(words_of(card))
    ]
    assert median(lengths) <= 15
    assert max(lengths) <= 25


@pytest.mark.parametrize("module", LIBRARY.modules, ids=lambda module: module.item.source_id)
def test_every_fact_is_taught_and_every_critical_one_asked(module):
    taught = {code for lesson in module.lessons for card in lesson.data.cards for code in card.facts}
    asked = {code for question in module.questions for code in question["facts"]}
    usable = {fact.source_id: fact.data for fact in module.facts if fact.data["status"] != "unsure"}
    assert set(usable) <= taught
    assert {code for code, fact in usable.items() if fact["safety_critical"]} <= asked


def test_neutral_certificate_can_say_every_competency():
    for practical in [item.data for module in LIBRARY.modules for item in module.practicals]:
        neutral = practical.get("neutral_statement", practical["statement"])
        assert not telling_words(neutral) and len(neutral) <= 80, neutral
