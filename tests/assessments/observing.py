"""How tests watch a practical: by the services, and by its pages."""

from django.urls import reverse

from assessments import services

NOTES = {"strength_1": "Warm greeting", "strength_2": "Asked one at a time", "next_step": "Say what comes next"}


def marks(observation, *given):
    """By step id, for the steps that are asked, in order."""
    asked = [step["id"] for step in observation.steps if not step.get("carried")]
    return dict(zip(asked, given, strict=True))


def signed(observation, *given):
    saved = services.save_observation(observation, marks(observation, *given), setting="real", **NOTES)
    return services.sign_off(saved)


def watch(observer, learner, practical, *given, **how):
    """Start and sign an observation with these marks."""
    return signed(services.start_observation(observer, learner, practical, **how), *given)


def begin_url(learner, practical, name="observation-begin"):
    return reverse(f"assessments:{name}", args=[learner.pk, practical.translation_key])


def url(name, observation):
    return reverse(f"assessments:observation-{name}", args=[observation.pk])


def form(observation, *marks, **more):
    steps = zip((step["id"] for step in observation.steps), marks, strict=False)
    return {f"step-{id_}": mark for id_, mark in steps} | NOTES | more


def sign(client, observation, *marks):
    return client.post(url("watch", observation), form(observation, *marks, sign="1"))
