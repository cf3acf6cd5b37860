"""Makes the workbooks of this folder: python3 make.py (openpyxl 3.1.5, XlsxWriter 3.3.1, odfpy 1.4.1).

`patients.xlsx`, `patients.ods` and `inline.xlsx` hold the same six made-up rows, so that they must be read the same.
"""

import datetime
import zipfile

import openpyxl
import xlsxwriter
from odf import opendocument, table, text

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


def with_openpyxl():
    """Shared strings, dates by style, formulas without values, three sheets, one hidden and one empty."""
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = datetime.datetime(2024, 1, 1)
    sheet = book.active
    sheet.title = "Patients"
    sheet.append(HEADER)
    for row in ROWS:
        sheet.append(row)
    # Comments and widths are no cells.
    sheet.column_dimensions["A"].width = 12
    codes = book.create_sheet("Codes")
    codes.append(["code", "meaning"])
    codes.append([1, "relapse"])
    book.create_sheet("Empty")
    hidden = book.create_sheet("Hidden")
    hidden.append(["x", "y"])
    hidden.append([1, 2])
    hidden.sheet_state = "hidden"
    book.save("patients.xlsx")


def with_xlsxwriter():
    """Title, header of two rows with merged cells, cached values of formulas, errors, the system of 1904, a filter."""
    book = xlsxwriter.Workbook("merged.xlsx", {"date_1904": True})
    book.set_properties({"created": datetime.datetime(2024, 1, 1)})
    sheet = book.add_worksheet("Registry")
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.merge_range("A1:E1", "Cohort, made up")
    sheet.merge_range("A3:A4", "Patient")
    sheet.merge_range("B3:C3", "MRD")
    sheet.merge_range("D3:D4", "date of diagnosis")
    sheet.write("E3", "WBC")
    sheet.write("B4", "EOI")
    sheet.write("C4", "EOC")
    for place, (name, eoi, eoc, date, wbc) in enumerate(
        [("A", 0.01, 0, DAY(2020, 3, 15), 5), ("B", 0.02, 0.001, DAY(2021, 3, 15), 50), ("C", 0.03, 0.1, DAY(2022, 3, 15), 500)]
    ):
        row = 4 + place
        sheet.write(row, 0, name)
        sheet.write(row, 1, eoi)
        sheet.write(row, 2, eoc)
        sheet.write_datetime(row, 3, date, day)
        sheet.write_formula(row, 4, f"={wbc}*2", None, wbc * 2)
    sheet.write_formula(7, 4, "=1/0", None, "#DIV/0!")
    sheet.write(7, 0, "D")
    sheet.set_row(6, None, None, {"hidden": True})
    book.close()


def inline():
    """The rows of patients.xlsx as programs write them that stream: inline strings, no places of cells, a prefix."""
    space = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def escaped(value):
        return str(value).replace("&", "&amp;").replace("<", "&lt;")

    def cell(value):
        if value is None:
            return "<x:c/>"
        if isinstance(value, bool):
            return f'<x:c t="b"><x:v>{int(value)}</x:v></x:c>'
        if isinstance(value, DAY):
            return f'<x:c t="d"><x:v>{value.isoformat()}</x:v></x:c>'
        if isinstance(value, (int, float)):
            return f"<x:c><x:v>{value!r}</x:v></x:c>"
        return f'<x:c t="inlineStr"><x:is><x:r><x:t xml:space="preserve">{escaped(value)}</x:t></x:r><x:rPh sb="0" eb="1"><x:t>no</x:t></x:rPh></x:is></x:c>'

    rows = "".join("<x:row>" + "".join(map(cell, row)) + "</x:row>" for row in [HEADER, *ROWS])
    parts = {
        "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{relation}/officeDocument" Target="/xl/book.xml"/></Relationships>',
        "xl/book.xml": f'<x:workbook {space} xmlns:r="{relation}"><x:sheets><x:sheet name="Only" sheetId="1" r:id="rId9"/></x:sheets></x:workbook>',
        "xl/_rels/book.xml.rels": f'<Relationships><Relationship Id="rId9" Type="{relation}/worksheet" Target="./sheets/one.xml"/></Relationships>',
        "xl/sheets/one.xml": f"<?xml version='1.0'?><!-- <x:row> --><x:worksheet {space}><x:sheetData>{rows}</x:sheetData></x:worksheet>",
    }
    archive("inline.xlsx", parts)


def archive(name, parts, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(name, "w", method) as file:
        for path, content in parts.items():
            info = zipfile.ZipInfo(path, (2024, 1, 1, 0, 0, 0))
            info.compress_type = method
            file.writestr(info, content)


def with_odfpy():
    book = opendocument.OpenDocumentSpreadsheet()
    sheet = table.Table(name="Patients")

    def cell(value):
        if value is None:
            return table.TableCell()
        if isinstance(value, bool):
            made = table.TableCell(valuetype="boolean", booleanvalue=str(value).lower())
            made.addElement(text.P(text=str(value).upper()))
        elif isinstance(value, DAY):
            made = table.TableCell(valuetype="date", datevalue=value.isoformat())
            made.addElement(text.P(text=value.strftime("%d.%m.%y")))
        elif isinstance(value, (int, float)):
            made = table.TableCell(valuetype="float", value=repr(value))
            made.addElement(text.P(text=f"{value:.2f}"))
        else:
            made = table.TableCell(valuetype="string")
            for line in value.split("\n"):
                made.addElement(text.P(text=line))
        return made

    for row in [HEADER, *ROWS]:
        line = table.TableRow()
        for value in row:
            line.addElement(cell(value))
        sheet.addElement(line)
    rest = table.TableRow(numberrowsrepeated=1048000)
    rest.addElement(table.TableCell(numbercolumnsrepeated=16384))
    sheet.addElement(rest)
    book.spreadsheet.addElement(sheet)
    book.save("patients.ods")


def broken():
    """A workbook with a changed byte, one with a password (the container alone), an archive that is none."""
    data = bytearray(open("patients.xlsx", "rb").read())
    at = data.find(b"xl/worksheets/sheet1.xml") + 60
    data[at] ^= 0xFF
    open("broken.xlsx", "wb").write(data)
    package = "EncryptedPackage".encode("utf-16-le")
    open("password.xlsx", "wb").write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + package + bytes(512 - len(package)))
    archive("archive.xlsx", {"a.txt": "no workbook"})


with_openpyxl()
with_xlsxwriter()
inline()
with_odfpy()
broken()
