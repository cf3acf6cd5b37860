"""Makes the workbooks of this folder in the binary formats of Excel: python3 make_binary.py (xlwt 1.3.0).

`patients.xls` and `patients.xlsb` hold the six made-up rows of make.py, and the sheets of its `patients.xlsx`; `merged.xls` and
`merged.xlsb` a title, a header of two rows, days since 1904, formulas, errors and percentages. No program that writes .xlsb is
free, so its records are written here one by one ([MS-XLSB]); xlwt writes no workbook of Excel 95, so its records are, too.
"""

import datetime
import struct
import zipfile

import xlwt
from xlwt.CompoundDoc import XlsDoc

DAY = datetime.date
HEADER = ["id", "birth date", "diagnosis date", "sex", "WBC", "MRD EOI", "CR", "last seen", "note"]
ROWS = [
    ["P1", DAY(2020, 1, 5), DAY(2020, 3, 15), "f", 33.9, 0.0001, True, DAY(2024, 3, 15), 'a "quoted", text'],
    ["P2", DAY(2019, 12, 31), DAY(2020, 2, 29), "m", 1100, 0, False, DAY(2021, 2, 28), "two\nlines"],
    ["P3", DAY(2018, 7, 1), DAY(2018, 8, 1), "f", 0.1, 1e-06, True, None, None],
    ["P4", DAY(2017, 7, 1), None, "m", None, 0.05, None, DAY(2018, 8, 1), "<b>&amp;"],
    ["P5", DAY(2017, 8, 1), DAY(2018, 1, 1), "f", 12.5, 0.3, True, DAY(2019, 1, 1), "Ä é 漢字 한글"],
    ["P6", DAY(2017, 9, 1), DAY(2018, 2, 1), "m", 7, 0.25, False, DAY(2019, 2, 1), " spaces "],
]


def days(day, since=DAY(1899, 12, 30)):
    return (day - since).days


# Excel 97 and later, by xlwt.


def sheet_of(book, name, rows):
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    sheet = book.add_sheet(name)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, DAY):
                sheet.write(at, column, value, day)
            elif value is not None:
                sheet.write(at, column, value)
    return sheet


def patients_xls():
    book = xlwt.Workbook(encoding="utf-8")
    sheet_of(book, "Patients", [HEADER, *ROWS])
    sheet_of(book, "Codes", [["code", "meaning"], [1, "relapse"]])
    sheet_of(book, "Empty", [])
    sheet_of(book, "Hidden", [["x", "y"], [1, 2]]).visibility = 1
    book.save("patients.xls")


def merged_xls():
    """A cell at the end of the sheet, coloured and hidden rows; xlwt stores no values with formulas."""
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet = book.add_sheet("Registry")
    day = xlwt.easyxf(num_format_str="dd.mm.yyyy")
    percent = xlwt.easyxf(num_format_str="0.00%")
    yellow = xlwt.easyxf("pattern: pattern solid, fore_colour yellow")
    sheet.write_merge(0, 0, 0, 4, "Cohort, made up")
    sheet.write_merge(2, 3, 0, 0, "Patient")
    sheet.write_merge(2, 2, 1, 2, "MRD")
    sheet.write_merge(2, 3, 3, 3, "date of diagnosis")
    sheet.write(2, 4, "WBC")
    sheet.write(3, 1, "EOI")
    sheet.write(3, 2, "EOC")
    for row, (name, eoi, eoc, date, wbc) in enumerate(
        [("A", 0.01, 0, DAY(2020, 3, 15), 5), ("B", 0.02, 0.001, DAY(2021, 3, 15), 50), ("C", 0.03, 0.1, DAY(2022, 3, 15), 500)], 4
    ):
        sheet.write(row, 0, name, yellow if name == "B" else xlwt.Style.default_style)
        sheet.write(row, 1, eoi, percent)
        sheet.write(row, 2, eoc, percent)
        sheet.write(row, 3, days(date, DAY(1904, 1, 1)), day)
        sheet.write(row, 4, xlwt.Formula(f"{wbc}*2"))
    sheet.write(7, 0, "D")
    sheet.row(7).set_cell_error(4, "#DIV/0!")
    sheet.row(6).hidden = True
    sheet.row(6).height_mismatch = True
    sheet.write(65535, 255, "last")
    book.save("merged.xls")


