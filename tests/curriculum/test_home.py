"""The first page of each role: her lists, each with what belongs on it and nothing else, in few queries."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu, reports_menu
from wagtail.models import Page, ReferenceIndex

from curriculum.checks import weights
from curriculum.home import lists
from curriculum.home.boards import BOARDS
from curriculum.models import Change, CountryValue, LessonPage, Review
from lms.people.models import Role
from tests.factories.content import card, make_lesson, make_question
from tests.factories.editor import card as form_card
from tests.factories.editor import lesson_form
from tests.factories.people import make_person, post

HOME = "wagtailadmin_home"
STATIC = Path(__file__).parent.parent.parent / "static"
WRITE_OR_REVIEW = {"drafts", "to-review"}


@pytest.fixture
def lesson(curriculum):
    return curriculum.lessons[0]


@pytest.fixture
def lead(site):
    person = make_person("Wanjiru", "Kimani")
    post(person, Role.LEAD)
    return person


@pytest.fixture
def lesotho_trainer(lesotho):
    person = make_person("Nomsa", "Tau", "LS")
    post(person, Role.TRAINER)
    return person


def titles(lines) -> list[str]:
    return [line.title for line in lines]


def shown_to(client, person) -> set[str]:
    """The lists on her first page, by name."""
    client.force_login(person)
    page = client.get(reverse(HOME)).content.decode()
    return {board.name for board in BOARDS if f'id="work-{board.name}"' in page}


@pytest.mark.parametrize(
    ("who", "boards"),
    [
        ("trainer", {"sent", "drafts", "overdue", "never", "changed", "translations", "heavy"}),
        ("reviewer", {"to-review", "overdue", "never", "changed"}),
        ("hr", set()),
        ("administrator", {board.name for board in BOARDS}),
    ],
)
def test_each_role_has_the_lists_that_are_hers(client, who, boards, request, curriculum):
    assert shown_to(client, request.getfixturevalue(who)) == boards


def test_a_country_lead_has_the_values_of_her_country_to_confirm(client, lead, kenya, lesotho):
    CountryValue.objects.create(country=kenya, key="iptp_sp_used", value="Yes")
    CountryValue.objects.create(country=lesotho, key="iptp_sp_used", value="No")
    CountryValue.objects.create(country=kenya, key="tpt_regimen", value="3HP", confirmed_on=timezone.localdate())
    assert shown_to(client, lead) == {"values"}
    assert [line.note for line in lists.values_to_confirm(lead)] == ["Yes"]


def send(client, page, *, submit=False):
    cards = [form_card("ask", question="Who?")]
    action = {"action-submit": "1"} if submit else {}
    form = lesson_form(f"{page.title}, again", cards, slug=page.slug) | action
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)


def test_what_she_begins_is_her_draft_until_it_is_with_a_reviewer(client, trainer, reviewer, lesson):
    client.force_login(trainer)
    send(client, lesson)
    assert titles(lists.my_drafts(trainer)) == ["What TB is, again"]
    assert lists.my_drafts(reviewer) == []
    send(client, lesson, submit=True)
    assert lists.my_drafts(trainer) == []
    assert titles(lists.sent_by_me(trainer)) == ["What TB is, again"]
    assert lists.sent_by_me(reviewer) == []
    assert titles(lists.waiting_for_me(reviewer)) == ["What TB is, again"]


def test_a_question_can_be_her_draft_too(trainer, curriculum):
    question = curriculum.questions[0]
    question.stem = "Do you ask about cough?"
    question.save_revision(user=trainer)
    (line,) = lists.my_drafts(trainer)
    assert "tb-q1" in line.title
    assert f"/question/edit/{question.pk}/" in line.url


def test_what_a_reviewer_wants_changed_says_so_and_comes_first(client, trainer, reviewer, curriculum):
    client.force_login(trainer)
    for page in curriculum.lessons:
        send(client, page, submit=True)
    last = LessonPage.objects.get(pk=curriculum.lessons[1].pk)
    last.current_workflow_task.on_action(last.current_workflow_task_state, reviewer, "reject")
    found = lists.sent_by_me(trainer)
    assert titles(found) == ["Ask everyone, again", "What TB is, again"]
    assert found[0].note == "the reviewer asks for changes"


def test_a_review_that_ran_out_is_overdue(trainer, reviewer, lesson):
    review = Review.objects.record(lesson.live_revision, reviewer, months=12)
    assert lists.review_overdue(trainer) == []
    Review.objects.filter(pk=review.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    assert titles(lists.review_overdue(trainer)) == ["What TB is"]


def change(fact, **fields):
    return Change.objects.create(fact=fact, before="So.", after="Not so.", **fields)


@pytest.fixture
def cited(curriculum):
    """The lessons are in Wagtail's reference index, which a task fills."""
    for page in Page.objects.specific():
        ReferenceIndex.create_or_update_for_object(page)
    return curriculum


