"""Makes files of statistics programs in this folder: python3 make_statistics.py (pyreadstat 1.3.7, pandas 3.1.1).

`statistics.*` hold the same six made-up rows, with labels, missing values and days as far as a format has them.
`make_statistics.R` writes those of R.
"""

import datetime
import json
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
    import os
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


spss()
stata()
sas()
jamovi()
