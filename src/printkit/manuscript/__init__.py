"""Copy as it comes in (来稿): .docx, .txt, .md and .html become articles; what was changed or left out is told.

`reading` finds the reader of a file, which gives a `Manuscript`: blocks as their author sees them. `cleaning` mends marks and
blanks, `stories` parts what holds several, `front` and `body` make of each an `Article`: `drafting` calls them. Nothing here
writes, and no word is ever changed. `import.…` are the codes of what ends a run.
"""