def test_a_changed_fact_names_the_lessons_that_cite_it(trainer, cited):
    assert lists.facts_changed(trainer) == []
    change(cited.facts[1])
    (line,) = lists.facts_changed(trainer)
    assert (line.title, line.note) == ("What TB is", "tb-f2")
    change(cited.facts[0])
    assert titles(lists.facts_changed(trainer)) == ["What TB is", "Ask everyone"]


def test_a_lesson_published_after_the_change_is_off_the_list(trainer, cited):
    change(cited.facts[1])
    cited.lessons[0].save_revision().publish()
    assert lists.facts_changed(trainer) == []


def test_facts_checked_before_the_change_are_to_be_checked_again(trainer, cited):
    change(cited.facts[1])
    lesson = cited.lessons[0]
    lesson.facts_checked_on = timezone.localdate() - timedelta(days=1)
    lesson.save_revision().publish()
    assert titles(lists.facts_changed(trainer)) == ["What TB is"]


def test_translations_are_those_of_her_country(trainer, lesotho_trainer, monkeypatch):
    asked = []
    monkeypatch.setattr(lists.progress, "out_of_date", lambda *languages: asked.append(languages) or [])
    lists.translation_out_of_date(trainer)
    lists.translation_out_of_date(lesotho_trainer)
    assert asked == [("sw",)]


def test_a_heavy_lesson_is_known_once_it_was_weighed(trainer, curriculum):
    words = " ".join(f"{n:x}" for n in range(3000, 9000))
    make_lesson(curriculum.module, "Long", [card("text", text=f"<p>{words}</p>")])
    assert lists.too_heavy(trainer) == []
    assert weights.measure_live() == 3
    assert weights.measure_live() == 0
    assert titles(lists.too_heavy(trainer)) == ["Long"]
    LessonPage.objects.get(title="Long").unpublish()
    assert lists.too_heavy(trainer) == []


def test_only_some_lessons_are_weighed_at_once(curriculum, monkeypatch):
    monkeypatch.setattr(weights, "AT_ONCE", 1)
    assert [weights.measure_live() for _ in range(3)] == [1, 1, 0]


def test_the_weight_of_another_version_is_not_hers(curriculum):
    weights.measure_live()
    curriculum.lessons[0].save_revision().publish()
    assert weights.measure_live() == 1


def test_a_list_shows_five_and_leads_to_all(client, trainer, curriculum):
    for number in range(6):
        make_lesson(curriculum.module, f"Lesson {number}", []).save_revision(user=trainer)
        LessonPage.objects.filter(title=f"Lesson {number}").update(has_unpublished_changes=True)
    client.force_login(trainer)
    page = client.get(reverse(HOME)).content.decode()
    url = reverse("home_lists:show", args=["drafts"])
    assert f'<a href="{url}">All 6</a>' in page
    assert client.get(url).content.decode().count('class="title-wrapper"') == 6


@pytest.mark.parametrize("name", [board.name for board in BOARDS])
def test_a_full_list_opens_for_whom_it_is(client, administrator, hr, name, curriculum):
    url = reverse("home_lists:show", args=[name])
    assert client.get(url).status_code == 302
    client.force_login(hr)
    assert client.get(url).status_code == 404
    client.force_login(administrator)
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 405


