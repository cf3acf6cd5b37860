"""Makes files of statistics programs in this folder: python3 make_statistics.py (pyreadstat 1.3.7, pandas 3.1.1).

`statistics.*` hold the same six made-up rows, with labels, missing values and days as far as a format has them.
`make_statistics.R` writes those of R.
"""

import datetime
import json
import os
import struct
import zipfile

import numpy
import pandas
import pyreadstat

DAY = datetime.date
NONE = float("nan")
COLUMNS = {
    "id": ["P001", "P002", "P003", "P004", "P005", "P006"],
    "sex": [1, 2, 1, 2, 1, 2],
    "dx": [DAY(2015, 3, 1), DAY(2015, 4, 15), DAY(2016, 2, 29), DAY(2016, 12, 31), DAY(2017, 1, 1), DAY(2017, 6, 30)],
    "last": [DAY(2016, 5, 22), DAY(2019, 8, 22), DAY(2020, 7, 7), DAY(2022, 3, 4), DAY(2017, 2, 23), DAY(2022, 2, 24)],
    "dead": [1, 0, 0, 1, 1, 9],
    "wbc": [33.9, 310.0, 5.2, 850.5, -1.0, NONE],
    "kmt2a": [1.0, 1.0, 2.0, 1.0, NONE, 8.0],
    "note": ["", "früh", "日本", 'a "b", c', "x" * 300, " lead"],
}
LABELS = {"sex": {1: "male", 2: "female"}, "dead": {0: "alive", 1: "dead", 9: "unknown"}, "kmt2a": {1: "rearranged", 2: "germline", 8: "not done"}}
NAMES = {
    "id": "patient", "sex": "sex", "dx": "date of diagnosis", "last": "last contact", "dead": "vital status",
    "wbc": "white cells (10^9/L)", "kmt2a": "KMT2A", "note": "remarks",
}


def frame(**changed):
    return pandas.DataFrame({**COLUMNS, **changed})


def spss():
    ranges = {"dead": [9], "wbc": [{"lo": -5, "hi": -1}], "kmt2a": [8]}
    options = dict(column_labels=NAMES, variable_value_labels=LABELS, missing_ranges=ranges)
    pyreadstat.write_sav(frame(), "statistics.sav", **options)
    pyreadstat.write_sav(frame(), "statistics.zsav", compress=True, **options)
    pyreadstat.write_sav(frame(), "statistics_rows.sav", row_compress=True, **options)
    pyreadstat.write_por(frame(note=["", "early", "x", "y", "x" * 100, "z"]), "statistics.por", column_labels=NAMES)
    # Labels, which pyreadstat does not write: before the cases, in lines of 80 characters.
    text = b"".join(line.ljust(80) for line in open("statistics.por", "rb").read().splitlines())
    before, cases = text.split(b"F4/P001")
    text = before + b"D1/4/DEAD3/0/5/alive1/4/dead9/7/unknown" + b"F4/P001" + cases
    lines = [text[at:at + 80] for at in range(0, len(text), 80)]
    open("statistics.por", "wb").write(b"\n".join(line.ljust(80, b"Z") for line in lines) + b"\n")
    labels = pyreadstat.read_por("statistics.por")[1].variable_value_labels
    assert labels == {"DEAD": LABELS["dead"]}, labels
    moments = pandas.DataFrame({
        "at": [datetime.datetime(2024, 3, 15, 10, 30), datetime.datetime(2024, 3, 15)],
        "time": [datetime.time(7, 5), datetime.time(23, 59, 59)],
        "a_long_name_of_a_column_with_ü": ["eins", "zwei"],
    })
    pyreadstat.write_sav(moments, "moments.sav")


