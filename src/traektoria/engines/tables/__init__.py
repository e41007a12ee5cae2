"""Workbooks and CSV files that people bring: the one reader of all rooms.

`workbook.read_workbook(bytes, name)` opens a file: sheets of cells as they are shown (`cells.shown`), hidden ones
apart. `headings.find_heading(workbook, understands)` finds the row that a room understands as headings, and
`headings.table_at(workbook, heading)` decides what the table under it is: which sheets go on with it, which rows are
none of it. What is not taken is listed with its sheet, row and reason; nothing is dropped in silence.
`decoding.decode` reads any text in its one encoding. `errors.Unreadable` is the only refusal.
"""
