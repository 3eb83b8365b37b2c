"""The formulas against scipy and numpy on simulated answers, against published results, and in every odd case."""

from collections import Counter
from math import isfinite
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from assessments.analysis import statistics
from assessments.analysis.statistics import Scores, Sums, sums_of
from tests.factories.simulated import Simulated, responses

# Law School Admission Test, section 6: 1,000 people, 5 questions, how many had each pattern from 00000 to 11111.
# Bock & Lieberman, Psychometrika 35 (1970) 179–197; results as printed by Rizopoulos, Journal of Statistical Software
# 17 (2006) no. 5 (CC BY), whose point-biserial divides by n and not by n − 1.
LSAT_6 = "3 6 2 11 1 1 3 4 1 8 0 16 0 3 2 15 10 29 14 81 3 28 15 80 16 56 21 173 11 61 28 298"
PUBLISHED_FACILITY = [0.924, 0.709, 0.553, 0.763, 0.870]
PUBLISHED_POINT_BISERIAL = [0.1128, 0.1531, 0.1727, 0.1444, 0.1215]
PUBLISHED_ALPHA = 0.2950

shares = st.sampled_from([0.0, 0.25, 0.333, 0.5, 0.667, 1.0])


def lsat() -> list[tuple[int, ...]]:
    patterns = [tuple(map(int, f"{number:05b}")) for number in range(32)]
    return [row for row, count in zip(patterns, LSAT_6.split(), strict=True) for _ in range(int(count))]


def questions_of(table) -> list[Sums]:
    """A table of one row a person, all questions met by all."""
    return [sums_of((row[place], sum(row), len(row)) for row in table) for place in range(len(table[0]))]


def scores_of(table) -> Scores:
    totals = [sum(row) for row in table]
    return Scores(len(totals), sum(totals), sum(total * total for total in totals))


@pytest.fixture(scope="module")
def table():
    asked = [Simulated(uuid4(), slope, hard) for slope in (0.4, 1.0, 2.0, -0.8) for hard in (-2.0, 0.0, 1.5)]
    return responses(asked, 400, seed=11)


# Published ------------------------------------------------------------------------------------------------------------


def test_published_data_give_the_published_numbers():
    table = lsat()
    questions, n = questions_of(table), len(table)
    assert n == 1000
    assert [statistics.facility(one) for one in questions] == pytest.approx(PUBLISHED_FACILITY)
    by_n = [statistics.discrimination(one) * ((n - 1) / n) ** 0.5 for one in questions]
    assert by_n == pytest.approx(PUBLISHED_POINT_BISERIAL, abs=6e-5)
    assert statistics.reliability(questions, scores_of(table)).value == pytest.approx(PUBLISHED_ALPHA, abs=5e-5)


def test_published_effect_size_and_its_interval():
    """Bonett's own example in the package statpsych: means 102.1 and 110.4, deviations 14.6 and 15.3, r .75, n 25."""
    first, noise = np.random.default_rng(1).normal(size=(2, 25))
    first = stats.zscore(first, ddof=1)
    noise = noise - noise.mean() - np.cov(noise, first)[0, 1] * first
    second = 0.75 * first + (1 - 0.75**2) ** 0.5 * stats.zscore(noise, ddof=1)
    pairs = list(zip(102.1 + 14.6 * first, 110.4 + 15.3 * second, strict=True))
    assert statistics.effect_size(pairs) == pytest.approx((0.5550319, 0.2394905, 0.8705732), abs=1e-6)


def test_published_normalised_gain():
    """Hake's example: from 45 to 80 per cent is 0.64 of what could be gained."""
    assert statistics.normalised_gain(0.45, 0.80) == pytest.approx(0.6364, abs=1e-4)


# Against another implementation ---------------------------------------------------------------------------------------


def test_discrimination_is_the_point_biserial_with_the_rest(table):
    answers = np.array(table)
    for place, one in enumerate(questions_of(table)):
        rest = answers.sum(axis=1) - answers[:, place]
        assert statistics.discrimination(one) == pytest.approx(stats.pointbiserialr(answers[:, place], rest).statistic)


def test_discrimination_of_parts_is_pearsons():
    random = np.random.default_rng(5)
    answers = np.round(np.clip(random.normal(0.6, 0.3, (300, 1)) + random.normal(0, 0.3, (300, 8)), 0, 1) * 4) / 4
    for place, one in enumerate(questions_of(answers.tolist())):
        rest = answers.sum(axis=1) - answers[:, place]
        assert statistics.discrimination(one) == pytest.approx(stats.pearsonr(answers[:, place], rest).statistic)


def test_discrimination_counts_papers_of_different_length_by_their_mean():
    short, long = [(1, 0, 1), (0, 0, 1), (1, 1, 1), (0, 1, 0)], [(1, 1, 0, 1, 1), (0, 0, 0, 1, 0), (1, 0, 1, 1, 1)]
    papers = [*short, *long]
    rest = [(sum(row) - row[0]) / (len(row) - 1) for row in papers]
    expected = stats.pearsonr([row[0] for row in papers], rest).statistic
    assert statistics.discrimination(sums_of((row[0], sum(row), len(row)) for row in papers)) == pytest.approx(expected)


def test_alpha_is_that_of_the_covariance_matrix(table):
    matrix = np.cov(np.array(table), rowvar=False)
    k = len(matrix)
    expected = k / (k - 1) * (1 - np.trace(matrix) / matrix.sum())
    found = statistics.reliability(questions_of(table), scores_of(table))
    assert (found.value, found.same_papers) == (pytest.approx(expected), True)
    assert found.error == pytest.approx(np.sqrt(matrix.sum() * (1 - expected)))


