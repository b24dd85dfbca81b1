"""The pictures of an article: their files as they will be seen, where they stand, and what cannot be asked of them."""

from pathlib import Path

from printkit.diagnostics import Say, SourceRef
from printkit.model.article import TITLE_PLACES, VECTORS, Picture, PicturePlace, Safe, Shot
from printkit.pictures.ads import read_ad_size
from printkit.pictures.contour import contour
from printkit.pictures.decode import DecodeError, undecodable
from printkit.pictures.sizes import BadPictureError, read_pixels
from printkit.pictures.svg import svg_facts
from printkit.pictures.tones import tones
from printkit.source.article_keys import ArticleKeys, PictureKeys
from printkit.source.document import Document
from printkit.source.faults import Faults
from printkit.source.paths import find_file


class PictureReader:
    """Reads the pictures of a paper's articles; a file that several show is read once."""

    def __init__(self, folder: Path | None, faults: Faults) -> None:
        self._folder = folder
        self._faults = faults
        self._pixels: dict[Path, tuple[int, int] | BadPictureError] = {}

    def read(self, document: Document[ArticleKeys], paragraphs: int) -> tuple[Picture, ...]:
        """Return the pictures of an article whose body has so many paragraphs; what cannot be used is told."""
        self._check_paragraphs(document, paragraphs)
        self._check_titles(document)
        found = (self._picture(keys, document, index) for index, keys in enumerate(document.keys.pictures))
        return tuple(picture for picture in found if picture is not None)

    def portrait(self, name: str, alt: str, document: Document[ArticleKeys], where: SourceRef) -> Picture | None:
        """Return the portrait of a section; None where it names none, or none that can be used."""
        if Path(name).suffix.lower() in VECTORS:
            message = Say("a portrait is a photograph, and no drawing", "肖像要用照片，不能用 SVG、PDF")
            self._faults.error("bad-picture", where, message, Say("save it as JPEG or PNG", "请存为 JPEG 或 PNG"))
            return None
        found = self._pixels_of(name, document, where) if name else None
        return Picture(*found, where, alt=alt) if found else None

    def _picture(self, keys: PictureKeys, document: Document[ArticleKeys], index: int) -> Picture | None:
        way = ("pictures", index)
        shots = self._shots(keys, document, *way)
        self._check_wrap(keys, document, *way)
        self._check_title(keys, document, *way)
        self._check_drawing(keys, shots, document, *way)
        self._check_cutout(keys, document, *way)
        if not shots:
            return None
        first, *others = shots
        return Picture(
            first.file,
            first.pixels,
            where=document.at(*way),
            caption=keys.caption,
            credit=keys.credit,
            alt=first.alt,
            columns=keys.columns,
            focus=first.focus,
            place=place_of(keys),
            side=keys.side,
            whole=keys.crop == "none" or bool(keys.cutout) or any(map(is_drawing, shots)),
            paragraph=keys.paragraph or 1,
            group=tuple(others),
            safe=self._safe(keys, first, document.at(*way, "safe")),
            contour=self._contour(first, document.at(*way, "cutout"))
            if keys.cutout and not others and place_of(keys) == "wrap"
            else (),
            caption_where=document.at(*way, "caption"),
        )

    def _shots(self, keys: PictureKeys, document: Document[ArticleKeys], *way: str | int) -> list[Shot]:
        """Return the files of an entry, each with its own alt text and focus, or those given for all."""
        count = len(keys.file)
        for name, values in (("alt", keys.alt), ("focus", keys.focus or ())):
            if len(values) not in (0, 1, count) and count:
                message = Say(
                    f"{len(values)} values of `{name}` for {count} picture(s)",
                    f"{count} 张图片写了 {len(values)} 个“{name}”",
                )
                hint = Say("give one for all, or one for each in order", "请只写一个，或按顺序一图一个")
                self._faults.error("wrong-value", document.at(*way, name), message, hint)
        alts = keys.alt or (keys.caption,)
        focuses = keys.focus or ((0.5, 0.5),)
        shots = []
        for index, name in enumerate(keys.file):
            listed = (*way, "file", index) if document.gives(*way, "file", index) else (*way, "file")
            if found := self._pixels_of(name, document, document.at(*listed)):
                alt, focus = alts[min(index, len(alts) - 1)], focuses[min(index, len(focuses) - 1)]
                shots.append(Shot(*found, document.at(*listed), alt, focus))
        return shots

    def _check_wrap(self, keys: PictureKeys, document: Document[ArticleKeys], *way: str | int) -> None:
        """Refuse what a wrapped picture cannot follow, and the number of a paragraph where nothing is wrapped."""
        if place_of(keys) == "wrap" and keys.columns:
            message = Say(
                "`columns` has no meaning with `place: wrap`", "绕排（place: wrap）的图片不写“占栏”（columns）"
            )
            hint = Say(
                "take it out; the style's --wrap-share gives the width", "请删去；宽度由样式的 --wrap-share 决定"
            )
            self._faults.error("wrong-place", document.at(*way, "columns"), message, hint)
        if place_of(keys) == "wrap" and keys.side == "center":
            message = Say("text cannot run beside a picture in the middle of its column", "绕排的图片不能居中")
            hint = Say("write `left` or `right`", "请改写 left 或 right")
            self._faults.error("wrong-place", document.at(*way, "side"), message, hint)
        if keys.paragraph and place_of(keys) != "wrap":
            message = Say(
                "`paragraph` has a meaning only with `place: wrap`", "只有绕排（place: wrap）才写“段落”（paragraph）"
            )
            hint = Say("take it out, or write `place: wrap`", "请删去，或写 place: wrap")
            self._faults.error("wrong-place", document.at(*way, "paragraph"), message, hint)

    def _safe(self, keys: PictureKeys, shot: Shot, where: SourceRef) -> Safe | None:
        """Return where a headline stands on a picture, with how light it is there."""
        if keys.safe is None or keys.place != "under" or is_drawing(shot):
            return None
        try:
            return Safe(*keys.safe, where, *tones(shot.file, keys.safe))
        except DecodeError as error:
            [fault] = undecodable(shot.file, shot.where, error).diagnostics
            self._faults.error("bad-picture", shot.where, fault.message, fault.hint)
            return None

    def _contour(self, shot: Shot, where: SourceRef) -> tuple[tuple[float, float], ...]:
        """Return the outline of a picture that was cut out."""
        if is_drawing(shot):
            self._faults.error("bad-picture", where, *_CUT_OUT_OF_PIXELS)
            return ()
        try:
            return contour(shot.file)
        except BadPictureError as error:
            self._faults.error("bad-picture", where, error.message, error.hint)
        except DecodeError as error:
            [fault] = undecodable(shot.file, shot.where, error).diagnostics
            self._faults.error("bad-picture", shot.where, fault.message, fault.hint)
        return ()

    def _check_cutout(self, keys: PictureKeys, document: Document[ArticleKeys], *way: str | int) -> None:
        """Refuse what a picture that was cut out cannot be."""
        if not keys.cutout:
            return
        if place_of(keys) != "wrap":
            message = Say("text follows a cut-out only with `place: wrap`", "抠图只能绕排（place: wrap）")
            hint = Say("take `place` out, or `cutout`", "请删去“位置”（place），或删去“抠图”（cutout）")
            self._faults.error("wrong-place", document.at(*way, "cutout"), message, hint)
        if len(keys.file) > 1:
            message = Say("a cut-out is one picture, not a group", "抠图只能是一张，不能是一组")
            self._faults.error(
                "wrong-place", document.at(*way, "cutout"), message, Say("name one file", "请只写一个文件")
            )
        if keys.crop == "auto":
            message = Say("a cut-out is never cropped", "抠图不裁切")
            self._faults.error("wrong-place", document.at(*way, "crop"), message, Say("take it out", "请删去"))

    def _check_title(self, keys: PictureKeys, document: Document[ArticleKeys], *way: str | int) -> None:
        """Refuse what the picture of a headline cannot be, and a safe area without a headline on it."""
        if keys.place == "under" and keys.safe is None and (*way, "safe") not in document.spoiled:
            message = Say(
                "`place: under` needs `safe`: where the headline may stand", "压图（place: under）要写“压题区”（safe）"
            )
            hint = Say("left, top, width and height: `safe: [0.05, 0.08, 0.5, 0.3]`",
                       "左、上、宽、高：safe: [0.05, 0.08, 0.5, 0.3]")  # fmt: skip
            self._faults.error("missing-key", document.at(*way, "place"), message, hint)
        if keys.safe is not None and keys.place != "under":
            message = Say(
                "`safe` has a meaning only with `place: under`", "只有压图（place: under）才写“压题区”（safe）"
            )
            hint = Say("take it out, or write `place: under`", "请删去，或写 place: under")
            self._faults.error("wrong-place", document.at(*way, "safe"), message, hint)
        if keys.place == "under" and len(keys.file) > 1:
            message = Say("a headline stands on one picture, not on a group", "标题只能压在一张图上，不能压在一组图上")
            hint = Say("name one file, or another `place`", "请只写一个文件，或换一个“位置”（place）")
            self._faults.error("wrong-place", document.at(*way, "place"), message, hint)

    def _check_drawing(
        self, keys: PictureKeys, shots: list[Shot], document: Document[ArticleKeys], *way: str | int
    ) -> None:
        """Refuse what asks for pixels of a drawing."""
        if not any(map(is_drawing, shots)):
            return
        if keys.crop == "auto":
            message = Say("SVG and PDF pictures are never cropped", "SVG、PDF 图片不裁切")
            self._faults.error("wrong-place", document.at(*way, "crop"), message, Say("take it out", "请删去"))
        if keys.place == "under":
            message = Say("a headline stands on a photograph, not on a drawing", "标题压在照片上，不压在 SVG、PDF 图上")
            hint = Say("save it as JPEG or PNG, or name another `place`", "请存为 JPEG 或 PNG，或换一个“位置”（place）")
            self._faults.error("wrong-place", document.at(*way, "place"), message, hint)

    def _check_titles(self, document: Document[ArticleKeys]) -> None:
        """Refuse a picture of a headline where there is none, and a second one."""
        keys = document.keys
        titles = [index for index, one in enumerate(keys.pictures) if one.place in TITLE_PLACES]
        if titles and not keys.headline and ("headline",) not in document.spoiled:
            message = Say("this picture belongs to a headline, and there is none", "题图、压图要有主标题")
            hint = Say("write a `headline`, or `place: lead`", "请写主标题，或改写 place: lead")
            self._faults.error("wrong-place", document.at("pictures", titles[0], "place"), message, hint)
        for index in titles[1:]:
            message = Say("only one picture belongs to the headline", "题图、压图只能有一张")
            hint = Say("give this one another `place`", "请给这张换一个“位置”（place）")
            self._faults.error("wrong-place", document.at("pictures", index, "place"), message, hint)

    def _check_paragraphs(self, document: Document[ArticleKeys], paragraphs: int) -> None:
        """Refuse a wrapped picture beside a paragraph that the body does not have."""
        if ("body",) in document.spoiled:
            return
        for index, keys in enumerate(document.keys.pictures):
            if place_of(keys) == "wrap" and (keys.paragraph or 1) > paragraphs:
                name = "paragraph" if keys.paragraph else "place" if keys.place else "cutout"
                message = Say(
                    f"text cannot run beside this picture: the body has {paragraphs} paragraph(s)",
                    f"这张图片无法绕排：正文只有 {paragraphs} 段",
                )
                hint = Say("name a paragraph of the `body`, or another `place`", "请改写段落，或换一个“位置”（place）")
                self._faults.error("wrong-value", document.at("pictures", index, name), message, hint)

    def _pixels_of(
        self, name: str, document: Document[ArticleKeys], where: SourceRef
    ) -> tuple[Path, tuple[int, int]] | None:
        path = find_file(name, document.path, self._folder, where, self._faults)
        if path is None:
            return None
        pixels = self._pixels.get(path) or _pixels_or_fault(path)
        self._pixels[path] = pixels
        if isinstance(pixels, BadPictureError):
            self._faults.error("bad-picture", where, pixels.message, pixels.hint)
            return None
        return path, pixels


_CUT_OUT_OF_PIXELS = (
    Say("only a picture of pixels is cut out", "抠图要用像素图，不能用 SVG、PDF"),
    Say("save it as PNG with a transparent ground", "请存为透明底的 PNG"),
)


def place_of(keys: PictureKeys) -> PicturePlace:
    """Return where a picture stands: as it says, beside the text where it was cut out, else at the top."""
    return keys.place or ("wrap" if keys.cutout else "lead")


def is_drawing(shot: Shot) -> bool:
    """Say whether a file is a drawing, of vectors."""
    return shot.file.suffix.lower() in VECTORS


def _pixels_or_fault(path: Path) -> tuple[int, int] | BadPictureError:
    try:
        match path.suffix.lower():
            case ".svg":
                return svg_facts(path).size
            case ".pdf":
                return read_ad_size(path)
            case _:
                return read_pixels(path)
    except BadPictureError as error:
        return error
