"""Slips of an intake on paper and by SMS: each code once, hashed, and only for who never signed in."""

import re
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from curriculum.paper import press
from lms.learning.intake import giving, queries
from lms.learning.intake.slip_sheets import sign_in_address
from lms.messaging.models import Message
from lms.people.models import OneTimeCode, Role, User
from lms.people.services import find_open_code
from tests.factories.people import post

from .intakes import carried_out, make_intake, sheet

CODE = re.compile(r"\d{4}-\d{4}")


@pytest.fixture
def made(curriculum, site, hr):
    return carried_out(make_intake(curriculum, site, hr, sheet("Grace,Otieno,,0712345678,sw", "አበበ,Juma")), hr)


def printed(intake, by) -> str:
    (part,) = giving.parts(intake, by)
    pdf = PdfReader(BytesIO(giving.print_slips(intake, part, by=by)))
    return "\n".join(page.extract_text() for page in pdf.pages)


def test_printed_codes_open_and_are_kept_only_as_hashes(made, hr):
    text = printed(made, hr)
    people, codes = queries.people_of(made), CODE.findall(text)
    assert len(codes) == 2
    for person, code in zip(people, codes, strict=True):
        assert person.staff_number in text
        assert find_open_code(person.staff_number, code.replace("-", "")).person == person
        assert code not in str(OneTimeCode.objects.values_list())


def test_printed_slips_speak_her_language_and_say_no_role_and_no_place(made, hr):
    text = printed(made, hr)
    assert "Grace Otieno" in text
    assert "Namba ya mfanyakazi" in text or "Nambari" in text
    lower = text.lower()
    assert not [word for word in ("mother", "hiv", "clinic", "kisumu", "learner", "recruit", "health") if word in lower]


def test_name_that_the_faces_lack_is_left_to_be_written_by_hand(made, hr):
    text = printed(made, hr)
    assert "syllable" not in text and "Juma" not in text


def test_square_carries_the_number_only_behind_the_mark_that_no_server_sees(made):
    grace, _amina = queries.people_of(made)
    before, _mark, behind = sign_in_address(grace).partition("#")
    assert behind == grace.staff_number
    assert before.endswith("/sw/sign-in/?with=code")


def test_new_slips_leave_out_who_signed_in_and_end_earlier_codes(made, hr):
    grace, amina = queries.people_of(made)
    printed(made, hr)
    User.objects.filter(pk=grace.pk).update(last_login=timezone.now())
    assert grace.staff_number not in printed(made, hr)
    assert OneTimeCode.objects.open().filter(person=amina).count() == 1


def test_slips_give_no_way_into_the_work_of_a_colleague(made, hr):
    """Whoever was posted above the reach of HR since then gets no code from her."""
    grace, amina = queries.people_of(made)
    post(grace, Role.LEAD)
    (part,) = giving.parts(made, hr)
    assert part.people == [amina]


def test_slips_that_cannot_be_drawn_change_no_code(made, hr, monkeypatch):
    printed(made, hr)
    before = list(OneTimeCode.objects.values_list())

    def fails(*args, **kwargs):
        raise press.MissingLibrary

    monkeypatch.setattr(press, "press", fails)
    (part,) = giving.parts(made, hr)
    with pytest.raises(press.MissingLibrary):
        giving.print_slips(made, part, by=hr)
    assert list(OneTimeCode.objects.values_list()) == before


def test_parts_begin_at_the_same_people_whoever_signed_in(made, hr, monkeypatch):
    monkeypatch.setattr(giving, "PART", 1)
    grace, amina = queries.people_of(made)
    assert [part.people for part in giving.parts(made, hr)] == [[grace], [amina]]
    User.objects.filter(pk=grace.pk).update(last_login=timezone.now())
    (left,) = giving.parts(made, hr)
    assert (left.number, left.people) == (2, [amina])


def test_price_of_texting_is_reckoned_where_the_country_has_one(made):
    people = queries.people_of(made)
    assert giving.price_of(made, people) is None
    made.country.sms_price = Decimal("0.05")
    assert giving.price_of(made, people) == Decimal("0.10")


def test_text_messages_go_to_phones_in_neutral_words(made, hr):
    people = queries.people_of(made)
    expected = giving.codes_of(giving.with_phone(people))
    assert giving.text_slips(made, people, by=hr, expected=expected) == 1
    with pytest.raises(giving.CodesChanged):
        giving.text_slips(made, people, by=hr, expected=expected)
    (message,) = Message.objects.all()
    (code,) = CODE.findall(message.body)
    assert (message.address, message.secret, message.batch) == ("+254712345678", True, made.pk)
    assert people[0].staff_number in message.body
    assert find_open_code(people[0].staff_number, code.replace("-", "")).person == people[0]
    assert not OneTimeCode.objects.filter(person=people[1]).exists()