def test_drawn_papers_are_judged_by_an_analysis_of_variance(table):
    random = np.random.default_rng(3)
    papers = [(row, sorted(random.choice(len(row), 6, replace=False))) for row in table]
    drawn = [[row[place] for place in places] for row, places in papers]
    questions = [
        sums_of((row[place], sum(row[other] for other in places), 6) for row, places in papers if place in places)
        for place in range(len(table[0]))
    ]
    f = stats.f_oneway(*drawn).statistic
    found = statistics.reliability(questions, scores_of(drawn))
    assert (found.value, found.same_papers) == (pytest.approx(1 - 1 / f), False)
    assert found.error == pytest.approx(np.sqrt(6 * np.mean([np.var(row, ddof=1) for row in drawn])))


def test_median_is_that_of_the_values():
    values = np.random.default_rng(2).integers(1, 90, 501).tolist()
    for some in (values, values[:-1]):
        assert statistics.median(Counter(some)) == np.median(some)


# What must always hold ------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(shares, st.integers(0, 9), st.integers(1, 10)), max_size=40))
def test_numbers_of_any_marks_are_within_bounds_or_none(rows):
    sums = sums_of((x, x + rest, of) for x, rest, of in rows)
    easy, told = statistics.facility(sums), statistics.discrimination(sums)
    assert (easy is None) == (not rows)
    assert easy is None or 0 <= easy <= 1 + 1e-12
    assert told is None or -1 <= told <= 1


@given(st.lists(st.lists(shares, min_size=3, max_size=3), max_size=30))
def test_reliability_is_a_number_up_to_one_or_none(rows):
    if not rows:
        return
    found = statistics.reliability(questions_of(rows), scores_of(rows))
    assert found is None or (isfinite(found.value) and found.value <= 1 + 1e-6 and found.error >= 0)


@given(st.lists(st.lists(shares, min_size=4, max_size=4), min_size=2, max_size=30), st.randoms())
def test_order_of_people_changes_nothing(rows, random):
    turned = random.sample(rows, len(rows))
    for one, other in zip(questions_of(rows), questions_of(turned), strict=True):
        assert statistics.discrimination(one) == pytest.approx(statistics.discrimination(other), abs=1e-6)


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 8)), min_size=2, max_size=40), st.integers(1, 5))
def test_marks_that_everyone_gets_change_no_discrimination(rows, constant):
    """The same number of right answers more in everyone's paper of ten."""
    plain = statistics.discrimination(sums_of((x, x + rest, 20) for x, rest in rows))
    more = statistics.discrimination(sums_of((x, x + rest + constant, 20) for x, rest in rows))
    assert plain == pytest.approx(more, abs=1e-6)


@given(st.lists(st.tuples(shares, shares), max_size=30))
def test_gain_of_any_pairs_is_numbers_or_none(pairs):
    found = statistics.gain(pairs, enough=10)
    if found is None:
        assert not pairs
        return
    assert found.n == found.more + found.same + found.fewer == len(pairs)
    numbers = [found.before, found.after, found.normalised, found.d, found.d_from, found.d_to]
    assert all(number is None or isfinite(number) for number in numbers)
    assert found.d is None or found.d_from <= found.d <= found.d_to


@given(st.lists(st.tuples(shares, shares), min_size=3, max_size=30), st.floats(-2, 2))
def test_effect_size_does_not_depend_on_where_marks_begin(pairs, constant):
    moved = [(first + constant, second + constant) for first, second in pairs]
    one, other = statistics.effect_size(pairs), statistics.effect_size(moved)
    assert (one is None) == (other is None)
    assert one is None or one == pytest.approx(other, abs=1e-6)


@given(st.dictionaries(st.floats(0, 1), st.integers(1, 9), max_size=20))
def test_thirds_never_meet_and_leave_nobody_out_at_the_ends(scores):
    found = statistics.thirds(scores)
    if found is None:
        return
    weak, strong = found
    assert weak < strong
    assert min(scores) <= weak and strong <= max(scores)
    assert {weak, strong} <= set(scores)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({1: 1, 2: 1, 3: 1}, (1, 3)),
        ({1: 4, 2: 1, 3: 4}, (1, 3)),
        ({1: 1, 2: 5, 3: 3}, (2, 3)),
        ({1: 2, 2: 20, 3: 2}, (1, 3)),  # both borders fall on 2
        ({2: 20, 3: 2}, None),
        ({2: 20}, None),
        ({1: 1, 2: 1}, None),
    ],
)
def test_thirds_of_scores(scores, expected):
    assert statistics.thirds(scores) == expected


@pytest.mark.parametrize(
    "table",
    [
        [[1, 0, 1]],  # one person
        [[1, 1, 1], [1, 1, 1], [1, 1, 1]],  # everyone the same
        [[0, 0], [0, 0]],
        [[1], [0], [1]],  # one question
    ],
)
def test_no_spread_gives_no_number(table):
    assert [statistics.discrimination(one) for one in questions_of(table)] == [None] * len(table[0])
    assert statistics.reliability(questions_of(table), scores_of(table)) is None


def test_nothing_gives_no_number():
    assert statistics.facility(Sums()) is None
    assert statistics.median({}) is None
    assert statistics.thirds({}) is None
    assert statistics.gain([], enough=10) is None
    assert statistics.reliability([], Scores()) is None
    assert statistics.normalised_gain(1.0, 1.0) is None
    assert statistics.effect_size([(0.5, 0.5)] * 9) is None


def test_paper_of_one_question_counts_in_facility_alone():
    one = sums_of([(1, 1, 1), (0, 0, 1)])
    assert (one.n, one.pairs, statistics.facility(one), statistics.discrimination(one)) == (2, 0, 0.5, None)
