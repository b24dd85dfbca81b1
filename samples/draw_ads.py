"""Makes the advertisements of the samples as PDFs: `python samples/draw_ads.py`.

A public notice as an agency would send it: vectors, embedded fonts, CMYK inks. The checked-in file is this script's.
"""

from pathlib import Path

import weasyprint

HERE = Path(__file__).parent

READING = """
<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>职工书屋 夜里也开门</title>
<meta name="dcterms.created" content="2024-08-01T00:00:00Z"><meta name="dcterms.modified" content="2024-08-01T00:00:00Z">
<style>
@page { size: 248pt 427pt; margin: 0 }
body { margin: 0; width: 248pt; height: 427pt; position: relative; background: device-cmyk(0.85 0.55 0.1 0.2);
  color: device-cmyk(0 0 0 0); font-family: "Noto Sans CJK SC" }
div { position: absolute; left: 0; right: 0; text-align: center }
.lamp { left: 74pt; width: 100pt; top: 96pt; height: 100pt; border-radius: 50%; background: device-cmyk(0 0.12 0.75 0) }
.book { left: 44pt; width: 80pt; top: 176pt; height: 54pt; background: device-cmyk(0 0 0 0); transform: skewY(10deg) }
.book.right { left: 124pt; transform: skewY(-10deg); background: device-cmyk(0.06 0.04 0.04 0) }
.line { height: 2.4pt; left: 54pt; width: 58pt; background: device-cmyk(0.3 0.2 0.1 0.1); transform: skewY(10deg) }
.line.right { left: 134pt; transform: skewY(-10deg) }
h1 { position: absolute; top: 26pt; left: 0; right: 0; margin: 0; text-align: center; font: 900 30pt/1.2 "Noto Serif CJK SC"; letter-spacing: .1em }
h2 { position: absolute; top: 266pt; left: 0; right: 0; margin: 0; text-align: center; font: 700 17pt/1.4 "Noto Sans CJK SC" }
.list { top: 302pt; font-size: 10pt; line-height: 17pt }
.foot { bottom: 0; height: 36pt; line-height: 36pt; background: device-cmyk(1 0.55 0.1 0.5); font-size: 10pt; font-weight: 700 }
</style>
<h1>职工书屋</h1>
<div class="lamp"></div>
<div class="book"></div><div class="book right"></div>
<div class="line" style="top:190pt"></div><div class="line" style="top:202pt"></div><div class="line" style="top:214pt"></div>
<div class="line right" style="top:190pt"></div><div class="line right" style="top:202pt"></div><div class="line right" style="top:214pt"></div>
<h2>下了夜班，灯还亮着</h2>
<div class="list">全区23家职工书屋延时至21点<br>凭会员码借书 · 12处设亲子角<br>还书箱进驿站，24小时可还</div>
<div class="foot">公益广告　澜汀区总工会</div>
"""


def main() -> None:
    """Write the files."""
    target = HERE / "tabloid/ads/reading.pdf"
    target.parent.mkdir(exist_ok=True)
    weasyprint.HTML(string=READING).write_pdf(target, uncompressed_pdf=False, pdf_identifier=b"printkit-sample")
    print(target, target.stat().st_size)


if __name__ == "__main__":
    main()
