import codecs

import pytest

from requisitions.listing import MAX_BYTES, NotAListing, decode


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Café".encode(), "Café"),
        (codecs.BOM_UTF8 + "Café".encode(), "Café"),
        ("Café".encode("utf-16"), "Café"),
        (codecs.BOM_UTF16_BE + "Café".encode("utf-16-be"), "Café"),
        ("Nurse at Café".encode("utf-16-le"), "Nurse at Café"),
        ("“Café” – €5".encode("cp1252"), "“Café” – €5"),
        ("Café\n".encode() + "Café\n".encode("cp1252"), "Café\nCafé\n"),
        (b"odd \x81 byte", "odd \x81 byte"),
    ],
)
def test_text_is_decoded_whatever_saved_it(data, text):
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"%PDF-1.7\n...", "a PDF"),
        (b"PK\x03\x04...", "office document"),
        (b"\x89PNG\r\n", "a picture"),
        (bytes(range(16)) * 20, "a binary file"),
        (b"a" * (MAX_BYTES + 1), "1,048,576"),
    ],
)
def test_what_is_no_text_is_refused_in_words(data, said):
    with pytest.raises(NotAListing, match=said):
        decode(data)
