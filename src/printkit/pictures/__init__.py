"""Pictures made ready for one use: cut to their box, no finer than needed, in the inks of the press or in sRGB.

`press` and `screen` are pure: the bytes of a file and settings in, the bytes of a JPEG or PNG out, the same for the
same. `cache` keeps what they made; `makers` hands it to the page.
"""
