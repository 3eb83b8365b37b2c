"""One file for many: who is in it, in which order, who is not and why."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from pypdf import PdfReader

from certificates.bundles import choosing
from lms.people.bulk.actions import actions
from lms.people.models import Selection
from tests.reports.rows import make_certificate, make_learner


def words(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def whys(result) -> dict[str, str]:
    return {line.person.given_names: line.why for line in result.context["refused"]}


def test_one_file_to_print_is_in_order(bundle, holder_of):
    made = [holder_of("Zainab", family_name="Ɛdem"), holder_of("Amina", family_name="Zulu"), holder_of("Ruth")]
    rows = [certificate.enrolment for certificate in made]
    _result, answer, by_name = bundle("certificates-to-print", rows, order="name")
    assert words(by_name) == ["Zainab", "Ruth", "Amina"]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="certificates-to-print-2')
    _result, _answer, by_number = bundle("certificates-to-print", rows, order="number")
    numbers = sorted(made, key=lambda certificate: certificate.holder.staff_number)
    assert words(by_number) == [certificate.holder.given_names for certificate in numbers]


def test_cards_are_laid_out_eight_to_a_sheet(bundle, holder_of):
    made = [holder_of(f"Amina{number}", card=True) for number in range(9)]
    _result, _answer, content = bundle("cards-to-print", [row.enrolment for row in made], order="number")
    assert [len(page.split("\n")) for page in words(content)] == [8, 8, 1, 1]


def test_each_who_is_left_out_is_named_with_the_reason(bundle, holder_of, site, curriculum):
    packed = holder_of("Amina")
    rest = [holder_of("Beatrice", revoked_at=timezone.now()), holder_of("Cecilia", pdf_sha256="2" * 64)]
    erased = holder_of("Dorcas")
    erased.payload.delete()
    people = [make_learner(name, site, curriculum) for name in ("Esther", "Faith", "Grace", "Hope")]
    make_certificate(people[1], drawn=False, blocked="A letter is missing")
    make_certificate(people[2], drawn=False, confirmed=False)
    make_certificate(people[3], drawn=False)
    rows = [person.enrolments.get() for person in people]
    rows += [certificate.enrolment for certificate in (packed, *rest, erased)]
    result, _answer, content = bundle("certificates-to-print", rows, order="name")
    assert words(content) == ["Amina"]
    assert whys(result) == {
        "Beatrice": "Withdrawn.",
        "Cecilia": f"The stored file of {rest[1]} is damaged.",
        "Dorcas": "Erased.",
        "Esther": "No certificate yet.",
        "Faith": "Blocked.",
        "Grace": "To confirm.",
        "Hope": "Being drawn.",
    }


def test_what_is_valid_is_packed_before_a_newer_specimen(hr, holder_of):
    valid = holder_of("Amina")
    newer = make_certificate(valid.holder, enrolment=None, specimen=True, awarded_on=timezone.localdate())
    newer.payload.pdf.save("x.pdf", ContentFile(b"%PDF"))
    rows = [valid.enrolment]
    for chosen in (choosing.stored_for(hr, rows), choosing.newest_of(hr, rows)):
        assert chosen == {valid.enrolment_id: valid}


def test_card_that_is_not_drawn_yet_is_named(bundle, holder_of):
    result, answer, _content = bundle("cards-to-print", [holder_of("Amina").enrolment], order="name")
    assert whys(result) == {"Amina": "The card is not drawn yet."}
    assert answer.status_code == 404


def test_what_breaks_between_asking_and_packing_is_named_too(hr, holder_of, bundle, monkeypatch):
    made = [holder_of("Amina"), holder_of("Beatrice")]
    read = choosing.read
    asked = []

    def lost_the_second_time(certificate, part):
        asked.append(certificate.pk)
        if asked.count(made[1].pk) == 2 and certificate.pk == made[1].pk:
            storages["private"].delete(certificate.payload.pdf.name)
        return read(certificate, part)

    monkeypatch.setattr(choosing, "read", lost_the_second_time)
    result, _answer, content = bundle("certificates", [row.enrolment for row in made])
    assert whys(result) == {"Beatrice": f"The stored file of {made[1]} is damaged."}
    assert result.context["done"] == 1 and f"{made[0].code}.pdf".encode() in content


def test_one_file_takes_only_so_many(bundle, holder_of, monkeypatch):
    monkeypatch.setattr("certificates.staff.bulk.PrintThem.most", 1)
    made = [holder_of("Amina", family_name="Abel"), holder_of("Beatrice", family_name="Zulu")]
    result, _answer, content = bundle("certificates-to-print", [row.enrolment for row in made], order="name")
    assert words(content) == ["Amina"]
    assert whys(result) == {"Beatrice": "Left out: the file is full."}


@pytest.mark.parametrize("action", ["certificates", "certificates-to-print", "cards-to-print"])
def test_questions_do_not_grow_with_people(hr, holder_of, action, django_assert_num_queries):
    stored = [holder_of(name, card=True).enrolment_id for name in ("Amina", "Beatrice", "Cecilia")]
    lacking = [holder_of(name, revoked_at=timezone.now()).enrolment_id for name in ("Dorcas", "Esther", "Faith")]
    chosen = actions()[action]
    for keys, queries in ((stored[:1], 1), (stored, 1), (lacking[:1], 2), (lacking, 2)):
        targets = list(chosen.targets(hr, keys))
        with django_assert_num_queries(queries):
            chosen.reasons(hr, targets, {"order": "name"})


def test_file_is_hers_while_all_in_it_are(bundle, holder_of, client, hr, lesotho):
    _result, answer, content = bundle("certificates", [holder_of("Amina").enrolment])
    assert content
    hr.postings.update(country=lesotho)
    assert client.get(answer.wsgi_request.path).status_code == 404


def test_files_carry_nothing_personal_in_their_names(bundle, holder_of):
    made = holder_of("Amina", card=True)
    for action in ("certificates", "certificates-to-print", "cards-to-print"):
        _result, answer, _content = bundle(action, [made.enrolment], order="name")
        assert "Amina" not in answer["Content-Disposition"] and "Otieno" not in answer["Content-Disposition"]
    assert not any("Amina" in name or "Otieno" in name for name in Selection.objects.values_list("file", flat=True))
