"""Cuts the fonts of the exports: Arimo, which has the widths of Arial, down to the letters and signs of figures.

    python3 -m pip install fonttools==4.68.0
    python3 cut.py FOLDER      (which holds Arimo-Regular.ttf and Arimo-Bold.ttf, version 1.33)

The fonts are those of the package fonts-croscore of Debian 12 (20201225-1), under the SIL Open Font License 1.1 without a
reserved font name (OFL.txt). Kept are Latin, Greek and Cyrillic letters, the signs of texts and of mathematics, kerning,
and no hints for screens.
"""

import pathlib
import sys

from fontTools import subset

UNICODES = [
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x024F),  # Latin-1, Latin Extended-A and B
    (0x02B0, 0x036F),  # modifier letters, accents
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2000, 0x209F),  # punctuation, superscripts and subscripts
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x214F),  # letter-like signs
    (0x2150, 0x218F),  # fractions
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x25A0, 0x25FF),  # shapes
]


def main() -> None:
    """Writes the cut fonts beside this script."""
    source = pathlib.Path(sys.argv[1])
    target = pathlib.Path(__file__).parent
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern", "mark", "mkmk", "ccmp"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    for name in ("Arimo-Regular.ttf", "Arimo-Bold.ttf"):
        font = subset.load_font(str(source / name), options)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[code for first, last in UNICODES for code in range(first, last + 1)])
        cutter.subset(font)
        subset.save_font(font, str(target / name), options)


if __name__ == "__main__":
    main()
