import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from curriculum.card_parts import SIGNS
from lms.core import styleguide
from lms.core.templatetags.ui import icon_names


def draw(source: str, **context) -> str:
    return Template(source).render(Context(context))


def test_icon_is_silent_and_has_its_size():
    drawing = draw('{% icon "book" 20 %}')
    assert 'width="20"' in drawing and 'aria-hidden="true"' in drawing and "<path" in drawing


def test_icon_large_has_thinner_strokes_in_every_language():
    with translation.override("pt"):
        assert 'stroke-width="1.6"' in draw('{% icon "cough" 48 %}')


def test_icon_unknown_raises():
    with pytest.raises(TemplateSyntaxError, match="unicorn"):
        draw('{% icon "unicorn" %}')


def test_icon_name_cannot_leave_its_folder():
    with pytest.raises(TemplateSyntaxError):
        draw('{% icon "../go" %}')


@pytest.mark.parametrize("name", [*(sign for sign, _word in SIGNS), *styleguide.SAMPLES["faces"], "mark"])
def test_icon_exists_for_what_people_choose(name):
    assert draw("{% icon name %}", name=name).startswith("<svg")


def test_icons_hold_no_script_and_no_style():
    for name in icon_names():
        drawing = draw("{% icon name %}", name=name)
        assert "script" not in drawing and "style" not in drawing and "http" not in drawing


@pytest.mark.parametrize(("typed", "drawn"), [("lungs", "lungs"), ("unicorn", "book"), ("", "book"), (None, "book")])
def test_drawn_falls_back_where_there_is_no_drawing(typed, drawn):
    assert draw("{{ name|drawn }}", name=typed) == drawn


def test_stitches_say_their_label():
    drawing = draw('{% stitches states "Card 2 of 3" %}', states=["done", "current", "open"])
    assert 'aria-label="Card 2 of 3"' in drawing
    assert [drawing.count(f'<i class="{state}"') for state in ("done", "current", "open")] == [1, 1, 1]


def test_stitches_without_label_count():
    assert 'aria-label="2 of 3 done"' in draw("{% stitches states %}", states=["done", "done", "wrong"])


def test_stitches_escape_the_label():
    assert "<b>" not in draw("{% stitches states label %}", states=["done"], label="<b>")


@pytest.mark.parametrize(("count", "is_many"), [(12, False), (13, True)])
def test_stitches_are_finer_where_they_are_many(count, is_many):
    assert ("many" in draw("{% stitches states %}", states=["open"] * count)) is is_many


def test_under_pairs_cells_with_columns():
    cells = draw(
        "{% for column, cell in row|under:columns %}{{ column }}={{ cell }};{% endfor %}",
        row=["a", "b"],
        columns=["x", "y"],
    )
    assert cells == "x=a;y=b;"


@pytest.mark.parametrize("page", styleguide.PAGES)
def test_styleguide_draws_every_page(client, settings, db, page):
    settings.STYLEGUIDE = True
    assert client.get(f"/styleguide/{page}/").status_code == 200


def test_styleguide_is_hidden_from_the_public(client, settings, db):
    settings.STYLEGUIDE = False
    assert client.get("/styleguide/", follow=True).status_code == 404


def test_styleguide_unknown_page_is_not_there(client, settings, db):
    settings.STYLEGUIDE = True
    assert client.get("/styleguide/unicorn/", follow=True).status_code == 404


@pytest.mark.parametrize("template", ["404.html", "403.html", "403_csrf.html", "500.html"])
def test_error_page_draws_without_a_request(template):
    page = draw("{% include template %}", template=template)
    assert "<h1>" in page and "<script>" not in page and "style=" not in page
