from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lms.core.models import Country
from lms.messaging import services
from lms.messaging.erasing import forget_about
from lms.messaging.models import Message, MessageTemplate
from lms.messaging.words import BraceLeft, UnknownPlaceholder, check_placeholders, fill

from .conftest import NUMBER, send_code, send_note

pytestmark = pytest.mark.django_db
State = Message.State


def test_send_writes_words_and_enqueues_one_task_in_the_transaction(kenya):
    message = send_note()
    assert (message.state, message.body, message.subject) == (State.QUEUED, "Hello Amina, see you on Monday.", "")
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.ready()] == [[str(message.pk)]]


def test_send_that_is_rolled_back_leaves_nothing(kenya):
    class Fault(Exception):
        pass

    with pytest.raises(Fault), transaction.atomic():
        send_note()
        raise Fault
    assert (Message.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_send_in_quiet_hours_waits_for_the_morning_of_her_country(kenya, noon):
    noon.move_to("2026-03-02T18:00:00Z")
    message = send_note()
    assert message.next_try_at.isoformat() == "2026-03-03T07:00:00+03:00"
    assert not DBTaskResult.objects.exists()


def test_send_of_what_she_waits_for_knows_no_quiet_hours_and_goes_first(kenya, noon):
    noon.move_to("2026-03-02T18:00:00Z")
    assert send_code().next_try_at == timezone.now()
    assert DBTaskResult.objects.get().priority == services.URGENT


def test_send_uses_the_template_of_her_language(kenya):
    MessageTemplate.objects.create(kind="test_note", channel="sms", language="sw", body="Habari {name}… {day}")
    assert send_note(language="sw").body == "Habari Amina... Monday"
    assert send_note(language="en").body.startswith("Hello")


def test_subject_keeps_to_one_line_and_its_length(kenya):
    MessageTemplate.objects.create(kind="test_note", channel="email", language="en", subject="{name}", body="x")
    context = {"name": "A\r\nBcc: x@example.org " + "y" * 99, "day": ""}
    sent = services.send("test_note", channel="email", address="a@example.org", context=context)
    assert sent.subject.startswith("A Bcc: x@example.org y") and len(sent.subject) == 80


def test_send_without_a_value_fails_and_writes_nothing(kenya):
    with pytest.raises(KeyError, match="day"):
        services.send("test_note", channel="sms", address=NUMBER, context={"name": "Amina"})
    assert not Message.objects.exists()


def test_opted_out_gets_only_what_she_asked_for(kenya):
    services.opt_out("sms", NUMBER)
    services.opt_out("sms", NUMBER)
    assert (send_note().state, send_note().reason) == (State.REFUSED, Message.Reason.OPTED_OUT)
    assert send_code().state == State.QUEUED
    assert send_note(channel="email", address="a@example.org").state == State.QUEUED
    services.opt_in("sms", NUMBER)
    assert send_note().state == State.QUEUED


def test_many_take_as_many_queries_as_one(kenya, django_assert_num_queries):
    def letters(count):
        context = {"name": "Amina", "day": "Monday"}
        return [services.Letter("sms", f"+25471100{n:04}", "en", "KE", context=context) for n in range(count)]

    send_note()
    for count in (2, 30):
        with django_assert_num_queries(7):
            services.send_all("test_note", letters(count))
    assert DBTaskResult.objects.count() == 3


def test_cancel_takes_out_what_waits_only(message):
    services.cancel(message)
    assert message.state == State.CANCELLED
    with pytest.raises(services.NotWaiting):
        services.cancel(message)


def test_a_code_that_is_cancelled_with_its_batch_is_kept_nowhere(kenya):
    batch = uuid4()
    waiting = [send_code(batch=batch), send_note(batch=batch)]
    assert services.cancel_batch(batch) == len(waiting)
    assert [Message.objects.get(pk=one.pk).body for one in waiting] == ["", "Hello Amina, see you on Monday."]
    assert not Message.objects.exclude(state=State.CANCELLED).exists()


def test_try_again_gives_a_failed_message_all_its_tries(message):
    Message.objects.update(state=State.FAILED, tries=6, reason="busy")
    services.try_again(message)
    services.try_again(message)
    message.refresh_from_db()
    assert (message.state, message.tries, message.reason) == (State.QUEUED, 0, "")


def test_try_again_of_a_code_that_is_erased_is_refused(kenya):
    message = send_code()
    Message.objects.update(state=State.FAILED, body="")
    with pytest.raises(services.NothingToSend):
        services.try_again(message)


def test_old_messages_lose_words_and_address(message, noon):
    noon.move_to(timezone.now() + timedelta(days=89))
    send_note()
    assert services.forget_old_messages() == 0
    noon.move_to(timezone.now() + timedelta(days=2))
    assert services.forget_old_messages() == 1
    message.refresh_from_db()
    assert (message.address, message.subject, message.body, message.state) == ("", "", "", State.CANCELLED)


def test_erasing_empties_and_cancels_what_is_about_her(learner, other_learner):
    for person in (learner, other_learner):
        send_note(about=person.pk)
    assert forget_about(learner.pk) == 1
    hers, others = Message.objects.get(about=learner.pk), Message.objects.get(about=other_learner.pk)
    assert (hers.address, hers.body, hers.state) == ("", "", State.CANCELLED)
    assert (others.address, others.state) == (NUMBER, State.QUEUED)


def test_fill_knows_no_way_into_a_value():
    text = "{name} {name.__class__} {0} {name!r} {} {"
    assert fill(text, {"name": "{day}"}) == "{day} {name.__class__} {0} {name!r} {} {"


@pytest.mark.parametrize("text", ["{name.__class__}", "{name!r}", "{}", "{ name }", "a { b"])
def test_placeholder_with_anything_else_in_it_is_refused(text):
    with pytest.raises(BraceLeft):
        check_placeholders(text, ["name"])


def test_placeholder_that_is_unknown_is_named():
    with pytest.raises(UnknownPlaceholder, match="surname"):
        check_placeholders("Hello {name} {surname}", ["name"])


def test_quiet_hours_are_those_of_the_country(kenya, lesotho):
    Country.objects.filter(pk="LS").update(quiet_from="10:00", quiet_until="13:00")
    assert send_note(country="LS").next_try_at > send_note().next_try_at == timezone.now()
