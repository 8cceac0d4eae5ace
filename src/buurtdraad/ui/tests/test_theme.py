import io

import pytest
from django.core.management import CommandError, call_command

from buurtdraad.ui import theme


def told(path):
    out = io.StringIO()
    call_command("check_theme", path, stdout=out)
    return out.getvalue()


def written(tmp_path, css):
    path = tmp_path / "thema.css"
    path.write_text(css)
    return path


def test_the_neutral_theme_is_readable_in_all_18_pairs():
    pairs = theme.measured("")
    assert len(pairs) == 18
    assert [pair.problem for pair in pairs if pair.problem] == []


def test_a_good_theme_passes(tmp_path):
    css = ".stad-theme { --voorbeeld-kleuren-violet-500: #553a8b; --voorbeeld-kleuren-violet-600: rgb(67, 45, 111); }"
    assert "All 18 pairs of thema.css are readable." in told(written(tmp_path, css))


def test_a_pale_accent_fails_in_plain_words(tmp_path):
    with pytest.raises(CommandError) as refusal:
        told(written(tmp_path, ":root { --stad: #9bd; --buurt-color-accent: var(--stad) }"))
    assert "links and buttons on the page: --buurt-color-accent on --buurt-color-paper has a contrast of 2.00 to 1" in str(refusal.value)


@pytest.mark.parametrize(
    ("css", "cause"),
    [
        (":root { --buurt-color-text: var(--weg) }", "--buurt-color-text leads to --weg, which has no value"),
        (":root { --buurt-color-text: var(--a); --a: var(--buurt-color-text) }", "--buurt-color-text goes round in a circle"),
        (":root { --buurt-color-text: rgb(0 0 0 / 50%) }", "write it as #rrggbb"),
        (":root { --buurt-color-text: #00000080 }", "without transparency"),
        (":root { --buurt-color-text: calc(1px) }", "write it as #rrggbb"),
    ],
)
def test_a_colour_that_cannot_be_known_fails(tmp_path, css, cause):
    with pytest.raises(CommandError, match="pairs are not readable") as refusal:
        told(written(tmp_path, css))
    assert cause in str(refusal.value)


@pytest.mark.parametrize(("content", "cause"), [(b"body { color: red }", "holds no design token"), (b"\xff\xfe\x00", "cannot be read")])
def test_a_file_that_is_no_theme_is_refused(tmp_path, content, cause):
    path = tmp_path / "thema.css"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=cause):
        told(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        told(tmp_path / "weg.css")


def test_contrast_is_measured_as_the_standard_says():
    assert theme.contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert theme.contrast(theme.parsed("#767676", "x"), theme.parsed("#fff", "x")) == pytest.approx(4.54, abs=0.01)


def test_what_a_comment_says_does_not_count():
    assert theme.declarations("/* --a: #000; */ :root { --a: #fff }") == {"--a": "#fff"}
