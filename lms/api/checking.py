"""What a token is told of certificates: the same as the public page says, for the countries of the token.

A code of elsewhere, one not yet issued and one that nobody has are found by the same question and answered alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from certificates import limits
from certificates.models import Certificate
from certificates.proof import codes
from certificates.verification import Answer, State, compared, judged

from .models import ApiToken


@dataclass(frozen=True)
class Question:
    code: str
    family_name: str = ""


def answer_all(token: ApiToken, questions: Sequence[Question]) -> list[dict]:
    """One for each, in their order. A fixed number of queries but for the limit on names."""
    parsed = [_parsed(question.code) for question in questions]
    countries = list(token.countries.values_list("code", flat=True))
    found = Certificate.objects.issued().filter(code__in=set(filter(None, parsed)), country_code__in=countries)
    known = {certificate.code: judged(certificate) for certificate in found.select_related("payload")}
    return [
        _told(token, question, Answer(State.TYPING_ERROR) if not code else known.get(code, Answer(State.UNKNOWN)))
        for question, code in zip(questions, parsed, strict=True)
    ]


def _parsed(typed: str) -> str:
    try:
        return codes.parse(typed)
    except codes.TypingError:
        return ""


def _told(token: ApiToken, question: Question, answer: Answer) -> dict:
    certificate = answer.certificate
    told = {"code": question.code, "state": answer.said} | dict.fromkeys(FACTS)
    if certificate is None:
        return told
    told |= _facts(answer)
    if question.family_name:
        told |= _name(token, certificate, question.family_name)
    return told


FACTS = (
    "specimen",
    "programme",
    "awarded_on",
    "valid_until",
    "country",
    "withdrawn_on",
    "replaced_on",
    "reason",
    "name_matches",
    "name_not_compared",
)


def _facts(answer: Answer) -> dict:
    certificate = answer.certificate
    return {
        "specimen": certificate.specimen,
        "programme": {
            "code": certificate.programme_code,
            "title": certificate.title,
            "version": certificate.programme_version,
            "level": certificate.level,
        },
        "awarded_on": certificate.awarded_on,
        "valid_until": certificate.valid_until,
        "country": {"code": certificate.country_code, "name": certificate.country_name},
        "withdrawn_on": answer.since if answer.state == State.REVOKED else None,
        "replaced_on": answer.since if answer.state == State.SUPERSEDED else None,
        "reason": answer.reason_class or None,
    }


def _name(token: ApiToken, certificate: Certificate, typed: str) -> dict:
    """A token has tries of its own: strangers cannot use up a partner's, nor he theirs."""
    try:
        limits.count_name(f"{token.pk}:{certificate.code}")
    except limits.TooManyNames:
        return {"name_not_compared": "too_many_tries"}
    matches = compared(certificate, typed)
    return {"name_matches": matches, "name_not_compared": "not_kept" if matches is None else None}
