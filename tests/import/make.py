"""Registries of forty made-up infants as files of statistics programs, with what is true of them (truth.json) and what
each file is (files.json). Run in this folder; needs pandas, pyreadstat, odfpy and R:  python make.py

Every patient is made up. A file and its twin hold the same patients; in the twin the codes mean the opposite."""
import datetime as dt
import json
import os
import subprocess
import tempfile

import pandas as pd
import pyreadstat
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


class Numbers:
    """Numbers that look random and are the same each time."""

    def __init__(self, seed):
        self.state = seed

    def between(self, low, high):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return low + (self.state >> 33) % (high - low + 1)


def forty():
    numbers = Numbers(20250817)
    patients = []
    for number in range(1, 41):
        birth = dt.date(2005, 3, 4) + dt.timedelta(numbers.between(0, 3900))
        diagnosis = birth + dt.timedelta(numbers.between(12, 355))
        early, late = numbers.between(60, 420), numbers.between(430, 1100)
        relapse = early if number % 4 == 0 else None
        death = late if number % 3 == 1 else None
        last = death or numbers.between(1200, 2700)
        day = lambda days: None if days is None else diagnosis + dt.timedelta(days)
        patients.append(dict(
            id=f"INF-{number:03}", birth=birth, diagnosis=diagnosis, female=numbers.between(0, 1) == 1,
            wbc=numbers.between(15, 7800) / 10, rearranged=numbers.between(0, 3) > 0, relapse=day(relapse), death=day(death),
            last=day(last), dead=death is not None, os=last, event=relapse is not None or death is not None,
            efs=relapse or last))
    return patients


PATIENTS = forty()
LISTED = []


def listed(file, layout, coding, kind, findings, language="en", says=True, unknown=()):
    """Notes what a file is; `unknown`: numbers of patients without a white cell count."""
    LISTED.append(dict(file=file, layout=layout, language=language, coding=coding, format=kind, says=says,
                       findings=findings, unknown=[PATIENTS[number]["id"] for number in unknown]))


def truth():
    return [dict(id=each["id"], efs=[each["efs"], each["event"]], os=[each["os"], each["dead"]],
                 findings=dict(age_days=(each["diagnosis"] - each["birth"]).days, sex="female" if each["female"] else "male",
                               wbc=each["wbc"], kmt2a="rearranged" if each["rearranged"] else "germline"))
            for each in PATIENTS]


def frame(**columns):
    return pd.DataFrame({name: [value(each) for each in PATIENTS] for name, value in columns.items()})


ALL = ["age_days", "sex", "wbc", "kmt2a"]
NO_AGE = ["sex", "wbc", "kmt2a"]
DATES = "one row per patient, dates"
TIMES = "one row per patient, times and events"
LABELLED = "codes with labels"


def coded(dead, alive):
    """Dates and labelled codes; `dead` and `alive` are the codes of these."""
    data = frame(patid=lambda p: p["id"], dob=lambda p: p["birth"], dxdate=lambda p: p["diagnosis"],
                 sex=lambda p: 2.0 if p["female"] else 1.0, wbc=lambda p: p["wbc"],
                 mll=lambda p: 1.0 if p["rearranged"] else 0.0, reldate=lambda p: p["relapse"],
                 status=lambda p: float(dead if p["dead"] else alive), lastfu=lambda p: p["last"])
    names = dict(patid="Patient number", dob="Date of birth", dxdate="Date of diagnosis", sex="Sex",
                 wbc="White cell count at diagnosis (10^9/L)", mll="KMT2A (MLL)", reldate="Date of first relapse",
                 status="Vital status at last contact", lastfu="Date of last contact")
    levels = dict(sex={1: "male", 2: "female"}, mll={0: "germline", 1: "rearranged"}, status={dead: "dead", alive: "alive"})
    return data, names, levels


