"""Words that tell strangers of an illness, in the languages that certificates speak, and words that only look alike."""

import pytest
from django.core.exceptions import ValidationError

from lms.core.telling import names_no_illness, telling_words


@pytest.mark.parametrize(
    "text",
    [
        "Supports a woman after a new HIV-positive result",
        "Explains HIVST to men",
        "Leads a group of PLHIV",
        "Explains eMTCT",
        "Gives ART to her child",
        "Knows AIDS",
        "Explains viral-load results",
        "Explique la charge virale",
        "Soutient une femme séropositive",
        "Accompagne les PVVIH",
        "Explica a carga viral",
        "Apoia mães soropositivas",
        "Explica a terapia anti-retroviral",
        "Huelezea VVU",
        "For Mentor Mothers",
        "HIV-PMTCT",
        "P_HIV_1",
        "P-CMM",
    ],
)
def test_it_tells(text):
    assert telling_words(text)
    with pytest.raises(ValidationError, match="tells of an illness"):
        names_no_illness(text)


@pytest.mark.parametrize(
    "text",
    [
        "Uses job aids at every visit",
        "Keeps the archive",
        "The art of listening",
        "Screens for TB",
        "A sidaway path",
        "P-IPHC",
        "120/80 mmHg",
    ],
)
def test_it_does_not_tell(text):
    assert telling_words(text) == []
    names_no_illness(text)
