"""Finding people by words: accents, numbers, merged numbers, phones."""

import pytest

from lms.people.staff.finding import people_found
from tests.factories.people import make_person


@pytest.fixture
def wanted(kenya):
    return make_person("Zoë Nyambura", "N’Gûnjiri", phone="+254712345678", hr_number="HR-77")


@pytest.mark.parametrize(
    "words",
    ["zoe", "ZOË", "nyambura zoe", "gunjiri", "ngu?", "0712 345 678", "+254712345678", "hr-77", "712345678"],
)
def test_words_find_a_person(wanted, words):
    other = make_person("Amina", "Otieno", phone="+254700000001")
    found = list(people_found(words))
    assert other not in found
    assert (wanted in found) == (words != "ngu?")


def test_number_of_a_merged_record_finds_the_one_that_was_kept(wanted):
    gone = make_person("Zoe", "Gunjiri", is_active=False, merged_into=wanted)
    assert wanted in people_found(gone.staff_number)


def test_letters_with_a_meaning_in_patterns_mean_themselves(wanted):
    for words in (".", "(", "[a", "\\", "z.e", "*"):
        assert list(people_found(words)) == []