def timed_german(event, censored):
    """Months and codes with German labels."""
    code = lambda is_event: float(event if is_event else censored)
    data = frame(patnr=lambda p: p["id"], geschl=lambda p: 2.0 if p["female"] else 1.0, leuko=lambda p: p["wbc"],
                 kmt2a=lambda p: 1.0 if p["rearranged"] else 0.0, efsmon=lambda p: round(p["efs"] / 30.4375, 2),
                 efsstat=lambda p: code(p["event"]), osmon=lambda p: round(p["os"] / 30.4375, 2),
                 osstat=lambda p: code(p["dead"]))
    names = dict(patnr="Patientennummer", geschl="Geschlecht", leuko="Leukozyten bei Diagnose (10^9/L)",
                 kmt2a="KMT2A-Rearrangement", efsmon="EFS (Monate)", efsstat="EFS-Status", osmon="OS (Monate)",
                 osstat="OS-Status")
    levels = dict(geschl={1: "männlich", 2: "weiblich"}, kmt2a={0: "nein", 1: "ja"},
                  efsstat={event: "Ereignis", censored: "zensiert"}, osstat={event: "verstorben", censored: "lebt"})
    return data, names, levels


def spss():
    day = {name: "DATE11" for name in ("dob", "dxdate", "reldate", "lastfu")}
    for twin, dead, alive in (("", 2, 1), ("-twin", 1, 2)):
        data, names, levels = coded(dead, alive)
        pyreadstat.write_sav(data, f"labelled{twin}.sav", column_labels=names, variable_value_labels=levels, variable_format=day)
        listed(f"labelled{twin}.sav", DATES, LABELLED + (", twin" if twin else ""), "sav", ALL)
    for twin, event, censored in (("", 1, 0), ("-twin", 0, 1)):
        data, names, levels = timed_german(event, censored)
        pyreadstat.write_sav(data, f"zeiten{twin}.zsav", column_labels=names, variable_value_labels=levels, compress=True)
        listed(f"zeiten{twin}.zsav", TIMES, LABELLED + (", twin" if twin else ""), "zsav", NO_AGE, "de")
    # 999 is declared as missing.
    data, names, levels = coded(1, 0)
    data.loc[[4, 11, 17], "wbc"] = 999.0
    pyreadstat.write_sav(data, "missing.sav", column_labels=names, variable_value_labels=levels, variable_format=day,
                         missing_ranges={"wbc": [999]})
    listed("missing.sav", DATES, LABELLED + " and codes for missing", "sav", ALL, unknown=(4, 11, 17))
    # Without labels nothing says which code is which.
    for twin, dead, alive in (("", 1, 0), ("-twin", 0, 1)):
        data, _, _ = coded(dead, alive)
        pyreadstat.write_sav(data, f"silent{twin}.sav", variable_format=day)
        listed(f"silent{twin}.sav", DATES, "0 and 1, nothing says which" + (", twin" if twin else ""), "sav", ["age_days", "wbc"],
               says=False)


def stata():
    day = {name: "%td" for name in ("dob", "dxdate", "reldate", "lastfu")}
    for twin, dead, alive, version in (("", 1, 0, 15), ("-twin", 0, 1, 12)):
        data, names, levels = coded(dead, alive)
        for name in levels:
            data[name] = data[name].astype("int8")
        pyreadstat.write_dta(data, f"labelled{twin}.dta", column_labels=names, variable_value_labels=levels, version=version,
                             variable_format=day)
        listed(f"labelled{twin}.dta", DATES, LABELLED + (", twin" if twin else ""), "dta", ALL)
    data, names, levels = timed_german(1, 0)
    data["leuko"] = ["a" if place in (4, 11, 17) else value for place, value in enumerate(data["leuko"])]
    for name in levels:
        data[name] = data[name].astype("int8")
    pyreadstat.write_dta(data, "missing.dta", column_labels=names, variable_value_labels=levels, missing_user_values={"leuko": ["a"]})
    listed("missing.dta", TIMES, LABELLED + " and codes for missing", "dta", NO_AGE, "de", unknown=(4, 11, 17))


