from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.passing import Next, judge, needed, total, tries_left, what_next


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


@pytest.mark.parametrize(
    ("shares", "score"),
    [
        ([], "0"),
        (["1", "1", "0"], "2"),
        (["0.5", "1"], "1.5"),
        (["0.333"] * 3, "1"),
        (["0.333"] * 48, "16"),
        (["0.667", "0.333"], "1"),
        (["0.143"] * 7, "1"),
        (["0.667"], "0.67"),
    ],
)
def test_total_knows_the_part_that_a_mark_keeps_in_three_decimals(shares, score):
    assert total(map(Decimal, shares)) == Decimal(score)


def test_parts_count_towards_passing_but_a_critical_question_only_when_whole():
    shares = {"0": Decimal("0.5"), "1": Decimal(1), "2": Decimal("0.5")}
    outcome = judge(paper(True, False, False), {"0": False, "1": True, "2": False}, 66, shares=shares)
    assert (outcome.score, outcome.passed, outcome.to_put_right) == (2, True, ["0"])


papers = st.integers(1, 20).flatmap(
    lambda of: st.tuples(
        st.lists(st.booleans(), min_size=of, max_size=of),
        st.lists(st.tuples(st.integers(0, 8), st.integers(1, 8)), min_size=of, max_size=of),
        st.integers(1, 100),
    )
)


def judged(critical, parts, pass_mark):
    shares = {str(n): Decimal(min(1, hits / of)).quantize(Decimal("0.001")) for n, (hits, of) in enumerate(parts)}
    right = {id_: share == 1 for id_, share in shares.items()}
    return judge(paper(*critical), right, pass_mark, shares=shares)


@given(papers)
def test_score_lies_between_nothing_and_everything(drawn):
    outcome = judged(*drawn)
    assert 0 <= outcome.score <= outcome.of
    assert outcome.passed or not outcome.to_put_right


@given(drawn=papers, data=st.data())
def test_one_more_right_answer_never_turns_a_pass_into_a_not_yet(drawn, data):
    critical, parts, pass_mark = drawn
    at = data.draw(st.integers(0, len(parts) - 1))
    better = [*parts[:at], (1, 1), *parts[at + 1 :]]
    before, after = judged(critical, parts, pass_mark), judged(critical, better, pass_mark)
    assert after.score >= before.score
    assert after.passed or not before.passed
    if before.passed:
        assert set(after.to_put_right) <= set(before.to_put_right)


@given(st.integers(1, 60))
def test_everything_right_passes_and_nothing_right_does_not(of):
    everything = judge(paper(*[False] * of), {str(n): True for n in range(of)}, 100)
    assert everything.passed
    assert not judge(paper(*[False] * of), {}, 1).passed
