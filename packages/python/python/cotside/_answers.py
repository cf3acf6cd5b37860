"""The answers: numbers with the tables that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

_STEP = ["time", "at_risk", "events", "censored", "survival", "std_err", "lower", "upper"]
_POINT = ["time", "at_risk", "survival", "std_err", "lower", "upper", "no_interval", "carried_on"]


@dataclass(frozen=True)
class Km:
    """Kaplan-Meier curves.

    ``groups``: a row for each group with n, events and the median with its interval (and ``rmst``, where a horizon was
    given). ``steps``: a row for each step of each curve. ``at``: a row for each group and time that was asked for; where
    there is no variance, ``no_interval`` says why.
    """

    n: int
    n_excluded: int
    conf_type: str
    conf_level: float
    variance: str
    groups: pd.DataFrame
    steps: pd.DataFrame
    at: pd.DataFrame


@dataclass(frozen=True)
class LogRank:
    """A rank test: ``chi2``, ``df`` and ``p``, or ``no_test`` with the reason why there is none; ``groups`` has what was
    observed and expected."""

    n: int
    n_excluded: int
    chi2: float | None
    df: int | None
    p: float | None
    no_test: str | None
    groups: pd.DataFrame


@dataclass(frozen=True)
class Cox:
    """Cox's regression.

    ``coefficients``: a row for each term; a coefficient without a finite estimate is missing, and ``warnings`` says why.
    ``tests``: likelihood-ratio, Wald's and the score test. ``zph``: the test of proportional hazards, where asked for.
    """

    n: int
    n_events: int
    n_excluded: int
    ties: str
    firth: bool
    conf_level: float
    loglik_null: float
    loglik: float
    concordance: float | None
    coefficients: pd.DataFrame
    tests: pd.DataFrame
    zph: pd.DataFrame | None
    warnings: list[str]


@dataclass(frozen=True)
class Cif:
    """Cumulative incidences. ``steps``: a row for each step of each cause in each group. ``at``: the same at the times that
    were asked for. ``gray``: Gray's test of each cause, where there are groups."""

    n: int
    n_excluded: int
    conf_type: str
    conf_level: float
    variance: str
    steps: pd.DataFrame
    at: pd.DataFrame
    gray: pd.DataFrame | None


def _stacked(parts: list[tuple[dict[str, Any], dict[str, list[Any]]]], columns: list[str]) -> pd.DataFrame:
    """One table of several with equal columns, each with what names it in front."""
    values: dict[str, list[Any]] = {column: [] for column in columns}
    for names, part in parts:
        rows = len(part["time"])
        for column in columns:
            values[column].extend([names[column]] * rows if column in names else part[column])
    texts = {"group", "cause"}
    return pd.DataFrame(values).astype({column: float for column in columns if column not in texts})


def km(answer: dict[str, Any]) -> Km:
    groups = answer["groups"]
    rows = []
    for group in groups:
        row = {"group": group["group"], "n": group["n"], "events": group["events"]}
        row.update(
            median=group["median"]["time"],
            median_lower=group["median"]["lower"],
            median_upper=group["median"]["upper"],
        )
        if group["rmst"] is not None:
            row.update(rmst=group["rmst"]["estimate"], rmst_std_err=group["rmst"]["std_err"])
        rows.append(row)
    at = [{"group": group["group"], **point} for group in groups for point in group["at"]]
    return Km(
        n=answer["n"],
        n_excluded=answer["n_excluded"],
        conf_type=answer["conf_type"],
        conf_level=answer["conf_level"],
        variance=answer["variance"],
        groups=pd.DataFrame(rows),
        steps=_stacked([({"group": group["group"]}, group["steps"]) for group in groups], ["group", *_STEP]),
        at=pd.DataFrame(at, columns=["group", *_POINT]),
    )


def logrank(answer: dict[str, Any]) -> LogRank:
    return LogRank(**{**answer, "groups": pd.DataFrame(answer["groups"])})


def cox(answer: dict[str, Any]) -> Cox:
    tests = {name: answer.pop(name) for name in ("likelihood_ratio", "wald", "score")}
    rows = [{"test": name, **(test or {"chi2": None, "df": None, "p": None})} for name, test in tests.items()]
    zph = answer["zph"]
    return Cox(
        **{
            **answer,
            "coefficients": pd.DataFrame(answer["coefficients"]).set_index("term"),
            "tests": pd.DataFrame(rows).set_index("test"),
            "zph": None if zph is None else pd.DataFrame(zph).set_index("variable"),
        }
    )


def cif(answer: dict[str, Any]) -> Cif:
    def table(which: str) -> pd.DataFrame:
        parts = [
            ({"group": group["group"], "cause": cause["cause"]}, cause[which])
            for group in answer["groups"]
            for cause in group["causes"]
        ]
        return _stacked(parts, ["group", "cause", "time", "at_risk", "estimate", "std_err", "lower", "upper"])

    gray = answer["gray"]
    return Cif(
        n=answer["n"],
        n_excluded=answer["n_excluded"],
        conf_type=answer["conf_type"],
        conf_level=answer["conf_level"],
        variance=answer["variance"],
        steps=table("steps"),
        at=table("at"),
        gray=None if gray is None else pd.DataFrame(gray),
    )


def stratify(answers: list[dict[str, Any]], index: pd.Index) -> pd.DataFrame:
    rows = []
    for label, patient in zip(index, answers):
        notices = [notice["text"] for notice in patient["notices"]]
        for result in patient["results"]:
            rows.append(
                {
                    "row": label,
                    "id": patient["id"],
                    "protocol": result["protocol"],
                    "status": result["status"],
                    "group": result["group"],
                    "possible": result["possible"],
                    "missing": result["missing"],
                    "transplant": result["hsct"]["status"],
                    "reason": result["reason"],
                    "notices": notices + result["notices"],
                }
            )
    columns = ["row", "id", "protocol", "status", "group", "possible", "missing", "transplant", "reason", "notices"]
    return pd.DataFrame(rows, columns=columns)
