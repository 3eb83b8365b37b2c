import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.models import Collection

from certificates.staff.collections import certificates_collection
from lms.people import groups
from tests.factories.certificates import make_picture

CHOOSE = reverse("wagtailimages_chooser:choose_results")


def on_the_shelf(title: str, by=None) -> Image:
    image = make_picture(title)
    image.collection, image.uploaded_by_user = certificates_collection(), by
    image.save()
    return image


@pytest.fixture
def pictures(hr, other_country_hr):
    groups.synchronise_permissions(app_config=[config for config in apps.get_app_configs() if config.models_module][-1])
    on_the_shelf("Kenyan signature", hr)
    on_the_shelf("Basotho signature", other_country_hr)
    on_the_shelf("Shipped signature")
    make_picture("Somebody coughs")


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("hr", {"Kenyan signature", "Shipped signature"}),
        ("trainer", {"Kenyan signature", "Shipped signature", "Somebody coughs"}),
        ("administrator", {"Kenyan signature", "Basotho signature", "Shipped signature", "Somebody coughs"}),
    ],
)
def test_each_chooses_from_her_own(enter, request, pictures, who, seen):
    page = enter(request.getfixturevalue(who)).get(CHOOSE).content.decode()
    assert {image.title for image in Image.objects.all() if image.title in page} == seen


def test_hr_puts_pictures_on_the_shelf_of_certificates_only(enter, hr, pictures):
    page = enter(hr).get(reverse("wagtailimages:add_multiple")).content.decode()
    assert f'value="{certificates_collection().pk}"' in page or "Certificates" in page
    assert f'<option value="{Collection.get_first_root_node().pk}"' not in page


@pytest.mark.django_db
def test_shelf_is_made_once():
    assert certificates_collection() == certificates_collection()
