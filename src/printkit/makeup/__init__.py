"""Make-up: stories, slots and styles in, made-up pages out. Pure; it never edits words.

`frames` draws a slot in to the grid, `setting` is the composer as make-up uses it, `flow` runs lines through columns, `ladder`
prices what may give way. `story` fills one rectangle with them and `lint` looks at what stands there; `page`, `jump` and
`reprint` put stories together.
"""
