import pytest

from requisitions.listing import Listing, read_listing

HEAD = "Team Leader\n\nPerson specification\n\n"


def split(listing: Listing) -> tuple[list[str], list[str]]:
    return [each.text for each in listing.required], [each.text for each in listing.preferred]


@pytest.mark.parametrize(
    "table",
    [
        "Criteria\tEssential\tDesirable\nFive years of it\tX\t\nA car\t\tX",
        "|Criteria|Essential|Desirable|\n|---|---|---|\n|Five years of it|✔||\n|A car||✔|",
        "Criteria\tEssential/Desirable\nFive years of it\tE\nA car\tD",
        "Criteria\tE\tD\nKnowledge\t\t\nFive years of it\tyes\tno\nA car\t-\tyes",
        "\tEssential\tDesirable\nKnowledge\nAll\tFive years of it\tA car",
        "Essential criteria\tDesirable criteria\nFive years of it\tA car",
    ],
)
def test_a_table_tells_in_its_columns_what_is_essential(table: str) -> None:
    assert split(read_listing(HEAD + table)) == (["Five years of it"], ["A car"])


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td>Skills</td><td>Five years of it<br>Calm</td><td>A car</td></tr>",
        "<tr><td><p>Skills</p></td><td><p>Five years of it</p><p>Calm</p></td><td>A car</td></tr>",
        "<tr><td>Skills</td><td><ul><li>Five years of it<li>Calm</ul></td><td>A car</td></tr>",
        """<tr><td><p>Five years of it</p></td><td><p>X</p></td><td></td></tr>
        <tr><td>Calm</td><td>X</td><td></td></tr><tr><td>A car</td><td></td><td>X</td></tr>""",
    ],
)
def test_a_table_of_a_page_may_have_paragraphs_and_lists_in_its_cells(rows: str) -> None:
    page = f"<h1>Team Leader</h1><h2>Person specification</h2><table><tr><th><p></p></th>\
<th><p>Essential</p></th><th>Desirable</th></tr>{rows}</table>"
    assert split(read_listing(page)) == (["Five years of it", "Calm"], ["A car"])


def test_a_row_of_labels_names_the_values_beneath() -> None:
    table = "|Location|Salary|Contract|\n|-|-|-|\n|Berlin|€50,000 - €60,000|Full-time|"
    listing = read_listing(f"# Gardener\n\n{table}")
    assert [place.text for place in listing.locations] == ["Berlin"]
    assert listing.employment_type == "full_time"
    assert listing.pay_ranges[0].max == 60_000


def test_other_tables_stay_labels_and_rows() -> None:
    listing = read_listing("# Gardener\n\n|Place|Leeds|\n|-|-|\n|Day|Early|Late|\n|1|6-14|14-22|")
    assert [each.text for each in listing.unplaced][-2:] == [
        "Day | Early | Late",
        "1 | 6-14 | 14-22",
    ]
