import pytest

from assessments.passing import Next, judge, needed, tries_left, what_next


@pytest.mark.parametrize(
    ("of", "mark", "wanted"), [(10, 80, 8), (13, 80, 11), (12, 80, 10), (5, 80, 4), (1, 80, 1), (3, 100, 3), (7, 1, 1)]
)
def test_needed_is_rounded_up(of, mark, wanted):
    assert needed(of, mark) == wanted


def paper(*critical):
    return [{"id": str(number), "critical": star} for number, star in enumerate(critical)]


@pytest.mark.parametrize(
    ("critical", "right", "score", "passed", "to_put_right"),
    [
        ((False,) * 5, "01234", 5, True, []),
        ((False,) * 5, "0123", 4, True, []),
        ((False,) * 5, "012", 3, False, []),
        ((True,) + (False,) * 4, "1234", 4, True, ["0"]),
        ((True, True) + (False,) * 8, "23456789", 8, True, ["0", "1"]),
        ((True,) + (False,) * 4, "123", 3, False, []),
        ((True,) * 5, "", 0, False, []),
    ],
)
def test_outcome(critical, right, score, passed, to_put_right):
    outcome = judge(paper(*critical), dict.fromkeys(right, True), 80)
    assert (outcome.score, outcome.passed, outcome.to_put_right) == (score, passed, to_put_right)


def test_practice_asks_nothing_again():
    assert (
        judge(paper(True, False, False, False, False), dict.fromkeys("1234", True), 80, safety=False).to_put_right == []
    )


@pytest.mark.parametrize(
    ("allowed", "extra", "not_yet", "left"),
    [(2, 0, 0, 2), (2, 0, 1, 1), (2, 0, 2, 0), (2, 1, 2, 1), (2, 1, 3, 0), (1, 0, 4, 0)],
)
def test_tries_left(allowed, extra, not_yet, left):
    assert tries_left(allowed, extra, not_yet) == left


@pytest.mark.parametrize(
    ("passed", "pending", "left", "then"),
    [
        (True, 0, 0, Next.COMPLETE),
        (True, 2, 1, Next.PUT_RIGHT),
        (False, 0, 1, Next.TRY_AGAIN),
        (False, 0, 0, Next.LOCKED),
    ],
)
def test_what_next(passed, pending, left, then):
    assert what_next(passed=passed, to_put_right=pending, left=left) == then
