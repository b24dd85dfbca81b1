"""Reading: paper.yaml, edition.yaml and articles become one `Edition`; every fault of a run is told at once.

Nothing behind this package reads YAML. A fault has one of these codes, all beginning with ``source.``:

=================== ==================================================================================
``missing-file``    a file that is named does not exist
``unreadable-file`` a folder, a device or a file without permission stands where a file should
``wrong-path``      a path is absolute or leaves the paper's folder
``encoding``        not UTF-8, or a character that cannot be printed
``too-large``       a file, its nesting or its aliases go beyond the bounds
``too-thick``       an edition with more pages or stories than any has
``empty``           a file holds nothing
``syntax``          the YAML cannot be parsed, or uses what is not allowed (tags, several documents)
``duplicate-key``   a key stands twice, or with its Chinese alias
``unknown-key``     a key that the formats do not know
``missing-key``     a needed key is missing or blank
``wrong-type``      a text, a list or a mapping where another is wanted
``wrong-value``     a value outside what the key allows
``wrong-place``     ``slot`` on `layout: auto`
``used-twice``      a page number or an id that another page or story has
``bad-picture``     a picture that is broken, cut short, too large or of another format
``bad-profile``     an ICC profile that is broken, or not that of a four-colour press
``markup``          a link to what is no address, a picture in the text
``table``           a table whose rows have not all as many cells, or that has no row
``odd-markup``      (a warning) a ``#`` that looks like a heading and is none; a mark of a line with no text
``correction-now``  (a warning) the right words of a correction are not in its story; ``correction-was``: the wrong ones are
``odd-comment``     (a warning) text after `` #`` that YAML takes for a comment
=================== ==================================================================================
"""

from printkit.source.edition import read_edition
from printkit.source.jsonschema import json_schema

__all__ = ["json_schema", "read_edition"]
