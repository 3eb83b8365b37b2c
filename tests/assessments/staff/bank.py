"""Ways into the bank of questions, for its tests."""

from django.urls import reverse

from assessments.models import Question
from lms.people.groups import synchronise_groups


def url(name, *args):
    return reverse(Question.snippet_viewset.get_url_name(name), args=args)


def text(response):
    return " ".join(response.content.decode().split())


def codes(response):
    return [question.code for question in response.context["object_list"]]


def sign_in(client, person):
    synchronise_groups(person)
    client.force_login(person)
    return client