def long_xls():
    """Texts of letters with one and two bytes, over the records that go on."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Long")
    sheet.write(0, 0, "id")
    sheet.write(0, 1, "note")
    for row in range(1, 301):
        sheet.write(row, 0, f"P{row}")
        sheet.write(row, 1, f"{'漢é' if row % 3 == 0 else 'é'}{'x' * (row % 90)}{row}")
    book.save("long.xls")


# Excel 95, record by record ([MS-XLS], with texts of one byte a letter and half as long styles).


def records(*pairs):
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in pairs)


def compound(name, stream):
    # Streams of less than 4096 bytes stand elsewhere.
    XlsDoc().save(name, stream + bytes(max(0, 4096 - len(stream))))


def old_xls():
    def text(letters):
        return struct.pack("<H", len(letters)) + letters

    def label(row, column, letters):
        return 0x0204, struct.pack("<HHH", row, column, 0) + text(letters.encode("cp932"))

    def number(row, column, style, value):
        return 0x0203, struct.pack("<HHHd", row, column, style, value)

    bof = struct.pack("<HHHH", 0x0500, 5, 0, 0)
    styles = [(0xE0, struct.pack("<HH", 0, form) + bytes(12)) for form in (0, 164, 10)]
    form = b"yyyy/mm/dd"
    name = "患者".encode("cp932")
    shared = lambda start: records(
        (0x0809, bof),
        (0x42, struct.pack("<H", 932)),
        (0x41E, struct.pack("<HB", 164, len(form)) + form),
        *styles,
        (0x85, struct.pack("<IBBB", start, 0, 0, len(name)) + name),
        (0x0A, b""),
    )
    cells = [label(0, 0, "番号"), label(0, 1, "診断日"), label(0, 2, "MRD"), label(0, 3, "生存")]
    cells += [label(1, 0, "あ1"), number(1, 1, 1, days(DAY(1996, 2, 29))), number(1, 2, 2, 0.001)]
    cells += [(0x0205, struct.pack("<HHHBB", 1, 3, 0, 1, 0))]
    # Formulas with a number, a text and an error.
    for row, value in [(2, struct.pack("<d", 35125.0)), (3, b"\0" * 6 + b"\xff\xff"), (4, b"\2\0\x2a\0\0\0\xff\xff")]:
        cells += [label(row, 0, f"あ{row}"), (0x0006, struct.pack("<HHH", row, 1, 1) + value + bytes(8))]
        cells += [(0x0207, text("不明".encode("cp932")))] if row == 3 else []
    sheet = records((0x0809, struct.pack("<HHHH", 0x0500, 0x10, 0, 0)), *cells, (0x0A, b""))
    compound("old.xls", shared(len(shared(0))) + sheet)


def locked_xls():
    """The start of a workbook with a password."""
    bof = (0x0809, struct.pack("<HHHH", 0x0600, 5, 0, 0) + bytes(8))
    compound("locked.xls", records(bof, (0x2F, struct.pack("<H", 1) + bytes(52)), (0x0A, b"")))


# The binary format of 2007, record by record.


def part(*pairs):
    out = b""
    for kind, data in pairs:
        out += bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
        length = len(data)
        while length >= 128:
            out += bytes([length & 127 | 128])
            length >>= 7
        out += bytes([length]) + data
    return out


def wide(text):
    units = text.encode("utf-16-le")
    return struct.pack("<I", len(units) // 2) + units


def cell(column, style=0):
    return struct.pack("<II", column, style)


FORMULA = struct.pack("<HI", 0, 0) + struct.pack("<I", 0)


class Strings:
    def __init__(self):
        self.all = []

    def number(self, text):
        if text not in self.all:
            self.all.append(text)
        return struct.pack("<I", self.all.index(text))


def plain(strings, column, value, style=0):
    if value is None:
        return 0x01, cell(column, style)
    if isinstance(value, bool):
        return 0x04, cell(column, style) + bytes([value])
    if isinstance(value, DAY):
        return 0x02, cell(column, 1) + struct.pack("<i", days(value) << 2 | 2)
    if isinstance(value, (int, float)):
        return 0x05, cell(column, style) + struct.pack("<d", value)
    return 0x07, cell(column, style) + strings.number(value)


def row_of(row, cells, hidden=False):
    return [(0x00, struct.pack("<IIHBBBI", row, 0, 300, 0, 0x10 if hidden else 0, 0, 0)), *cells]


def sheet_part(records_of_rows, merged=(), last=(0, 0)):
    """`last`: row and column of the last cell, as the sheet tells them."""
    ranges = [(0xB0, struct.pack("<IIII", *range_)) for range_ in merged]
    return part(
        (0x81, b""), (0x94, struct.pack("<IIII", 0, last[0], 0, last[1])), (0x91, b""), *records_of_rows, (0x92, b""), *ranges, (0x82, b"")
    )


def xlsb(name, sheets, strings, since_1904):
    """`sheets`: name, state, part."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    bundle = [
        (0x9C, struct.pack("<II", state, at) + wide(f"rId{at}") + wide(title)) for at, (title, state, _) in enumerate(sheets, 1)
    ]
    # A format of its own, fills (none, grey, yellow), and styles: none, day, percent, percent sign, yellow.
    formats = [(0x2C, struct.pack("<H", 164) + wide('0.00" %"'))]
    fills = [(0x2D, struct.pack("<I", pattern) + bytes(64)) for pattern in (0, 17, 1)]
    styles = [
        (0x2F, struct.pack("<HHHHHBBHBB", 0, form, 0, fill, 0, 0, 0, 0, 0, 0)) for form, fill in [(0, 0), (14, 0), (10, 0), (164, 0), (0, 2)]
    ]
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}/worksheet" Target="worksheets/sheet{at}.bin"/>' for at in range(1, len(sheets) + 1)
    )
    parts = {
        "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{kind}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/workbook.bin": part(
            (0x83, b""), (0x99, struct.pack("<III", since_1904, 0, 0)), (0x8F, b""), *bundle, (0x90, b""), (0x84, b"")
        ),
        "xl/_rels/workbook.bin.rels": f'<Relationships>{relations}<Relationship Id="s" Type="{kind}/styles" Target="styles.bin"/>'
        f'<Relationship Id="t" Type="{kind}/sharedStrings" Target="sharedStrings.bin"/></Relationships>',
        "xl/styles.bin": part(
            (0x116, b""), (0x267, struct.pack("<I", 1)), *formats, (0x268, b""), (0x25B, struct.pack("<I", 3)), *fills, (0x25C, b""),
            (0x272, struct.pack("<I", 1)), styles[1], (0x273, b""), (0x269, struct.pack("<I", 5)), *styles, (0x26A, b""), (0x117, b"")
        ),
        "xl/sharedStrings.bin": part(
            (0x9F, struct.pack("<II", len(strings.all), len(strings.all))), *[(0x13, b"\0" + wide(text)) for text in strings.all], (0xA0, b"")
        ),
    }
    parts |= {f"xl/worksheets/sheet{at}.bin": content for at, (_, _, content) in enumerate(sheets, 1)}
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as file:
        for path, content in parts.items():
            info = zipfile.ZipInfo(path, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, content)


