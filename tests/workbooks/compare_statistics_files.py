"""Compares the rows of files of statistics programs with those of pyreadstat (ReadStat) and pyreadr, cell by cell.

    COTSIDE_TABLES=FILES COTSIDE_COMPARISON=OUT cargo test -p cotside-workbooks --lib rows_of -- --ignored
    python3 compare_statistics_files.py FILES OUT

pyreadstat 1.3.7, pyreadr 0.5.8, pandas 3.1.1. DESIGN.md has the results. Prints each cell that differs, and counts.
"""

import csv
import datetime
import io
import json
import math
import pathlib
import re
import sys

import pyreadr
import pyreadstat

LETTER = re.compile(r"\.?[a-zA-Z_]")


def expected(path):
    """Names of the columns and the columns as lists, for each table; None where the program cannot read the file."""
    name = path.name.lower()
    if re.search(r"\.(rds|rdata|rda)$", name):
        frames = pyreadr.read_r(str(path))
        return [frame for frame in frames.values() if hasattr(frame, "columns")]
    options = {"user_missing": True} if not name.endswith(("xpt", "xpt5", "xpt8")) else {}
    for ending, read in (
        ((".sav", ".zsav"), pyreadstat.read_sav),
        ((".por",), pyreadstat.read_por),
        ((".dta",), pyreadstat.read_dta),
        ((".xpt", ".xpt5", ".xpt8"), pyreadstat.read_xport),
        ((".sas7bdat",), pyreadstat.read_sas7bdat),
    ):
        if name.endswith(ending):
            if ending[0] == ".por":
                options = {}
            return [read(str(path), **options)[0]]
    return None


def same(value, text):
    """Whether a value of Python is what the text of a cell says."""
    if value is None or (isinstance(value, float) and math.isnan(value)) or str(value) in ("NaT", "<NA>"):
        return text == "" or LETTER.fullmatch(text) is not None
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return text == str(bool(value)).upper()
    if isinstance(value, datetime.datetime) or hasattr(value, "hour") and hasattr(value, "year"):
        whole = str(value)[:19]
        return text in (whole, whole.removesuffix(" 00:00:00"))
    if isinstance(value, (datetime.date, datetime.time)):
        return text in (str(value).split(".")[0], str(value)[:7])
    if isinstance(value, datetime.timedelta):
        return True
    if isinstance(value, str) and LETTER.fullmatch(value) and text == "." + value:
        return True
    if isinstance(value, str):
        return " ".join(value.replace("\0", "").split()) == " ".join(text.split())
    try:
        number = float(value)
    except (TypeError, ValueError):
        return str(value) == text
    try:
        read = float(text)
    except ValueError:
        return False
    return number == read or abs(number - read) <= 1e-7 * abs(number) or float("%.6g" % number) == float("%.6g" % read)


def main(files, out):
    counts = dict(files=0, tables=0, cells=0, differ=0, refused=0, theirs_refused=0)
    for path in sorted(pathlib.Path(files).iterdir()):
        ours = pathlib.Path(out) / (path.name + ".json")
        if not ours.exists():
            continue
        ours = json.loads(ours.read_text())
        try:
            theirs = expected(path)
        except Exception as error:  # Anything that the other program does not read.
            counts["theirs_refused"] += 1
            print(f"{path.name}: theirs {type(error).__name__} {str(error)[:80]}; ours {ours['refused'] or [len(s['rows']) for s in ours['sheets']]}")
            continue
        if theirs is None:
            continue
        counts["files"] += 1
        theirs = [frame for frame in theirs if len(frame)]
        if ours["refused"]:
            if theirs:
                counts["refused"] += 1
                print(f"{path.name}: refused {ours['refused']}")
            continue
        if len(theirs) != len(ours["sheets"]):
            print(f"{path.name}: tables {len(ours['sheets'])}, theirs {len(theirs)}")
        for frame, sheet in zip(theirs, ours["sheets"]):
            counts["tables"] += 1
            rows = list(csv.reader(io.StringIO(sheet["rows"])))
            header, rows = rows[0], rows[1:]
            rows = [row or [""] for row in rows]
            if [str(name).strip() for name in frame.columns] != [name.strip() for name in header]:
                print(f"{path.name}: columns {header[:8]} theirs {list(frame.columns)[:8]}")
                counts["differ"] += len(frame)
                continue
            if len(rows) != len(frame):
                print(f"{path.name}: rows {len(rows)} theirs {len(frame)}")
                counts["differ"] += abs(len(rows) - len(frame))
            shown = 0
            for place, name in enumerate(frame.columns):
                for row, value in zip(rows, frame.iloc[:, place]):
                    counts["cells"] += 1
                    if not same(value, row[place]):
                        counts["differ"] += 1
                        shown += 1
                        if shown <= 5:
                            print(f"{path.name} {name}: {row[place]!r} theirs {value!r}")
    print(counts)


main(*sys.argv[1:])
