"""Plans as people keep them (a table in Word, a sheet, a PDF, something pasted) → rows that a plan could take.

`reader.read_plan(bytes, name)` and `reader.read_pasted(text)` give a `Proposal`: rows with what stands in which
column and where it came from («таблица 2, строка 14»), what is doubtful about each, and everything that was not taken,
with its place and the reason. Nothing is dropped in silence and nothing is made up: a term is the words of the paper.

From the outside in: `file_kinds` knows a file by its content; `word`, `sheets`, `pages`, `pasted_text` make one `Paper`
of grids and paragraphs of it; `columns` says which column is what; `rows` reads a grid, `lines` a plan without a grid;
`responsible` takes «методист ИМЦ, Иванова И. И.» apart. `Unreadable` of `engines/tables` is the only refusal.
"""