def patients_xlsb():
    strings = Strings()

    def rows(lines):
        records_of_rows = [
            record for at, line in enumerate(lines) for record in row_of(at, [plain(strings, c, value) for c, value in enumerate(line)])
        ]
        return sheet_part(records_of_rows, last=(len(lines) - 1, len(lines[0]) - 1) if lines else (0, 0))

    sheets = [
        ("Patients", 0, rows([HEADER, *ROWS])),
        ("Codes", 0, rows([["code", "meaning"], [1, "relapse"]])),
        ("Empty", 0, rows([])),
        ("Hidden", 1, rows([["x", "y"], [1, 2]])),
    ]
    xlsb("patients.xlsb", sheets, strings, 0)


def merged_xlsb():
    strings = Strings()
    rows = row_of(0, [plain(strings, 0, "Cohort, made up")])
    header = [(0, "Patient"), (1, "MRD"), (3, "date of diagnosis"), (4, "WBC"), (5, "status"), (6, "alive"), (7, "blasts")]
    rows += row_of(2, [plain(strings, column, text) for column, text in header])
    rows += row_of(3, [plain(strings, 1, "EOI"), plain(strings, 2, "EOC")])
    lines = [("A", 0.01, 0, DAY(2020, 3, 15), 5), ("B", 0.02, 0.001, DAY(2021, 3, 15), 50), ("C", 0.03, 0.1, DAY(2022, 3, 15), 500)]
    for row, (name, eoi, eoc, date, wbc) in enumerate(lines, 4):
        cells = [plain(strings, 0, name, 4 if name == "B" else 0)]
        # An integer over 100, and numbers of eight bytes.
        cells += [(0x02, cell(1, 2) + struct.pack("<i", round(eoi * 100) << 2 | 3)), plain(strings, 2, eoc, 2)]
        cells += [plain(strings, 3, days(date, DAY(1904, 1, 1)), 1), (0x09, cell(4) + struct.pack("<d", wbc * 2) + FORMULA)]
        # A formula's text and truth value, and a text with runs; then cells without their columns.
        cells += [(0x08, cell(5) + wide("relapse" if row == 4 else "") + FORMULA), (0x0A, cell(6) + bytes([row % 2]) + FORMULA)]
        cells += [(0x0D, struct.pack("<II", 3, 0)[:4] + struct.pack("<i", 5 << 2 | 2))]
        rows += row_of(row, cells, hidden=name == "C")
    errors = [plain(strings, 0, "D"), (0x03, cell(1) + b"\x2a"), (0x0B, cell(4) + b"\x07" + FORMULA)]
    rich = (0x3E, cell(5) + b"\1" + wide("lost") + struct.pack("<IHH", 1, 0, 0))
    rows += row_of(7, [*errors, rich, (0x07, cell(6) + struct.pack("<I", 999))])
    merged = [(0, 0, 0, 4), (2, 3, 0, 0), (2, 2, 1, 2), (2, 3, 3, 3)]
    xlsb("merged.xlsb", [("Registry", 0, sheet_part(rows, merged))], strings, 1)


patients_xls()
merged_xls()
long_xls()
old_xls()
locked_xls()
patients_xlsb()
merged_xlsb()