def stata():
    data = frame()
    # 1 and 2 are the codes of `.a` and `.b` in pyreadstat's own way of writing them.
    data["kmt2a"] = pandas.Series([1, 1, 2, 1, "a", "h"], dtype=object)
    labels = {**LABELS, "kmt2a": {1: "rearranged", 2: "germline", "h": "not done"}}
    pyreadstat.write_dta(
        data, "statistics.dta", version=15, column_labels=[NAMES[name] for name in data], variable_value_labels=labels,
        missing_user_values={"kmt2a": ["a", "h"]},
    )
    # Stata 12, without UTF-8.
    latin = frame(note=["", "früh", "männlich", "größer", "x", "é"]).astype({"sex": "int8", "dead": "int16"})
    latin["dx"] = pandas.to_datetime(latin["dx"])
    latin["last"] = pandas.to_datetime(latin["last"])
    latin["wbc"] = latin["wbc"].astype("float32")
    latin.to_stata(
        "statistics_114.dta", write_index=False, version=114, convert_dates={"dx": "td", "last": "tc"}, variable_labels=NAMES,
        time_stamp=datetime.datetime(2024, 1, 1), value_labels={"sex": LABELS["sex"], "dead": LABELS["dead"]},
    )
    months = pandas.DataFrame({"m": pandas.to_datetime(["2024-03-01", "2024-12-01"]), "long": ["a" * 3000, "b"]})
    months.to_stata(
        "months.dta", write_index=False, version=117, convert_dates={"m": "tm"}, convert_strl=["long"],
        time_stamp=datetime.datetime(2024, 1, 1),
    )


def sas():
    data = frame(note=["", "early", "x", "y", "x" * 100, "z"])
    names = [NAMES[name] for name in data]
    for version in (5, 8):
        pyreadstat.write_xport(
            data, f"statistics_{version}.xpt", table_name="COHORT", column_labels=names, file_format_version=version,
        )
    # Two tables in one file: the records of the second behind those of the first, without the record of the library.
    first = open("statistics_5.xpt", "rb").read()
    codes = pandas.DataFrame({"code": [1.0, 2.0], "meaning": ["alive", "dead"]})
    pyreadstat.write_xport(codes, "codes.xpt", table_name="CODES", file_format_version=5)
    second = open("codes.xpt", "rb").read()
    open("two.xpt", "wb").write(first + second[3 * 80:])
    os.remove("codes.xpt")


def jamovi():
    """The parts of a document as jamovi 2.3 writes them."""
    fields, data, strings = [], b"", b""
    kinds = {"id": "string", "sex": "integer", "dead": "integer", "kmt2a": "level", "wbc": "number", "note": "string"}
    described = {}
    for name, kind in kinds.items():
        values = COLUMNS[name]
        field = {
            "name": name, "id": len(fields) + 1, "columnType": "Data", "dataType": "Integer", "measureType": "Nominal", "formula": "",
            "type": "integer", "importName": name, "description": NAMES[name], "missingValues": [],
        }
        if kind == "string":
            field.update(dataType="Text", type="string")
            for value in values:
                data += numpy.int32(len(strings) if value else -(2**31)).tobytes()
                strings += value.encode() + b"\0" if value else b""
        elif kind == "number":
            field.update(dataType="Decimal", type="number", measureType="Continuous")
            data += numpy.array(values, "<f8").tobytes()
        else:
            data += numpy.array([-(2**31) if value != value else int(value) for value in values], "<i4").tobytes()
            if kind == "level":
                field["dataType"] = "Text"
            described[name] = {"labels": [[code, label, str(code), False] for code, label in LABELS[name].items()]}
        if name == "dead":
            field["missingValues"] = ["== 9"]
        fields.append(field)
    metadata = {"dataSet": {"rowCount": 6, "columnCount": len(fields), "removedRows": [], "addedRows": [], "fields": fields, "transforms": []}}
    parts = {
        "META-INF/MANIFEST.MF": "Manifest-Version: 1.0\nData-Archive-Version: 1.0.2\njamovi-Archive-Version: 11.0\nCreated-By: jamovi 2.3.13.0\n",
        "metadata.json": json.dumps(metadata), "xdata.json": json.dumps(described), "data.bin": data, "strings.bin": strings,
    }
    with zipfile.ZipFile("statistics.omv", "w", zipfile.ZIP_DEFLATED) as file:
        for path, content in parts.items():
            info = zipfile.ZipInfo(path, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, content)


