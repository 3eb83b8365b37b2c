from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page

from lms.people import groups, services
from lms.people.models import Posting, Role
from tests.factories.people import make_person


def _names(person):
    return set(person.groups.values_list("name", flat=True))


def _run_after_migrate():
    for config in apps.get_app_configs():
        groups.synchronise_permissions(app_config=config)


def test_roles_have_their_groups_and_only_reviewers_publish(trainer, reviewer, hr):
    root = Page.get_first_root_node()
    assert root.permissions_for_user(trainer).can_add_subpage()
    assert not root.permissions_for_user(trainer).can_publish_subpage()
    assert not root.permissions_for_user(hr).can_add_subpage()
    assert "publish_page" in reviewer.groups.get().page_permissions.values_list("permission__codename", flat=True)


@pytest.mark.parametrize("who", ["trainer", "reviewer", "hr", "administrator"])
def test_staff_open_the_admin(request, client, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get("/cms/").status_code == 200


@pytest.mark.parametrize("who", ["learner", "observer"])
def test_others_do_not_open_the_admin(request, client, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get("/cms/").status_code == 302


def test_nobody_may_touch_wagtails_users(trainer, hr, reviewer):
    """Their lists and bulk actions ask for these permissions, and show every country."""
    for person in (trainer, hr, reviewer):
        assert not person.has_perm("people.change_user")
        assert not person.has_perm("people.view_user")


def test_permissions_are_given_again_and_only_those(hr):
    group = Group.objects.get(name="HR")
    group.permissions.set(Permission.objects.filter(codename="delete_page"))
    _run_after_migrate()
    _run_after_migrate()
    assert set(group.permissions.values_list("codename", flat=True)) >= {"access_admin"}
    assert not group.permissions.filter(codename="delete_page").exists()
    assert Group.objects.get(name="Trainers").page_permissions.count() == 2


def test_permissions_that_the_hooks_name_exist(db):
    for hook in hooks.get_hooks("role_permissions"):
        for role, names in hook().items():
            assert role in groups.NAMES
            assert groups._permissions(names).count() == len(names)


def test_posting_brings_the_group_and_its_end_takes_it(learner, hr, time_machine):
    posting = services.post_person(learner, Role.TRAINER, by=hr)
    assert _names(learner) == {"Trainers"}
    services.end_posting(posting, by=hr)
    assert _names(learner) == {"Trainers"}
    time_machine.move_to(timezone.now() + timedelta(days=1))
    groups.synchronise_all()
    assert _names(learner) == set()


def test_posting_that_begins_by_date_is_seen_by_the_tick(learner, time_machine):
    services.post_person(learner, Role.REVIEWER, starts_on=timezone.localdate() + timedelta(days=2))
    assert _names(learner) == set()
    time_machine.move_to(timezone.now() + timedelta(days=2))
    call_command("tick")
    assert _names(learner) == {"Clinical reviewers"}


def test_administrators_are_superusers_as_long_as_posted(kenya, administrator):
    person = make_person("Ada", "Min")
    services.post_person(person, Role.ADMINISTRATOR)
    person.refresh_from_db()
    assert person.is_superuser
    Posting.objects.filter(person=person).delete()
    assert groups.synchronise_all() == 1
    person.refresh_from_db()
    assert not person.is_superuser


def test_superuser_of_the_command_stays_one(kenya):
    person = type(make_person("A", "B")).objects.create_superuser(
        "K104417", "river stone lamp", given_names="Ada", family_name="Min", country_id="KE"
    )
    groups.synchronise_all()
    person.refresh_from_db()
    assert person.is_superuser


def test_tick_leaves_everybody_who_is_in_step(trainer, hr, learner, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert groups.synchronise_all() == 0


def test_groups_of_others_are_left_alone(trainer):
    trainer.groups.add(Group.objects.create(name="Choir"))
    groups.synchronise_groups(trainer)
    assert _names(trainer) == {"Choir", "Trainers"}
