"""The way of the data, a module a stage, each a function from values to values with its findings beside them.

    assign → thread → measure → make_up → draw → finish

`run` is what the stages of one command share. Stories set anew on A4 (`reprint`) go the same way.
"""