def sas_data_set(name, packing=None, deleted=(), wide=False, encoding=20):
    """A data set of SAS, which only SAS writes: header and pages written one by one, read by pyreadstat below."""
    word = 8 if wide else 4
    number = "<q" if wide else "<i"
    columns = [
        ("id", 2, 8, "", "patient"), ("dx", 1, 8, "DATE", "date of diagnosis"), ("seen", 1, 8, "DATETIME", ""), ("wbc", 1, 8, "", ""),
        ("n", 1, 4, "BEST", ""), ("dead", 1, 3, "DEADF", "vital status"), ("note", 2, 40, "", "remarks"),
    ]
    missing = lambda letter: struct.pack("<Q", 0xFFFF000000000000 | (~(0 if letter == "_" else ord(letter) - 63) & 0xFF) << 40)
    system = struct.pack("<Q", 0xFFFFFE0000000000)
    rows = []
    for row in range(6):
        days = (COLUMNS["dx"][row] - DAY(1960, 1, 1)).days
        seconds = (COLUMNS["last"][row] - DAY(1960, 1, 1)).days * 86400 + row * 3600
        wbc = COLUMNS["wbc"][row]
        cells = [
            COLUMNS["id"][row].encode().ljust(8),
            struct.pack("<d", days), struct.pack("<d", seconds),
            system if wbc != wbc else missing("A") if wbc < 0 else struct.pack("<d", wbc),
            struct.pack("<d", row * 1000)[4:], struct.pack("<d", COLUMNS["dead"][row])[5:],
            ["", "früh", "日本", "a note, a note, a note", "x" * 40, "last"][row].encode().ljust(40),
        ]
        rows.append(b"".join(cells))
    length = len(rows[0])

    text = bytearray(struct.pack("<H", 0) + b"\0\0")
    places = {}

    def place(string):
        if string not in places:
            places[string] = (len(text), len(string))
            text.extend(string.encode().ljust(-(-len(string) // 4) * 4))
        at, size = places[string]
        return struct.pack("<HHH", 0, at, size) if size else bytes(6)

    for column in columns:
        place(column[0]), place(column[3]), place(column[4])
    method = place(packing) if packing else bytes(6)

    def signature(low):
        return struct.pack("<q", low) if wide else struct.pack("<i", low)

    def sized(low, content):
        body = bytes(content)
        total = word + len(body)
        return signature(low) + struct.pack("<H", total - (4 + 2 * word)) + body[2:]

    row_size = bytearray(808 if wide else 480)
    row_size[:word] = struct.pack("<Q" if wide else "<I", 0xF7F7F7F7)
    struct.pack_into(number, row_size, 5 * word, length)
    struct.pack_into(number, row_size, 6 * word, len(rows))
    struct.pack_into(number, row_size, 8 * word, len(deleted))
    struct.pack_into(number, row_size, 15 * word, 0)
    row_size[-118:-112] = method
    column_size = (struct.pack("<Q" if wide else "<I", 0xF6F6F6F6) + struct.pack(number, len(columns))).ljust(3 * word, b"\0")
    names = b"\0" * 8 + b"".join(place(column[0]) + b"\0\0" for column in columns) + b"\0" * (12 - (8 - word) if not wide else 12)
    attributes = b"\0" * 8
    at = 0
    for _, kind, width, _, _ in columns:
        attributes += struct.pack(number, at) + struct.pack("<IHBB", width, 4, kind, 0)
        at += width
    attributes += b"\0" * (12 - (8 - word) if not wide else 12)
    parts = [
        (bytes(row_size), 0, 0), (column_size, 0, 0), (sized(-3, text), 0, 0),
        (sized(-1, names), 0, 0), (sized(-4, attributes), 0, 0),
    ]
    for _, _, _, form, label in columns:
        part = bytearray(64 if wide else 52)
        part[:word] = signature(-1026)
        part[3 * word + 22:3 * word + 28] = place(form)
        part[3 * word + 28:3 * word + 34] = place(label)
        parts.append((bytes(part), 0, 0))
    if packing:
        pack = runs if packing == "SASYZCRL" else repeats
        for row in rows:
            packed = pack(row)
            parts.append((packed, 4, 1) if len(packed) < len(row) else (row, 0, 1))

    page_size, head = 4096, 40 if wide else 24
    pages = []

    def page(kind, blocks, parts):
        content = bytearray(page_size)
        struct.pack_into("<HHH", content, head - 8, kind, blocks, len(parts))
        end = page_size
        for index, (part, packed, group) in enumerate(parts):
            end -= -(-len(part) // 8) * 8
            content[end:end + len(part)] = part
            struct.pack_into(number, content, head + index * 3 * word, end)
            struct.pack_into(number, content, head + index * 3 * word + word, len(part))
            content[head + index * 3 * word + 2 * word] = packed
            content[head + index * 3 * word + 2 * word + 1] = group
        return content

    pages.append(page(0, len(parts), parts))
    if not packing:
        content = page(0x180 if deleted else 0x100, len(rows), [])
        for index, row in enumerate(rows):
            content[head + index * length:head + (index + 1) * length] = row
        struct.pack_into("<I", content, 3 * word, 0)
        bits = sum(0x80 >> row for row in deleted)
        content[head + len(rows) * length] = bits
        pages.append(content)

    header = bytearray(1024)
    header[:32] = bytes.fromhex("000000000000000000000000c2ea8160b31411cfbd92080009c7318c181f1011")
    header[32] = 0x33 if wide else 0x22
    header[35] = 0x33 if wide else 0x22
    header[37], header[39], header[70] = 1, ord("1"), encoding
    header[84:92] = b"SAS FILE"
    header[92:156] = b"COHORT".ljust(64)
    header[156:164] = b"DATA    "
    pad = 4 if wide else 0
    struct.pack_into("<ii", header, 196 + pad, len(header), page_size)
    struct.pack_into(number, header, 204 + pad, len(pages))
    at = 216 + 2 * pad
    header[at:at + 8] = b"9.0401M6"
    with open(name, "wb") as file:
        file.write(bytes(header) + b"".join(map(bytes, pages)))
    if deleted:
        return  # ReadStat does not know of deleted rows.
    read, _ = pyreadstat.read_sas7bdat(name, user_missing=True)
    assert list(read["id"]) == COLUMNS["id"] and read["dx"][2] == DAY(2016, 2, 29) and read["note"][4] == "x" * 40, name


def runs(row):
    """A row of which runs of blanks, zeros and other bytes are counted."""
    packed, at = bytearray(), 0
    while at < len(row):
        end = at
        while end < len(row) and row[end] == row[at] and end - at < 17:
            end += 1
        if end - at >= 3 and row[at] in b" \0":
            packed.append((0xE0 if row[at] == 32 else 0xF0) | end - at - 2)
        elif end - at >= 3:
            packed += bytes([0xC0 | end - at - 3, row[at]])
        else:
            end = at + 1
            packed += bytes([0x80, row[at]])
        at = end
    return bytes(packed)


def repeats(row):
    """The same, and parts that occurred before are references to them."""
    packed, group, bits, at = bytearray(), bytearray(), [], 0
    while at < len(row):
        end = at
        while end < len(row) and row[end] == row[at] and end - at < 18:
            end += 1
        before = row.rfind(row[at:at + 5], 0, at) if at + 5 <= len(row) else -1
        if end - at >= 3:
            group += bytes([end - at - 3, row[at]])
            bits.append(1)
        elif before >= 0 and at - before >= 5 and at - before - 3 < 4096:
            back, end = at - before - 3, at + 5
            group += bytes([0x50 | back & 15, back >> 4])
            bits.append(1)
        else:
            end = at + 1
            group.append(row[at])
            bits.append(0)
        at = end
        if len(bits) == 16 or at >= len(row):
            bits += [0] * (16 - len(bits))
            packed += int("".join(map(str, bits)), 2).to_bytes(2, "big") + group
            group, bits = bytearray(), []
    return bytes(packed)


def sas_data_sets():
    sas_data_set("statistics.sas7bdat")
    sas_data_set("statistics_64.sas7bdat", wide=True)
    sas_data_set("statistics_runs.sas7bdat", packing="SASYZCRL")
    sas_data_set("statistics_repeats.sas7bdat", packing="SASYZCR2", wide=True)
    sas_data_set("deleted.sas7bdat", deleted=[1, 4])


spss()
stata()
sas()
jamovi()
sas_data_sets()
