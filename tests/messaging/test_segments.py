import pytest

from lms.messaging.segments import BASIC, EXTENDED, length_of, plain


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments", "left"),
    [
        ("", "GSM-7", 0, 1, 160),
        ("a" * 160, "GSM-7", 160, 1, 0),
        ("a" * 161, "GSM-7", 161, 2, 145),
        ("a" * 306, "GSM-7", 306, 2, 0),
        ("a" * 307, "GSM-7", 307, 3, 152),
        ("é@Ñ\n", "GSM-7", 4, 1, 156),
        ("€" * 80, "GSM-7", 160, 1, 0),
        ("€" * 80 + "a", "GSM-7", 161, 2, 144),  # 76 pairs fill 152 of 153: the 77th is not cut in two
        ("ã", "UCS-2", 1, 1, 69),
        ("ã" * 70, "UCS-2", 70, 1, 0),
        ("ã" * 71, "UCS-2", 71, 2, 63),
        ("ã" * 134, "UCS-2", 134, 2, 0),
        ("ã" * 135, "UCS-2", 135, 3, 66),
        ("😀" * 35, "UCS-2", 70, 1, 0),
        ("😀" * 36, "UCS-2", 72, 2, 61),  # 33 pairs fill 66 of 67
        ("`", "UCS-2", 1, 1, 69),
    ],
)
def test_length(text, encoding, units, segments, left):
    length = length_of(text)
    assert (length.encoding, length.units, length.segments, length.left) == (encoding, units, segments, left)


def test_alphabet_has_the_size_of_the_standard():
    """128 places, one of them the escape; ten in the extension table."""
    assert (len(BASIC), len(EXTENDED)) == (127, 10)


def test_plain_keeps_seven_bits_where_only_printers_marks_are_in_the_way():
    text = "«Don’t – wait»…\u00a0Now"
    assert (plain(text), length_of(plain(text)).encoding) == ('"Don\'t - wait"... Now', "GSM-7")
    assert length_of(text).encoding == "UCS-2"
