"""What may be asked, and what is answered: also the source of the OpenAPI document."""

from rest_framework import serializers

from certificates.models import CertificateEvent
from certificates.verification import State

MOST = 500
STATES = [*(state.value for state in State), "specimen"]


class QuestionSerializer(serializers.Serializer):
    code = serializers.CharField(
        max_length=60,
        help_text="As it is printed. Case, spaces and hyphens do not matter; O is read as 0, I and L as 1.",
    )
    family_name = serializers.CharField(
        max_length=150, required=False, allow_blank=True, help_text="As it is printed; or the whole name."
    )


class ProgrammeSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField(help_text="As it is printed on the certificate.")
    version = serializers.IntegerField()
    level = serializers.CharField()


class CountrySerializer(serializers.Serializer):
    code = serializers.CharField(help_text="ISO 3166-1, two letters")
    name = serializers.CharField()


class AnswerSerializer(serializers.Serializer):
    """Never a name. All but `code` and `state` are null where nothing is known, or may not be told."""

    code = serializers.CharField(help_text="As you sent it.")
    state = serializers.ChoiceField(
        choices=STATES,
        help_text="The first of these that holds. Only «valid» is a certificate in date. «not_found»: not issued by "
        "us, or not in the countries of your token. «specimen»: a sample, not a certificate.",
    )
    specimen = serializers.BooleanField(allow_null=True)
    programme = ProgrammeSerializer(allow_null=True)
    awarded_on = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True, help_text="The last day on which it is valid.")
    country = CountrySerializer(allow_null=True, help_text="Where it was issued.")
    withdrawn_on = serializers.DateField(allow_null=True)
    replaced_on = serializers.DateField(allow_null=True, help_text="Ask the holder for the newer one.")
    reason = serializers.ChoiceField(
        choices=CertificateEvent.Reason.choices, allow_null=True, help_text="Why it was withdrawn."
    )
    name_matches = serializers.BooleanField(
        allow_null=True, help_text="Null where no family name was sent or compared."
    )
    name_not_compared = serializers.ChoiceField(
        choices=["not_kept", "too_many_tries"],
        allow_null=True,
        help_text="Why not: her data were erased, or five names were tried for this code within the hour.",
    )


class QuestionsSerializer(serializers.Serializer):
    certificates = QuestionSerializer(many=True, allow_empty=False, max_length=MOST)


class AnswersSerializer(serializers.Serializer):
    certificates = AnswerSerializer(many=True)


class WrongFieldSerializer(serializers.Serializer):
    pointer = serializers.CharField(help_text="JSON pointer into what you sent.")
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = WrongFieldSerializer(many=True, required=False)
