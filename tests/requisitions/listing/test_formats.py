"""HTML, linked data and front matter."""

import json

import pytest

from requisitions.listing import NotAListing, read_listing

PAGE = """<html><head><title>Line Cook | Careers</title>
<style>p { color: red }</style></head><body>
<nav><a href="/">All jobs</a></nav>
<h1>Line Cook</h1>
<p><b>The Copper Pot</b> &bull; Austin, TX &bull; Part-time</p>
<!-- Salary: $99 per hour -->
<p hidden>Remote</p>
<div style="display: none">Requirements</div>
<p>Pay: $17&ndash;$20/hr
   plus tips</p>
<p><strong>Responsibilities</strong></p>
<ul><li>Prep vegetables &amp; meat</li>
<li>Run the <em>grill</em> station</li></ul>
<table><tr><td>Employment type</td><td>Temporary</td></tr></table>
</body></html>"""


def test_only_visible_text_of_a_page_is_read():
    job = read_listing(PAGE).as_json()
    assert (job["title"], job["company"]) == ("Line Cook", "The Copper Pot")
    assert job["responsibilities"] == ["Prep vegetables & meat", "Run the grill station"]
    assert [(each["min"], each["max"], each["period"]) for each in job["pay_ranges"]] == [
        (17, 20, "hour")
    ]
    assert (job["workplace"], job["employment_type"]) == (None, "part_time")
    assert job["qualifications"] == {"required": [], "preferred": []}


def test_sources_of_a_page_name_the_lines_of_its_source():
    sources = read_listing(PAGE).as_json()["sources"]
    assert sources["pay_ranges"][0]["lines"] == [9, 10]
    assert [span["lines"] for span in sources["responsibilities"]] == [[11, 13]]


def test_escaped_html_is_read_as_html():
    text = "&lt;h1&gt;Cook&lt;/h1&gt;\n&lt;h2&gt;Duties&lt;/h2&gt;\n&lt;li&gt;Fry&lt;/li&gt;"
    assert read_listing(text).responsibilities == ("Fry",)


POSTING = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Tram Driver",
    "description": "<p>Drive trams.</p><h2>Duties</h2><ul><li>Drive</li><li>Brake</li></ul>",
    "hiringOrganization": {"@type": "Organization", "name": "City Trams"},
    "jobLocation": {
        "address": {"addressLocality": "Graz", "addressCountry": "AT"},
    },
    "employmentType": ["FULL_TIME"],
    "validThrough": "2027-05-01T00:00",
    "baseSalary": {
        "currency": "EUR",
        "value": {"minValue": 2500, "maxValue": "2900.50", "unitText": "MONTH"},
    },
    "identifier": {"name": "City Trams", "value": "77"},
}


def facts(text: str) -> dict[str, object]:
    job = read_listing(text).as_json()
    assert [place["text"] for place in job["locations"]] == ["Graz, AT"]
    keys = ("title", "company", "employment_type", "closes_on", "responsibilities", "pay_ranges")
    return {key: job[key] for key in keys}


EXPECTED = {
    "title": "Tram Driver",
    "company": "City Trams",
    "employment_type": "full_time",
    "closes_on": "2027-05-01",
    "responsibilities": ["Drive", "Brake"],
    "pay_ranges": [
        {"min": 2500, "max": 2900.5, "currency": "EUR", "period": "month", "scope": None}
    ],
}


@pytest.mark.parametrize("indent", [None, 2])
def test_linked_data_alone_is_read(indent):
    assert facts(json.dumps(POSTING, indent=indent)) == EXPECTED


def test_linked_data_in_a_graph_and_in_a_page_is_read():
    graph = json.dumps({"@graph": [{"@type": "WebPage"}, POSTING]}, indent=1)
    assert facts(graph) == EXPECTED
    page = f'<html><script type="application/ld+json">{graph}</script><p>Hi</p></html>'
    assert facts(page) == EXPECTED


def test_a_property_without_a_field_is_unplaced_with_its_line():
    text = json.dumps(POSTING, indent=2)
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "identifier" in row)
    unplaced = read_listing(text).unplaced
    assert [each.line for each in unplaced] == [line]
    assert "77" in unplaced[0].text


def test_json_without_a_posting_is_refused():
    with pytest.raises(NotAListing, match="JobPosting"):
        read_listing('{"hello": "world"}')


FRONT = """---
# The name of the job
title: "Ferry Captain"
salary: $38 per hour
location: Seattle, WA
closes:
key_objectives:
  - title: Sail on time
  - Keep passengers safe
requirements: | To be updated soon
---

Crossings last about an hour, and every captain sails the same route for a season.
"""


def test_front_matter_is_read_like_labels():
    job = read_listing(FRONT).as_json()
    assert (job["title"], job["locations"][0]["text"]) == ("Ferry Captain", "Seattle, WA")
    assert job["advertised_pay"] == {"amount": 38, "currency": "USD", "period": "hour"}
    assert job["responsibilities"] == ["Sail on time", "Keep passengers safe"]
    assert job["qualifications"]["required"] == []
    assert job["sources"]["layout"][0]["lines"] == [1, 2]


@pytest.mark.parametrize(
    "attribute",
    [
        "hidden",
        'style="display:none"',
        "style='color: red; visibility: hidden'",
        'aria-hidden="true"',
        'class="note sr-only"',
        'class="visually-hidden"',
    ],
)
def test_what_nobody_sees_on_a_page_is_not_read(attribute):
    page = (
        f"<h1>Nurse</h1><p {attribute}>Salary: $90 per hour</p><ul><li>Care</li></ul><p>Duties</p>"
    )
    job = read_listing(f"<html><body>{page}</body></html>")
    assert (job.advertised_pay, job.pay_ranges) == (None, ())


def test_bullets_typed_into_a_page_are_items():
    page = "<h1>Nurse</h1><p><b>Duties</b><br>- Care<br>- Chart</p>"
    page += "<p><b>Requirements</b></p><p>• RN</p>"
    job = read_listing(f"<html><body>{page}</body></html>")
    assert (job.responsibilities, [each.text for each in job.required]) == (
        ("Care", "Chart"),
        ["RN"],
    )


def test_linked_data_may_name_its_vocabulary_and_give_a_distribution():
    pay = {"currency": "EUR", "duration": "P1Y", "percentile10": 28_000, "percentile90": 38_000}
    posting = {**POSTING, "@type": "http://schema.org/JobPosting", "baseSalary": pay}
    found = read_listing(json.dumps({"@graph": [{"@type": "WebSite"}, posting]})).pay_ranges[0]
    assert (found.min, found.max, found.currency, found.period) == (28_000, 38_000, "EUR", "year")
