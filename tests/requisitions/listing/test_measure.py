"""The figures that say how good the reader is."""

import json

import pytest
from django.core.management import CommandError, call_command

from requisitions.listing import read_listing
from requisitions.listing.measure import measure, same_beginning

TEXT = """Tram Driver at City Trams
Location: Graz, Austria
Salary: 2,500 to 2,900 EUR per month
Duties
- Drive trams through the old town
- Check the brakes
"""


def counts(expected: dict[str, object]) -> dict[str, tuple[int, int, int]]:
    measured = measure(read_listing(TEXT).as_json(), expected)
    return {name: (count.right, count.found, count.there) for name, count in measured.items()}


def test_only_what_was_counted_by_a_person_is_measured():
    assert counts({"title": "Tram Driver", "responsibilities": None}) == {"title": (1, 1, 1)}


def test_items_are_matched_one_by_one():
    items = ["Drive trams through", "Sell tickets"]
    assert counts({"responsibilities": {"items": items}}) == {"responsibilities": (1, 2, 2)}


def test_ranges_are_measured_part_by_part():
    pay = {"min": 2500, "max": 3000, "currency": "EUR", "period": "month"}
    assert counts({"pay_ranges": [pay]}) == {
        "pay_ranges.min": (1, 1, 1),
        "pay_ranges.max": (0, 1, 1),
        "pay_ranges.currency": (1, 1, 1),
        "pay_ranges.period": (1, 1, 1),
        "pay_ranges.scope": (0, 0, 0),
    }


def test_what_a_person_was_not_sure_of_is_left_out():
    assert counts({"title": "Driver", "uncertain": ["title: of which tram?"]}) == {}


@pytest.mark.parametrize(
    ("said", "right"),
    [("not stated", (0, 0, 0)), ("on site (not stated)", (0, 0, 0)), ("hybrid", (0, 0, 1))],
)
def test_an_arrangement_that_is_not_stated_need_not_be_found(said, right):
    assert counts({"work_arrangement": said}) == {"workplace": right}


def test_a_beginning_or_words_out_of_an_item_name_it():
    assert same_beginning("Check the brakes, daily", "Check the brakes")
    assert same_beginning("Holds a valid licence (class B)", "valid licence B")
    assert not same_beginning("Check the lights", "Check the brakes")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "driver.txt").write_text(TEXT, encoding="utf-8")
    entry = {"file": "driver.txt", "title": "Tram Driver", "company": "Rail Ltd"}
    expected = json.dumps({"listings": {"1": entry}})
    (tmp_path / "expected.json").write_text(expected, encoding="utf-8")
    return tmp_path


def test_the_command_prints_figures_and_misses(folder, capsys):
    call_command("measure_listings", str(folder))
    printed = capsys.readouterr().out
    assert "title                      1      1      1     100.0%   100.0%" in printed
    assert "driver.txt  company  not found: Rail Ltd" in printed


def test_the_command_prints_json(folder, capsys):
    call_command("measure_listings", str(folder), "--json")
    printed = json.loads(capsys.readouterr().out)
    assert printed["fields"]["company"]["recall"] == 0
    assert printed["misses"] == {
        "driver.txt": {"company": ["not found: Rail Ltd", "wrong: City Trams"]}
    }


def test_a_folder_without_expectations_is_refused_in_words(tmp_path):
    with pytest.raises(CommandError, match=r"expected.json cannot be read"):
        call_command("measure_listings", str(tmp_path))


def test_a_listing_that_is_missing_is_refused_in_words(folder):
    (folder / "driver.txt").unlink()
    with pytest.raises(CommandError, match=r"driver.txt cannot be measured"):
        call_command("measure_listings", str(folder))
