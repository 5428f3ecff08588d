"""Two whole rosters, read as files, row by row as they are meant."""

from __future__ import annotations

import json

import pytest

from domain.roster import RosterReading, read_roster, values_in_normal_form
from domain.roster_units import Known
from reports.workbook_reading import read_workbook
from tests.roster.offices import FILES


def reading(name: str) -> RosterReading:
    return read_roster(read_workbook(FILES / f"{name}.xlsx", ("组织", "书记")), Known())


@pytest.mark.parametrize("name", ["roster-clean", "roster-messy"])
def test_every_row_is_read_as_expected(name: str) -> None:
    wanted = json.loads((FILES / f"{name}.expected.json").read_text("utf-8"))["rows"]
    found = [
        {
            "sheet": row.sheet,
            "row": row.row,
            "status": row.status,
            "problems": sorted({problem.code for problem in row.problems}),
            "values": values_in_normal_form(row),
        }
        for row in reading(name).rows
    ]
    assert found == wanted


def test_the_other_sheets_and_the_unknown_column() -> None:
    messy = reading("roster-messy")
    assert [column.header for column in messy.unknown_columns] == ["内部排序"]
    assert (len(messy.units), len(messy.secretaries)) == (35, 12)
    assert not any(secretary.problems for secretary in messy.secretaries)
    assert messy.new_groups == ()
