import logging
import sys

from ats.logs import Line


def line(trouble: Exception, cause: Exception | None = None) -> str:
    try:
        try:
            raise cause or ValueError("inner ada@mail.example")
        except Exception as inner:
            raise trouble from inner
    except Exception:
        record = logging.LogRecord(
            "ats", logging.ERROR, __file__, 1, "letter to %s", ("ada@mail.example",), sys.exc_info()
        )
    return Line("%(levelname)s %(message)s").format(record)


def test_a_log_line_names_no_address():
    assert line(RuntimeError("x")).startswith("ERROR letter to (an address)")


def test_an_error_tells_its_kind_and_its_place_and_not_what_it_said():
    said = line(RuntimeError("Key (name)=(Ada Lovelace) already exists."), KeyError("Ada"))
    assert "Ada" not in said
    assert "RuntimeError" in said
    assert "KeyError" in said
    assert "in line" in said
