"""The formulas of item analysis and knowledge gain. Pure: sums in, numbers out; None where a number would mean nothing.

Sources named below: Crocker & Algina, Introduction to Classical and Modern Test Theory (1986) · Henrysson,
Psychometrika 28 (1963) 211–218 · Kuder & Richardson, Psychometrika 2 (1937) 151–160 · Cronbach, Psychometrika 16 (1951)
297–334 · Shrout & Fleiss, Psychological Bulletin 86 (1979) 420–428 · Brennan, Generalizability Theory (2001) · Hake,
American Journal of Physics 66 (1998) 64–74 · Bonett, Psychological Methods 13 (2008) 99–109.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from math import sqrt
from statistics import NormalDist

TINY = 1e-9  # sums of many shares are not exact: a variance below this is none
THIRD = 3


@dataclass(frozen=True)
class Sums:
    """What is added up over the marks of one question, and all that its numbers need.

    x is the share of a mark, r the mean share of the other questions of the same paper. Papers of a single question
    have no r: they count in `n` and `x` alone. `t` is the paper's whole score, `of` its number of questions.
    """

    n: int = 0
    x: float = 0.0
    pairs: int = 0
    px: float = 0.0
    pxx: float = 0.0
    r: float = 0.0
    rr: float = 0.0
    pxr: float = 0.0
    between: float = 0.0  # of t² / of², so that a paper's questions together give t² / of
    last: int = 0  # no sum: the newest of these marks

    def __add__(self, other: "Sums") -> "Sums":
        *mine, last = astuple(self)
        *hers, other_last = astuple(other)
        return Sums(*(one + more for one, more in zip(mine, hers, strict=True)), max(last, other_last))


def sums_of(marks: Iterable[tuple[float, float, int]]) -> Sums:
    """The sums of marks given one by one: (share, the paper's score, how many questions it holds)."""
    total = Sums()
    for x, score, of in marks:
        r = (score - x) / (of - 1) if of > 1 else None
        pair = (0, 0.0, 0.0, 0.0, 0.0, 0.0) if r is None else (1, x, x * x, r, r * r, x * r)
        total += Sums(1, x, *pair, (score / of) ** 2)
    return total


# One question ---------------------------------------------------------------------------------------------------------


def facility(sums: Sums) -> float | None:
    """The mean share of a mark, 0 to 1: how easy the question was for those who met it (Crocker & Algina, ch. 14)."""
    return sums.x / sums.n if sums.n else None


def discrimination(sums: Sums) -> float | None:
    """The correlation of the question with the other questions of the paper, −1 to 1: the corrected item–total.

    Pearson's r, which is the point-biserial where a question is right or not. The question itself is left out of the
    total, or it would agree with itself (Henrysson 1963). The others are taken as their mean share, so that papers of
    different length can be counted together. None where everyone did the same.
    """
    n = sums.pairs
    if n < 2:
        return None
    spread_x, spread_r = sums.pxx - sums.px**2 / n, sums.rr - sums.r**2 / n
    if spread_x < TINY * n or spread_r < TINY * n:
        return None
    return max(-1.0, min(1.0, (sums.pxr - sums.px * sums.r / n) / sqrt(spread_x * spread_r)))


def median(counts: Mapping[int, int]) -> float | None:
    """The median of values given as value → how often."""
    total = sum(counts.values())
    if total <= 0:
        return None
    low, high = _at(counts, (total - 1) // 2), _at(counts, total // 2)
    return (low + high) / 2


def _at(counts: Mapping[int, int], place: int) -> float:
    """The value at a place, from 0, of the sorted values."""
    seen = 0
    for value in sorted(counts):
        seen += counts[value]
        if seen > place:
            return value
    raise IndexError(place)


def thirds(scores: Mapping[float, int]) -> tuple[float, float] | None:
    """The weak third's highest score and the strong third's lowest, from score → how often.

    Whoever has the same score belongs to the same group, so a group may be larger than a third. Where so many have the
    same score that both borders fall on it, these are in the middle, and the groups smaller. None without both groups.
    Thirds instead of Kelley's 27 % (Journal of Educational Psychology 30 (1939) 17–24): they serve small groups better.
    """
    total = sum(scores.values())
    if total < THIRD:
        return None
    each = total // THIRD
    weak, strong = _at(scores, each - 1), _at(scores, total - each)
    if weak < strong:
        return weak, strong
    below, above = [score for score in scores if score < weak], [score for score in scores if score > strong]
    return (max(below), min(above)) if below and above else None


# A quiz ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scores:
    """Scores of a quiz's papers: how many, their sum, the sum of their squares."""

    n: int = 0
    t: float = 0.0
    tt: float = 0.0


@dataclass(frozen=True)
class Reliability:
    """How far a quiz would place the same people the same way again, 0 to 1; `error` in marks, one standard error."""

    value: float
    error: float
    same_papers: bool


def reliability(questions: Sequence[Sums], scores: Scores) -> Reliability | None:
    """Cronbach's alpha where all papers asked the same questions; else for papers drawn from a bank."""
    if len(questions) < 2 or scores.n < 2 or any(sums.pairs != sums.n for sums in questions):
        return None
    if all(sums.n == scores.n for sums in questions):
        return _alpha(questions, scores)
    return _drawn(questions, scores)


def _alpha(questions: Sequence[Sums], scores: Scores) -> Reliability | None:
    """k/(k−1) · (1 − Σ variances of the questions / variance of the scores): Cronbach 1951; KR-20 where right or not.

    The standard error of measurement is the scores' standard deviation · √(1 − alpha) (Crocker & Algina, ch. 7).
    """
    k, total = len(questions), variance(scores.n, scores.t, scores.tt)
    if total is None or total < TINY:
        return None
    parts = sum(variance(sums.n, sums.px, sums.pxx) or 0.0 for sums in questions)
    alpha = k / (k - 1) * (1 - parts / total)
    return Reliability(alpha, sqrt(total * max(0.0, 1 - alpha)), True)


def _drawn(questions: Sequence[Sums], scores: Scores) -> Reliability | None:
    """(between people − within people) / between people, mean squares of a one-way analysis of variance.

    Each paper is a sample of its own, questions nested in people: ICC(1,k) of Shrout & Fleiss (1979), the index of
    dependability of the nested design (Brennan 2001, ch. 3). A harder draw counts as error here, as it should.
    """
    marks = sum(sums.n for sums in questions)
    if marks <= scores.n:
        return None
    between, squares = sum(sums.between for sums in questions), sum(sums.pxx for sums in questions)
    people = (between - scores.t**2 / marks) / (scores.n - 1)
    within = (squares - between) / (marks - scores.n)
    if people < TINY:
        return None
    return Reliability((people - within) / people, sqrt(max(0.0, within) * marks / scores.n), False)


def variance(n: int, total: float, squares: float) -> float | None:
    """Of a sample (n − 1), from its sum and its sum of squares. None below two values; never less than 0."""
    return max(0.0, (squares - total**2 / n) / (n - 1)) if n > 1 else None


# Knowledge gain -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gain:
    """Before and after of the same people, as shares 0 to 1. `d` with its interval is None where it means nothing."""

    n: int
    before: float
    after: float
    more: int
    same: int
    fewer: int
    normalised: float | None
    d: float | None
    d_from: float | None
    d_to: float | None

    @property
    def difference(self) -> float:
        return self.after - self.before


def gain(pairs: Sequence[tuple[float, float]], *, enough: int) -> Gain | None:
    """What pairs of (before, after) say. An effect size is given from `enough` pairs on."""
    n = len(pairs)
    if not n:
        return None
    before, after = sum(pair[0] for pair in pairs) / n, sum(pair[1] for pair in pairs) / n
    steps = [_sign(second - first) for first, second in pairs]
    effect = effect_size(pairs) if n >= enough else None
    signs = {"more": steps.count(1), "same": steps.count(0), "fewer": steps.count(-1)}
    return Gain(n, before, after, **signs, normalised=normalised_gain(before, after), **_named(effect))


def normalised_gain(before: float, after: float) -> float | None:
    """Hake's <g>: of what the group did not know before, the share that it knows after. From the group's means.

    None where nothing was left to learn.
    """
    return (after - before) / (1 - before) if before < 1 - TINY else None


def effect_size(pairs: Sequence[tuple[float, float]]) -> tuple[float, float, float] | None:
    """Cohen's d of pairs and its 95 % interval: the mean difference over √((s₁² + s₂²) / 2) (Bonett 2008).

    That standard deviation, unlike the one of the differences, keeps d comparable with that of other studies.
    None below three pairs, or where everyone did the same.
    """
    n = len(pairs)
    if n < 3:
        return None
    firsts, seconds = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    m1, m2 = sum(firsts) / n, sum(seconds) / n
    v1, v2 = _spread(firsts, m1), _spread(seconds, m2)
    both = sum((first - m1) * (second - m2) for first, second in pairs) / (n - 1)
    s2 = (v1 + v2) / 2
    if s2 < TINY:
        return None
    d = (m2 - m1) / sqrt(s2)
    error = sqrt(d**2 * (v1**2 + v2**2 + 2 * both**2) / (8 * (n - 1) * s2**2) + (v1 + v2 - 2 * both) / ((n - 1) * s2))
    reach = NormalDist().inv_cdf(0.975) * error
    return d, d - reach, d + reach


def _spread(values: Sequence[float], mean: float) -> float:
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


def _sign(step: float) -> int:
    return 0 if abs(step) < TINY else (1 if step > 0 else -1)


def _named(effect: tuple[float, float, float] | None) -> dict[str, float | None]:
    return dict(zip(("d", "d_from", "d_to"), effect or (None, None, None), strict=True))