def test_an_unknown_list_is_not_found(client, administrator):
    client.force_login(administrator)
    assert client.get(reverse("home_lists:show", args=["other"])).status_code == 404


QUESTION = {
    "type": "true_false",
    "stem": "TB can be cured.",
    "answer": True,
    "why": "Six months of medicine cure most people.",
}


def make_work(number: int, person, reviewer, curriculum) -> None:
    """One more of everything that a first page lists."""
    page = make_lesson(curriculum.module, f"Draft {number}", [card("text", text="<p>A</p>", facts=curriculum.facts)])
    ReferenceIndex.create_or_update_for_object(page)
    page.save_revision(user=person)
    sent = make_lesson(curriculum.module, f"Sent {number}", [])
    sent.save_revision(user=person)
    sent.get_workflow().start(sent, person)
    review = Review.objects.record(page.live_revision, reviewer, months=1)
    Review.objects.filter(pk=review.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    make_question(f"tb-q{number}", QUESTION).save_revision(user=person)


def test_the_lists_ask_the_same_however_much_waits(administrator, reviewer, cited, django_assert_max_num_queries):
    counts, lengths = [], []
    lists.translation_out_of_date(administrator)  # content types are asked for once a process
    for rows in ([11], [12, 13]):
        for number in rows:
            make_work(number, administrator, reviewer, cited)
        change(cited.facts[0])
        weights.measure_live()
        counts.append({})
        lengths.append([])
        for board in BOARDS:
            with django_assert_max_num_queries(15) as asked:
                lengths[-1].append(len(board.read(administrator)))
            counts[-1][board.name] = len(asked)
    assert counts[0] == counts[1]
    assert sum(counts[0].values()) <= 30
    assert all(few < many for few, many in zip(*lengths, strict=True) if few)
    assert sum(map(bool, lengths[0])) == 6


def test_the_menu_has_the_words_and_the_order_of_the_work(client, trainer, curriculum):
    client.force_login(trainer)
    request = client.get(reverse(HOME)).context["request"]
    items = sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)
    assert [str(item.label) for item in items][:4] == ["Learn", "Modules", "Questions", "Facts"]
    assert "Pictures" in [str(item.label) for item in items]


@pytest.mark.parametrize("who", ["trainer", "reviewer", "hr", "lead"])
def test_every_entry_of_the_menus_opens(client, who, request, curriculum):
    client.force_login(request.getfixturevalue(who))
    context = client.get(reverse(HOME)).context["request"]
    items = admin_menu.menu_items_for_request(context)
    below = [entry for item in items if hasattr(item, "menu") for entry in item.menu.menu_items_for_request(context)]
    refused = [entry.url for entry in [*items, *below] if entry.url != "#" and client.get(entry.url).status_code != 200]
    assert refused == []


@pytest.mark.parametrize("who", ["trainer", "reviewer"])
def test_reports_of_wagtail_are_for_administrators(client, who, request, curriculum, administrator):
    client.force_login(request.getfixturevalue(who))
    hers = {item.name for item in reports_menu.menu_items_for_request(client.get(reverse(HOME)).context["request"])}
    assert "reviews" in hers
    assert not hers & {"workflows", "workflow-tasks", "site-history", "locked-pages"}
    client.force_login(administrator)
    all_of_them = reports_menu.menu_items_for_request(client.get(reverse(HOME)).context["request"])
    assert {"workflows", "site-history"} <= {item.name for item in all_of_them}


def test_page_search_is_for_who_writes_or_reviews():
    """By the style sheet, which knows them by these lists; both are shown even when they are empty."""
    known = re.search(r":has\((.*?)\)\) form\[role=\"search\"\]", (STATIC / "css" / "staff.css").read_text())[1]
    boards = {board.name: board for board in BOARDS}
    assert {name.removeprefix("#work-") for name in known.split(", ")} == WRITE_OR_REVIEW
    assert all(boards[name].empty for name in WRITE_OR_REVIEW)
