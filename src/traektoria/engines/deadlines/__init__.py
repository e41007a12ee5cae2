"""Deadlines as people write them: «не реже одного раза в два месяца», «сентябрь – май», «по запросу ОО».

`reading.parse(text)` reads a phrase into a structure (`model`, `places`), all of it or nothing: what is not understood
is named by its place. `saying.paraphrase` says a structure so that it is read as itself again.
`occurring.occurrences(deadline, plan)` gives its times in a plan (`calendar`), or why there are none; `floors.gaps`
measures a floor over what was done. Tokens → `combinators` → `grammar_*`; what has more than one reading is asked.
The language: docs/deadlines.md.
"""
