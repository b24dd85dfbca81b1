"""Copy read as a copy desk reads it (校核): articles and a date go in, findings at the character come out.

`reading.read_copy` is the whole of it. A rule is one file: in `rules/` those that look at one piece of copy, in `across/` those
that hold pieces and stories against one another. Nothing here knows a file: `pipeline.lint` finds the places.
"""
