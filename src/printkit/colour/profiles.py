"""The press's ICC profile: printkit's own, and what any other says of itself.

In goes a path, out come the facts that a PDF/X output intent names, or what is wrong in words for an editor. Header and
tags follow ICC.1:2022, 7.2 and 7.3.
"""

import struct
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from PIL import ImageCms

from printkit.diagnostics import Say
from printkit.gate import read_file

_HEADER = 128
_ENTRY = 12
_LARGEST = 16 * 1024 * 1024
"""Bytes. Press profiles have up to four million."""
_ASK = Say("ask the press for its profile again", "请向印厂重新索取 ICC 文件")
_ASK_CMYK = Say(
    "ask the press for the profile of its paper, such as WAN-IFRAnewspaper26v5.icc, or leave the key out for printkit's own",
    "请向印厂索取其纸张的 CMYK 输出 ICC，如 WAN-IFRAnewspaper26v5.icc；不写则用 printkit 自带的",
)


class BadProfileError(Exception):
    """The profile cannot be used for printing."""

    def __init__(self, message: Say, hint: Say) -> None:
        """Keep what is wrong and the next step."""
        self.message = message
        self.hint = hint
        super().__init__(message.en)


@dataclass(frozen=True, slots=True)
class Profile:
    """What an ICC profile says of itself. `condition` names the printing condition; `modelled` holds for printkit's own."""

    path: Path
    condition: str
    colour_space: str
    connection_space: str
    version: str
    copyright: str
    modelled: bool


def default_profile() -> Path:
    """Return the newsprint profile that printkit ships, modelled from published aims; see README.md beside it."""
    return Path(str(files("printkit.colour") / "newsprint.icc"))


def profile_facts(path: Path) -> Profile:
    """Read a press's profile.

    Raises:
        BadProfileError: it is missing, no ICC profile, not CMYK, not for output, or damaged.
    """
    try:
        data = read_file(path) if path.stat().st_size <= _LARGEST else b""
    except OSError as error:
        raise BadProfileError(
            Say(f"there is no profile {path.name} that can be read", f"没有可以读取的 ICC 文件 {path.name}"), _ASK_CMYK
        ) from error
    if data[36:40] != b"acsp":
        raise BadProfileError(Say(f"{path.name} is no ICC profile", f"{path.name} 不是 ICC 文件"), _ASK_CMYK)
    _check_inks(path, data)
    profile = _usable(path, data).profile
    name = (profile.profile_description or profile.model or path.stem).strip()
    return Profile(
        path,
        name,
        data[16:20].decode("ascii").strip(),
        data[20:24].decode("ascii").strip(),
        f"{data[8]}.{data[9] >> 4}",
        (profile.copyright or "").strip(),
        path == default_profile(),
    )


def _check_inks(path: Path, data: bytes) -> None:
    space = data[16:20].decode("latin-1").strip()
    if space != "CMYK":
        raise BadProfileError(
            Say(f"{path.name} is a profile for {space}, not for CMYK", f"{path.name} 是 {space} 的 ICC，不是 CMYK"),
            _ASK_CMYK,
        )
    kind = data[12:16]
    if kind != b"prtr":
        raise BadProfileError(
            Say(
                f"{path.name} is a profile of class “{kind.decode('latin-1')}”, not of an output device",
                f"{path.name} 是“{kind.decode('latin-1')}”类的 ICC，不是输出设备的",
            ),
            _ASK_CMYK,
        )


def _usable(path: Path, data: bytes) -> ImageCms.ImageCmsProfile:
    """Return the profile opened, once its tags lie inside the file and colours come through it."""
    damaged = BadProfileError(Say(f"{path.name} is damaged", f"{path.name} 已损坏"), _ASK)
    if struct.unpack_from(">I", data)[0] > len(data) or len(data) < _HEADER + 4:
        raise damaged
    count = struct.unpack_from(">I", data, _HEADER)[0]
    if _HEADER + 4 + count * _ENTRY > len(data):
        raise damaged
    tags = [struct.unpack_from(">4sII", data, _HEADER + 4 + index * _ENTRY) for index in range(count)]
    if any(start + length > len(data) for _, start, length in tags) or not {b"A2B0", b"B2A0"} <= {t[0] for t in tags}:
        raise damaged
    try:
        profile = ImageCms.getOpenProfile(str(path))
        screen = ImageCms.createProfile("sRGB")
        ImageCms.buildTransform(screen, profile, "RGB", "CMYK")
        if path != default_profile():  # whose way back is known: to look at it takes longer than all else here
            ImageCms.buildTransform(profile, screen, "CMYK", "RGB")
    except (OSError, ImageCms.PyCMSError) as error:
        raise damaged from error
    return profile
