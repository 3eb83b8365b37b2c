"""The ten countries, with the tasks of their workers switched off, and the four languages."""

from django.db import migrations

COUNTRIES = [
    ("AO", "Angola", ["pt"], "+244"),
    ("GH", "Ghana", ["en"], "+233"),
    ("KE", "Kenya", ["en", "sw"], "+254"),
    ("LS", "Lesotho", ["en"], "+266"),
    ("MW", "Malawi", ["en"], "+265"),
    ("MZ", "Mozambique", ["pt"], "+258"),
    ("ZA", "South Africa", ["en"], "+27"),
    ("TZ", "Tanzania", ["sw", "en"], "+255"),
    ("UG", "Uganda", ["en", "sw"], "+256"),
    ("ZM", "Zambia", ["en"], "+260"),
]


def create(apps, schema_editor):
    Country = apps.get_model("core", "Country")
    Locale = apps.get_model("wagtailcore", "Locale")
    for code, name, languages, dialling_code in COUNTRIES:
        Country.objects.create(code=code, name=name, languages=languages, dialling_code=dialling_code)
    for language in ("en", "pt", "fr", "sw"):
        Locale.objects.get_or_create(language_code=language)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("wagtailcore", "0054_initial_locale")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
