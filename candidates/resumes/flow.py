"""Paragraphs, tables and boxes in the order in which one reads them. Pure."""

from dataclasses import dataclass, field


@dataclass
class Paragraph:
    said: list[str] = field(default_factory=list)
    # The lines of boxes that are anchored here; they follow.
    boxes: list[str] = field(default_factory=list)


@dataclass
class Flow:
    """A place into which paragraphs are written: the page, a cell, a box."""

    lines: list[str] = field(default_factory=list)
    open: list[Paragraph] = field(default_factory=list)


@dataclass
class Row:
    cells: list[list[str]] = field(default_factory=list)


class Writer:
    """Told of paragraphs, rows, cells and boxes as they begin and end."""

    def __init__(self) -> None:
        self.flows = [Flow()]
        self.rows: list[Row] = []

    @property
    def lines(self) -> list[str]:
        return self.flows[0].lines

    def say(self, text: str) -> None:
        flow = self.flows[-1]
        if flow.open:
            flow.open[-1].said.append(text)

    def begin_paragraph(self) -> None:
        self.flows[-1].open.append(Paragraph())

    def end_paragraph(self) -> None:
        flow = self.flows[-1]
        if flow.open:
            paragraph = flow.open.pop()
            flow.lines += ["".join(paragraph.said), *paragraph.boxes]

    def begin_flow(self) -> None:
        self.flows.append(Flow())

    def end_flow(self) -> list[str]:
        if len(self.flows) == 1:
            return []
        while self.flows[-1].open:
            self.end_paragraph()
        return self.flows.pop().lines

    def end_box(self) -> None:
        lines = self.end_flow()
        flow = self.flows[-1]
        (flow.open[-1].boxes if flow.open else flow.lines).extend(lines)

    def begin_row(self) -> None:
        self.rows.append(Row())

    def end_cell(self) -> None:
        lines = [line for line in self.end_flow() if line.strip()]
        if self.rows:
            self.rows[-1].cells.append(lines)

    def end_row(self) -> None:
        """One line if every cell has one; else cell by cell, as a layout made of a table wants."""
        if not self.rows:
            return
        cells = self.rows.pop().cells
        if all(len(cell) <= 1 for cell in cells):
            self.flows[-1].lines.append("\t".join(line for cell in cells for line in cell))
        else:
            self.flows[-1].lines += [line for cell in cells for line in cell]