def sas():
    day = {name: "DATE9" for name in ("BIRTHDT", "DIAGDT", "RELDT", "LASTDT")}
    for twin in ("", "-twin"):
        end = dict(ALIVE=lambda p: "N" if p["dead"] else "Y") if twin else dict(DEATH=lambda p: "Y" if p["dead"] else "N")
        data = frame(SUBJID=lambda p: p["id"], BIRTHDT=lambda p: p["birth"], DIAGDT=lambda p: p["diagnosis"],
                     SEX=lambda p: "F" if p["female"] else "M", WBC=lambda p: p["wbc"],
                     KMT2A=lambda p: "REARRANGED" if p["rearranged"] else "GERMLINE", RELDT=lambda p: p["relapse"],
                     LASTDT=lambda p: p["last"], **end)
        names = dict(SUBJID="Subject Identifier", BIRTHDT="Date of Birth", DIAGDT="Date of Diagnosis", SEX="Sex",
                     WBC="White Blood Cells (10^9/L)", KMT2A="KMT2A Status", RELDT="Date of Relapse",
                     LASTDT="Date of Last Contact", ALIVE="Alive at Last Contact", DEATH="Death")
        names = [names[name] for name in data.columns]
        pyreadstat.write_xport(data, f"registry{twin}.xpt", column_labels=names, table_name="REGISTRY", file_format_version=5,
                               variable_format=day)
        listed(f"registry{twin}.xpt", DATES, "letters for yes and no" + (", twin" if twin else ""), "xpt", ALL)
    rows = []
    for each in PATIENTS:
        for code, name, days, event in (("OS", "Overall Survival", each["os"], each["dead"]),
                                        ("EFS", "Event-Free Survival", each["efs"], each["event"])):
            rows.append(dict(STUDYID="INF", USUBJID=each["id"], PARAMCD=code, PARAM=name, AVAL=float(days), AVALU="DAYS",
                             CNSR=0.0 if event else 1.0, STARTDT=each["diagnosis"], ADT=each["diagnosis"] + dt.timedelta(days)))
    pyreadstat.write_xport(pd.DataFrame(rows), "adtte.xpt", table_name="ADTTE", variable_format=dict(STARTDT="DATE9", ADT="DATE9"))
    listed("adtte.xpt", "ADTTE, a row for each endpoint", "censoring", "xpt", [])


def r():
    data = frame(id=lambda p: p["id"], birth_date=lambda p: p["birth"], diagnosis_date=lambda p: p["diagnosis"],
                 sex=lambda p: "female" if p["female"] else "male", wbc=lambda p: p["wbc"],
                 kmt2a=lambda p: "rearranged" if p["rearranged"] else "germline", relapse_date=lambda p: p["relapse"],
                 dead=lambda p: p["dead"], last_follow_up=lambda p: p["last"], efs_days=lambda p: p["efs"],
                 event=lambda p: p["event"], os_days=lambda p: p["os"])
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "patients.csv")
        data.to_csv(path, index=False)
        subprocess.run(["Rscript", "make.R", path], check=True)
    for twin in ("", "-twin"):
        mark = ", twin" if twin else ""
        listed(f"factors{twin}.rds", DATES, "factors" + mark, "rds", ALL)
        listed(f"logical{twin}.RData", TIMES, "TRUE and FALSE" + mark, "RData", NO_AGE)


def ods():
    for twin in ("", "-twin"):
        end = "生存" if twin else "死亡"
        header = ["症例番号", "生年月日", "診断日", "性別", "白血球数(×10^9/L)", "KMT2A再構成", "再発日", end, "最終確認日"]
        book = OpenDocumentSpreadsheet()
        sheet = Table(name="患者")
        book.spreadsheet.addElement(sheet)

        def add(values):
            row = TableRow()
            for value in values:
                if value is None:
                    cell = TableCell()
                elif isinstance(value, dt.date):
                    cell = TableCell(valuetype="date", datevalue=value.isoformat())
                    cell.addElement(P(text=value.isoformat()))
                elif isinstance(value, float):
                    cell = TableCell(valuetype="float", value=value)
                    cell.addElement(P(text=str(value)))
                else:
                    cell = TableCell(valuetype="string")
                    cell.addElement(P(text=value))
                row.addElement(cell)
            sheet.addElement(row)

        add(header)
        for each in PATIENTS:
            yes = each["dead"] != bool(twin)
            add([each["id"], each["birth"], each["diagnosis"], "女" if each["female"] else "男", each["wbc"],
                 "あり" if each["rearranged"] else "なし", each["relapse"], "はい" if yes else "いいえ", each["last"]])
        book.save(f"kanja{twin}.ods")
        listed(f"kanja{twin}.ods", DATES, "yes and no" + (", twin" if twin else ""), "ods", ALL, "ja")


if __name__ == "__main__":
    spss()
    stata()
    sas()
    r()
    ods()
    lines = lambda values: "[\n" + ",\n".join(json.dumps(value, ensure_ascii=False) for value in values) + "\n]\n"
    open("truth.json", "w", encoding="utf-8").write(lines(truth()))
    open("files.json", "w", encoding="utf-8").write(lines(LISTED))
