"""Beside a fact stands what cites it; an edit of what it says is asked for its meaning and written down."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, ModelLogEntry

from curriculum.facts.changes import differences
from curriculum.facts.citing import citations, lessons_citing, uncited
from curriculum.models import Change, Fact, Verdict
from tests.factories.content import SINGLE, card, make_fact, make_lesson, make_question, translate

FACTS = "wagtailsnippets_curriculum_fact"


@pytest.fixture
def cited(curriculum):
    """The small curriculum, its second fact cited by a job aid too, with what the worker writes into the index."""
    curriculum.module.job_aid = [card("text", text="<p>Ask.</p>", facts=curriculum.facts[1:])]
    curriculum.module.job_aid_title = "TB: ask and act"
    curriculum.module.save_revision().publish()
    index()
    return curriculum


def index():
    call_command("rebuild_references_index", verbosity=0)


def form(fact, **changed) -> dict:
    names = ("code", "statement", "source", "as_of", "status", "note")
    posted = {name: getattr(fact, name) for name in names}
    posted |= {name: "on" for name in ("varies_by_country", "safety_critical") if getattr(fact, name)}
    return {name: value for name, value in (posted | changed).items() if value is not None}


def edit(client, fact, **changed):
    return client.post(reverse(f"{FACTS}:edit", args=[fact.pk]), form(fact, **changed))


# What cites a fact ----------------------------------------------------------------------------------------------------


def test_lessons_job_aids_and_questions_are_told_with_their_cards(cited):
    found = citations([cited.facts[1]])[cited.facts[1].pk]
    told = [(row.kind, row.title, row.module, row.cards) for row in found.rows]
    assert told == [
        ("Lesson", "What TB is", "Tuberculosis", (2, 4)),
        ("Job aid", "TB: ask and act", "Tuberculosis", (1,)),
        ("Question", str(cited.questions[1]), "", ()),
    ]
    assert found.in_words == "1 lesson, 1 job aid, 1 question"
    assert [group.heading for group in found.groups] == ["Lessons", "Job aids", "Questions"]


def test_aliases_and_translations_count_once(cited):
    before = citations([cited.facts[0]])[cited.facts[0].pk].in_words
    translate(cited, "pt", "sw")
    portuguese = Locale.objects.get(language_code="pt")
    translated = cited.lessons[0].get_translation(portuguese)
    translated.alias_of = None
    translated.save()
    index()
    found = citations([cited.facts[0]])[cited.facts[0].pk]
    assert found.in_words == before
    assert {row.language for row in found.rows} == {""}


def test_what_is_not_published_is_told_as_a_draft(cited):
    cited.lessons[1].unpublish()
    index()
    found = citations([cited.facts[0]])[cited.facts[0].pk]
    assert [row.live for row in found.rows] == [True, False, True]
    assert lessons_citing(cited.facts[0]) == [cited.lessons[0].translation_key]


def test_a_fact_that_nothing_cites(cited):
    alone = make_fact("tb-f3")
    assert list(uncited(Fact.objects.all())) == [alone]
    assert citations([alone])[alone.pk].in_words == "nothing"


def test_citing_costs_the_same_for_every_row(cited):
    fact = cited.facts[0]
    citations([fact])
    few, many = CaptureQueriesContext(connection), CaptureQueriesContext(connection)
    with few:
        citations([fact])
    for number in range(3):
        make_lesson(cited.module, f"More {number}", [card("text", text="<p>More.</p>", facts=[fact])])
        make_question(f"tb-q{number + 7}", SINGLE, facts=[fact])
    index()
    with many:
        assert len(citations([fact])[fact.pk].rows) == 9
    assert len(many) == len(few)


def test_editor_shows_them_beside_the_form(client, trainer, cited):
    client.force_login(trainer)
    page = client.get(reverse(f"{FACTS}:edit", args=[cited.facts[1].pk])).content.decode()
    assert "Cited by 1 lesson, 1 job aid, 1 question" in page
    for thing in (cited.lessons[0], cited.module):
        assert reverse("wagtailadmin_pages:edit", args=[thing.pk]) in page
    assert reverse("wagtailsnippets_assessments_question:edit", args=[cited.questions[1].pk]) in page
    assert "cards 2, 4" in page


def test_editor_costs_the_same_for_every_row(client, trainer, cited):
    fact, few, many = cited.facts[0], CaptureQueriesContext(connection), CaptureQueriesContext(connection)
    client.force_login(trainer)
    url = reverse(f"{FACTS}:edit", args=[fact.pk])
    Change.objects.create(fact=fact, reason="x", made_by=trainer)
    Verdict.objects.create(fact=fact, list_id="0" * 32, word="right", clinician="Dr P", checked_on="2026-11-20")
    client.get(url)
    with few:
        client.get(url)
    for number in range(2):
        make_lesson(cited.module, f"More {number}", [card("text", text="<p>More.</p>", facts=[fact])])
        make_question(f"tb-q{number + 7}", SINGLE, facts=[fact])
        Change.objects.create(fact=fact, reason="x", made_by=trainer)
        Verdict.objects.create(fact=fact, list_id=f"{number + 1:032}", word="right", checked_on="2026-11-20")
    index()
    with many:
        client.get(url)
    assert len(many) == len(few)


def test_usage_tells_each_thing_once(client, trainer, cited):
    translate(cited, "pt")
    index()
    client.force_login(trainer)
    page = client.get(reverse(f"{FACTS}:usage", args=[cited.facts[1].pk]))
    assert [row.title for row in page.context["object_list"]] == [
        "What TB is",
        "TB: ask and act",
        str(cited.questions[1]),
    ]


# What a change means --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"statement": "Other words."}, ["statement"]),
        ({"statement": "  Statement of\n tb-f1. "}, []),
        ({"source": "WHO 2026"}, ["source"]),
        ({"safety_critical": True}, ["safety_critical"]),
        ({"status": "unsure"}, ["status"]),
        ({"status": "memory"}, []),
        ({"note": "Page 4", "as_of": 2026, "varies_by_country": True}, []),
    ],
)
def test_what_counts_as_another_fact(db, changed, names):
    before = make_fact("tb-f1")
    after = Fact.objects.get()
    for name, value in changed.items():
        setattr(after, name, value)
    assert [one.name for one in differences(before, after)] == names


def test_the_form_asks_what_a_change_means_and_why(client, trainer, db):
    fact = make_fact("tb-f1")
    client.force_login(trainer)
    page = edit(client, fact, statement="New words.").content.decode()
    assert "say whether people who learned it before have to learn it again" in page
    assert "Say why" in page
    fact.refresh_from_db()
    assert (fact.statement, Change.objects.count()) == ("Statement of tb-f1.", 0)


def test_a_source_said_better_needs_no_reason(client, trainer, db):
    fact = make_fact("tb-f1")
    client.force_login(trainer)
    assert edit(client, fact, source="WHO 2024, chapter 2", kind="minor").status_code == 302
    assert fact.changes.get().before == "Source: WHO 2024"


def test_nothing_is_asked_where_it_says_what_it_said(client, trainer, db):
    fact = make_fact("tb-f1", status="memory")
    client.force_login(trainer)
    assert edit(client, fact, status="verified", note="Page 4").status_code == 302
    assert not Change.objects.exists()


def test_nothing_is_to_be_learned_again_where_it_says_what_it_said(client, trainer, db):
    fact = make_fact("tb-f1")
    client.force_login(trainer)
    answer = edit(client, fact, note="Page 4", kind="retrain", reason="x")
    assert "there is nothing to learn again" in answer.content.decode()


def test_two_versions_are_compared(client, trainer, db):
    fact = make_fact("tb-f1")
    first = fact.save_revision()
    client.force_login(trainer)
    edit(client, fact, statement="New words.", kind="minor", reason="Plainer")
    url = reverse(f"{FACTS}:revisions_compare", args=[fact.pk, first.pk, "latest"])
    assert "New words." in client.get(url).content.decode()


def test_a_change_is_kept_with_before_and_after(client, trainer, db):
    fact = make_fact("tb-f1")
    client.force_login(trainer)
    edit(client, fact, statement="New words.", safety_critical="on", kind="retrain", reason="WHO, January 2026")
    change = fact.changes.get()
    assert (change.kind, change.reason, change.made_by) == ("retrain", "WHO, January 2026", trainer)
    assert change.before == "Statement of tb-f1.\nSafety-critical: no"
    assert change.after == "New words.\nSafety-critical: yes"
    fact.refresh_from_db()
    assert change.revision == fact.latest_revision
    page = client.get(reverse(f"{FACTS}:edit", args=[fact.pk])).content.decode()
    assert "WHO, January 2026" in page and "Nobody was asked yet." in page
    history = client.get(reverse(f"{FACTS}:history", args=[fact.pk])).content.decode()
    assert "Must retrain: WHO, January 2026" in history


def test_going_back_to_an_earlier_version_is_a_change_too(client, trainer, db):
    fact = make_fact("tb-f1")
    first = fact.save_revision()
    client.force_login(trainer)
    edit(client, fact, statement="New words.", kind="minor", reason="Plainer")
    url = reverse(f"{FACTS}:revisions_revert", args=[fact.pk, first.pk])
    assert client.get(url).status_code == 200
    assert "Say why" in client.post(url, form(fact)).content.decode()
    client.post(url, form(fact, kind="minor", reason="The first was right"))
    newest = fact.changes.first()
    assert (newest.before, newest.after) == ("New words.", "Statement of tb-f1.")


def test_a_fact_is_saved_when_somebody_says_so(client, trainer, db):
    """Wagtail would save by itself while she types, and a fact is live as soon as it is saved."""
    fact = make_fact("tb-f1")
    client.force_login(trainer)
    for url in (reverse(f"{FACTS}:edit", args=[fact.pk]), reverse(f"{FACTS}:add")):
        assert "data-w-autosave-interval" not in client.get(url).content.decode()


def test_somebody_elses_save_is_not_overwritten(client, trainer, db):
    fact = make_fact("tb-f1")
    seen = fact.save_revision()
    client.force_login(trainer)
    edit(client, fact, statement="Hers.", kind="minor", reason="Plainer")
    answer = edit(client, fact, statement="Mine.", kind="minor", reason="Plainer", loaded_revision_id=seen.pk)
    assert "Somebody else saved this fact" in answer.content.decode()
    fact.refresh_from_db()
    assert fact.statement == "Hers."


def test_a_new_fact_is_asked_nothing(client, trainer, db):
    client.force_login(trainer)
    page = client.get(reverse(f"{FACTS}:add")).content.decode()
    assert "What the change means" not in page and "Clinicians’ verdicts" not in page
    client.post(reverse(f"{FACTS}:add"), form(Fact(code="tb-f1", statement="New.", source="WHO", as_of=2026)))
    assert Fact.objects.filter(code="tb-f1").exists() and not Change.objects.exists()


def test_changes_are_in_the_log(client, trainer, db):
    fact = make_fact("tb-f1")
    client.force_login(trainer)
    edit(client, fact, statement="New words.", kind="minor", reason="Plainer")
    assert ModelLogEntry.objects.filter(action="curriculum.change", object_id=str(fact.pk)).count() == 1


# The list -------------------------------------------------------------------------------------------------------------


def codes(client, **asked) -> list[str]:
    return [fact.code for fact in client.get(reverse(f"{FACTS}:list"), asked).context["object_list"]]


def test_the_list_is_narrowed_down(client, trainer, cited):
    make_fact("hiv-101-f1", safety_critical=True, status="memory", as_of=2019, varies_by_country=True)
    judged = make_fact("tb-f3")
    Verdict.objects.create(
        fact=judged, list_id="0" * 32, word="remove", statement="x", clinician="Dr P", checked_on="2026-11-20"
    )
    Change.objects.create(fact=judged, kind="retrain", reason="x")
    client.force_login(trainer)
    for asked, wanted in [
        ({"status": "memory"}, ["hiv-101-f1"]),
        ({"varies_by_country": "true"}, ["hiv-101-f1"]),
        ({"module": "hiv-101"}, ["hiv-101-f1"]),
        ({"as_of_max": "2020"}, ["hiv-101-f1"]),
        ({"uncited": "yes"}, ["hiv-101-f1", "tb-f3"]),
        ({"untested": "yes", "safety_critical": "true"}, ["hiv-101-f1"]),
        ({"last_verdict": "remove"}, ["tb-f3"]),
        ({"waiting": "yes"}, ["tb-f3"]),
    ]:
        assert codes(client, **asked) == wanted, asked
