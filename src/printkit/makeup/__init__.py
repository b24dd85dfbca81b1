"""Make-up: stories, slots and styles in, made-up pages out. Pure; it never edits words.

`frames` draws a slot in to the grid, `heads` sets the headline block, `flow` runs lines through columns,
`story` fills one rectangle, `page` does it for every slot of a page.
"""
