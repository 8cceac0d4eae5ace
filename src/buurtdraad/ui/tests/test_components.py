import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError

from buurtdraad.ui import built, style_guide

HOSTILE = "<script>alert(1)</script>\"'&"


def rendered(text, **facts):
    return Template("{% load ui %}" + text).render(Context(facts))


class Plan(forms.Form):
    name = forms.CharField(label="Naam", help_text="Uw eigen naam")
    kind = forms.ChoiceField(label="Soort", choices=[("a", HOSTILE), ("b", "B")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Akkoord")
    note = forms.CharField(label="Opmerking", required=False, widget=forms.Textarea)
    hidden = forms.CharField(widget=forms.HiddenInput)


def test_label_help_error_and_input_come_in_that_order():
    text = str(Plan({})["name"].as_field_group())
    places = [text.index(mark) for mark in ("<label", 'id="id_name_helptext"', 'id="id_name_error"', "<input")]
    assert places == sorted(places)
    assert 'aria-describedby="id_name_helptext id_name_error"' in text
    assert 'aria-invalid="true"' in text


def test_the_summary_comes_first_has_the_focus_and_links_to_each_input():
    text = str(Plan({}))
    assert text.strip().startswith('<div class="utrecht-alert utrecht-alert--error" role="alert" tabindex="-1" autofocus')
    assert "Bijna klaar. Kijk nog naar 4 vragen." in text
    for target in re.findall(r'<a href="#([^"]+)"', text):
        assert f'id="{target}"' in text
    assert "Naam: Vul dit nog in." in text


def test_a_question_before_a_mistake_keeps_its_own_mark():
    assert "Mogen wij u bellen? Vul dit nog in." in str(style_guide.SampleForm({}))


def test_a_form_without_mistakes_has_no_summary():
    assert 'role="alert"' not in str(Plan())
    assert "aria-invalid" not in str(Plan())


def test_a_field_that_may_stay_empty_says_so():
    assert "(mag u overslaan)" in str(Plan()["note"].as_field_group())
    assert "(mag u overslaan)" not in str(Plan()["name"].as_field_group())


def test_a_group_of_choices_is_a_fieldset_whose_error_belongs_to_it():
    text = str(Plan({})["kind"].as_field_group())
    assert 'aria-describedby="id_kind_error"' in text
    assert text.index("<legend") < text.index('id="id_kind_error"') < text.index('type="radio"')
    assert text.count('type="radio"') == 2


def test_what_a_person_typed_comes_back_as_text():
    text = str(Plan({"name": HOSTILE, "kind": "b", "note": HOSTILE}))
    assert "<script" not in text
    assert re.search(r'value="b"[^>]* checked', text)


def test_every_label_belongs_to_an_input():
    text = str(Plan())
    for target in re.findall(r'<label[^>]* for="([^"]+)"', text):
        assert f'id="{target}"' in text


@pytest.mark.parametrize(
    "text",
    [
        '{% badge h "good" %}',
        "{% breadcrumb crumbs here=h %}",
        "{% step_track steps 1 %}",
        "{% table h steps rows %}",
        "{% card h h %}{{ h }}{% endcard %}",
        "{% details h %}{{ h }}{% enddetails %}",
        "{% empty h h 'leaf' h h %}",
        "{% include 'ui/button.html' with text=h name=h value=h %}",
        "{% include 'ui/link_button.html' with text=h url=h %}",
        "{% include 'ui/more_link.html' with text=h url=h %}",
    ],
)
def test_hostile_text_stays_text_in_every_component(text):
    out = rendered(text, h=HOSTILE, crumbs=[(HOSTILE, HOSTILE)], steps=[HOSTILE, "b"], rows=[[(HOSTILE, HOSTILE), HOSTILE]])
    assert "&lt;script&gt;" in out
    assert "<script" not in out


def test_a_badge_of_an_unknown_kind_is_a_mistake_of_the_builder():
    with pytest.raises(TemplateSyntaxError, match="a badge is one of"):
        rendered('{% badge "a" "purple" %}')


def test_a_step_track_says_its_step_in_words():
    text = rendered("{% step_track steps 2 %}", steps=["Idee", "Plan", "Besluit"])
    assert "Stap 2 van 3: Plan" in text
    assert re.findall(r'<li class="([^"]*)"', text) == ["is-done", "is-now", ""]


def test_a_table_names_its_columns_and_rows():
    text = rendered('{% table "Cijfers" head rows %}', head=["Jaar", "Buurt"], rows=[[2026, "6,8"]])
    assert re.search(r"<caption\s*>Cijfers</caption>", text)
    assert text.count('scope="col"') == 2
    assert text.count('scope="row"') == 1


def test_a_list_of_one_page_has_no_pagination():
    assert "<nav" not in rendered("{% pagination page %}", page=Paginator([1], 10).page(1))


def test_pagination_marks_the_page_and_keeps_the_query():
    text = rendered("{% pagination page 'wijk=a%26b' %}", page=Paginator(range(500), 10).page(25))
    assert '<span aria-current="page">25</span>' in text
    assert 'aria-label="Pagina 26">26</a>' in text
    assert 'href="?page=24&amp;wijk=a%26b" rel="prev"' in text
    assert text.count("<a ") < 10


def test_the_style_guide_shows_every_icon_there_is():
    sprite = (built.FOLDER / built.manifest()["icons.svg"]).read_text()
    assert set(re.findall(r'<symbol id="([^"]+)"', sprite)) == set(style_guide.ICONS)


def test_a_card_has_a_heading_that_may_be_a_link():
    assert '<h2 class="utrecht-heading-3">Wens</h2>' in rendered('{% card "Wens" level=2 %}tekst{% endcard %}')
    assert '<a class="utrecht-link utrecht-link--html-a" href="/wensen/4/">Wens</a>' in rendered(
        '{% card "Wens" "/wensen/4/" %}{% endcard %}'
    )


def test_details_are_closed_unless_asked():
    assert '<details class="buurt-details"><summary>Meer</summary>a</details>' in rendered('{% details "Meer" %}a{% enddetails %}')
    assert "<details open" in rendered('{% details "Meer" is_open=True %}a{% enddetails %}').replace(' class="buurt-details"', "")


def test_nothing_looks_wrong_before_somebody_has_typed():
    css = (built.FOLDER / built.manifest()["app.css"]).read_text()
    assert ":user-invalid" in css
    assert ":invalid" not in css


def test_what_comes_after_a_mark_is_left_out_with_its_mark():
    template = Template('{% load ui %}{{ place }}{{ theme|after:", " }}{{ gone|after:": " }}.')
    assert template.render(Context({"place": "Zuilen", "theme": "Groen & spelen", "gone": ""})) == "Zuilen, Groen &amp; spelen."
    assert template.render(Context({"place": "Zuilen"})) == "Zuilen."
