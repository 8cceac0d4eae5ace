import contextlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from buurtdraad.lib.tests import hostile_files as hostile
from buurtdraad.lib.uploads import drawing
from buurtdraad.lib.uploads.refusals import Empty, FileRefused, NoPicture, TooLarge, TooManyPixels

MOST = 10_000_000


def clean(content, most=MOST):
    return drawing.clean(io.BytesIO(content), most_bytes=most)


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_comes_out_as_webp_in_three_widths(kind):
    made = clean(hostile.picture((1600, 800), kind))
    assert {width: opened(content).size for width, content in made.sizes.items()} == {320: (320, 160), 640: (640, 320), 1280: (1280, 640)}
    assert {opened(content).format for content in made.sizes.values()} == {"WEBP"}


def test_a_small_picture_is_not_blown_up():
    assert list(clean(hostile.picture((200, 100))).sizes) == [200]


def test_the_place_where_it_was_made_is_gone_and_it_stands_upright():
    sent = hostile.with_place()
    assert opened(sent).getexif().get_ifd(0x8825), "the test's own picture has a place"
    made = clean(sent)
    assert (made.width, made.height) == (400, 800)
    for content in made.sizes.values():
        assert not opened(content).getexif()
        assert not {"exif", "xmp", "icc_profile"} & set(opened(content).info)
        assert b"Telefoon" not in content


def test_the_small_ones_weigh_60_kb_at_most_whatever_is_in_them():
    made = clean(hostile.noise())
    assert len(made.sizes[320]) <= 60_000
    assert len(made.sizes[640]) <= 60_000


def test_of_a_moving_picture_the_first_frame_is_kept():
    file = io.BytesIO()
    red, blue = (Image.new("RGB", (400, 300), colour) for colour in ("red", "blue"))
    red.save(file, "GIF", save_all=True, append_images=[blue])
    made = opened(clean(file.getvalue()).sizes[320])
    assert getattr(made, "n_frames", 1) == 1
    red_part, _, blue_part = made.convert("RGB").getpixel((10, 10))
    assert red_part > 200
    assert blue_part < 50


def test_what_one_can_see_through_stays_so():
    file = io.BytesIO()
    Image.new("RGBA", (400, 300), (0, 0, 0, 0)).save(file, "PNG")
    assert opened(clean(file.getvalue()).sizes[320]).mode == "RGBA"


@pytest.mark.parametrize("mode", ["L", "P", "1", "LA", "CMYK", "I;16"])
def test_every_kind_of_colour_is_understood(mode):
    file = io.BytesIO()
    Image.new(mode, (400, 300)).save(file, "JPEG" if mode == "CMYK" else "PNG")
    assert 320 in clean(file.getvalue()).sizes


@pytest.mark.parametrize(
    "content", [hostile.SVG, hostile.HTML, hostile.PDF, hostile.docx(), b"GIF89a", b"\xff\xd8\xff", b"BM" + b"\0" * 100, b"P6 1 1 255 aaa"]
)
def test_what_is_no_picture_of_ours_is_refused(content):
    with pytest.raises(NoPicture, match="JPEG"):
        clean(content)


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "ICO", "PPM"])
def test_other_kinds_are_refused_even_when_whole(kind):
    with pytest.raises(NoPicture):
        clean(hostile.picture((64, 64), kind))


def test_a_decompression_bomb_is_refused_before_it_unpacks():
    for width, height in ((10_000, 9_000), (20_000, 20_000), (2**31 - 1, 2**31 - 1)):
        with pytest.raises(FileRefused) as refusal:
            clean(hostile.png_that_says(width, height))
        assert isinstance(refusal.value, TooManyPixels | NoPicture)
    with pytest.raises(TooManyPixels, match="50"):
        clean(hostile.png_that_says(10_000, 9_000))


def test_a_picture_that_was_cut_short_is_refused():
    whole = hostile.noise((800, 600))
    for part in (0.1, 0.5, 0.9):
        with pytest.raises(NoPicture):
            clean(whole[: int(len(whole) * part)])


def test_what_is_hidden_behind_or_inside_a_picture_is_gone():
    sent = hostile.picture((400, 300), comment=hostile.HTML) + hostile.HTML + hostile.packed([("a.html", hostile.HTML)])
    for content in clean(sent).sizes.values():
        assert b"script" not in content
        assert b"PK\x03\x04" not in content


def test_a_file_that_is_too_large_or_empty_says_so():
    with pytest.raises(TooLarge, match="1 MB"):
        clean(b"x" * 1_000_001, most=1_000_000)
    with pytest.raises(Empty):
        clean(b"")


def test_a_thin_strip_stays_light():
    made = clean(hostile.picture((320, 40_000), "PNG"))
    assert all(len(content) <= 60_000 for content in made.sizes.values())


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_picture_is_cleaned_or_refused_and_nothing_else(data):
    content = bytearray(data.draw(st.sampled_from([hostile.picture((60, 40), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF")])))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(FileRefused):
        assert clean(bytes(content)).sizes
