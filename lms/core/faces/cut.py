"""Cuts the faces down to the letters that are shipped: `python -m lms.core.faces.cut FOLDER-WITH-DEBIAN’S-FONTS`.

Run once for a new version of the fonts, never by the site. Signs that Noto Serif lacks are set into each serif face
from Noto Sans Math and Noto Sans Symbols 2, so that no page needs another face for them.
"""

import sys
from pathlib import Path

from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
LATIN = (
    "0020-007E 00A0-024F 0250-02AF 02B0-02FF 0300-036F 1DC4-1DC7 1E00-1EFF 2010-2027 2030-203A 2044 20AC 2116 2122 "
    "2212 2C60-2C7F A727 A78B-A78E A7AA-A7AE AB53"
)
FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "liga", "lnum"]
SERIF = [
    "NotoSerif-Regular",
    "NotoSerif-Medium",
    "NotoSerif-Bold",
    "NotoSerif-Italic",
    "NotoSerifDisplay-SemiBold",
    "NotoSerifDisplay-ExtraBold",
]
SIGNS = {"NotoSansMath-Regular": "→≤≥", "NotoSansSymbols2-Regular": "★"}
OTHERS = {
    "NotoSansMono-SemiBold": ("0020-007E 00A0 2010-2015", []),
    "NotoSerifEthiopic-SemiBold": ("0020 00A0 1200-137F 1380-1399", ["mark", "mkmk"]),
}


def main(folder: Path) -> None:
    for face in SERIF:
        font = cut(folder / f"{face}.ttf", LATIN, FEATURES)
        for source, signs in SIGNS.items():
            set_into(font, TTFont(folder / f"{source}.ttf"), signs)
        font.save(HERE / f"{face}.ttf")
    for face, (letters, features) in OTHERS.items():
        cut(folder / f"{face}.ttf", letters, features).save(HERE / f"{face}.ttf")


def cut(path: Path, letters: str, features: list[str]) -> TTFont:
    options = Options(hinting=False, notdef_outline=True, layout_features=features, recalc_timestamp=False)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    font = TTFont(path, recalcTimestamp=False)
    cutter = Subsetter(options)
    cutter.populate(unicodes=[point for part in letters.split() for point in _points(part)])
    cutter.subset(font)
    return font


def set_into(font: TTFont, source: TTFont, signs: str) -> None:
    """Copies the outlines, scaled to the size of the face, with their widths."""
    glyphs, names, scale = (
        source.getGlyphSet(),
        source.getBestCmap(),
        font["head"].unitsPerEm / source["head"].unitsPerEm,
    )
    for sign in signs:
        name, pen = f"uni{ord(sign):04X}", TTGlyphPen(None)
        glyphs[names[ord(sign)]].draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        font["glyf"][name] = glyph = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (round(glyphs[names[ord(sign)]].width * scale), glyph.xMin)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(sign)] = name


def _points(part: str) -> range:
    first, _, last = part.partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
