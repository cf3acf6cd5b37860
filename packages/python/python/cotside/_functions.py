"""The functions: columns of a data frame to a request, and its answer to tables."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any, Union

import pandas as pd

from . import _answers, _cotside

#: A column: its name in the data frame, or the values themselves.
Column = Union[str, Iterable[Any]]


def _call(name: str, request: Any = None) -> Any:
    return json.loads(_cotside.call(name, json.dumps(request, allow_nan=False)))


def _plain(value: Any) -> Any:
    """A value as JSON has it; None where it is missing."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        if math.isnan(value):
            return None
        if math.isinf(value):
            raise ValueError(f"{value} is not a number that can be used; give a finite one, or None where it is not known")
    if isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (pd.Timestamp,)) or hasattr(value, "isoformat"):
        return str(value)[:10]
    raise TypeError(f"a value of type {type(value).__name__} cannot be used; give numbers, texts, booleans or dates")


def _values(data: pd.DataFrame | None, column: Column | None) -> list[Any] | None:
    if column is None:
        return None
    if isinstance(column, str):
        if data is None:
            raise TypeError(f"the column {column!r} needs a data frame; give data=…, or the values themselves")
        if column not in data.columns:
            raise KeyError(f"the data frame has no column {column!r}; it has {', '.join(map(str, data.columns))}")
        column = data[column]
    return [_plain(value) for value in column]


def _request(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _times(at: Iterable[float] | float | None) -> list[float]:
    if at is None:
        return []
    return [float(at)] if isinstance(at, (int, float)) else [float(time) for time in at]


def version() -> str:
    """Version of the program and of the rules, and the date on which the evidence was last read."""
    return _call("version")


def protocols() -> pd.DataFrame:
    """Every protocol of the catalogue: id, name, study group, groups and where its rules were read."""
    rows = [
        {
            "id": protocol["id"],
            "name": protocol["name"],
            "organisation": protocol["organisation"],
            "family": protocol["family"],
            "rules_version": protocol["rules_version"],
            "summary": protocol["summary"],
            "groups": [group["id"] for group in protocol["groups"]],
        }
        for protocol in _call("protocols")
    ]
    return pd.DataFrame(rows).set_index("id")


def stratify(data: pd.DataFrame | Mapping[str, Any]) -> pd.DataFrame:
    """What each protocol says of each patient: a row for each patient and protocol.

    ``data`` has a row for each patient (or is one patient as a mapping) and the columns of the data dictionary: ``age_days``
    or ``age_months``, ``wbc``, ``kmt2a``, ``cns`` and so on. A missing value means not known, never no.

    ``status`` is ``assigned``, ``undetermined`` (then ``possible`` lists the groups that remain and ``missing`` the findings
    that would decide) or ``not_applicable``. ``transplant`` is the state of the protocol's transplant rule. ``notices`` says
    which values contradict each other or cannot be read, and were not used.

    >>> import cotside
    >>> answer = cotside.stratify({"age_days": 179, "wbc": 10, "kmt2a": "rearranged", "cns": 1})
    >>> answer.set_index("protocol").loc["mll-10", "group"]
    'high'
    """
    if isinstance(data, Mapping):
        data = pd.DataFrame([dict(data)])
    columns = [str(column) for column in data.columns]
    records = [
        {column: _plain(value) for column, value in zip(columns, row)}
        for row in data.astype(object).itertuples(index=False, name=None)
    ]
    return _answers.stratify(_call("stratify", records), data.index)


def km(
    data: pd.DataFrame | None = None,
    *,
    time: Column,
    event: Column,
    group: Column | None = None,
    entry: Column | None = None,
    weights: Column | None = None,
    at: Iterable[float] | float | None = None,
    rmst: float | None = None,
    conf_type: str = "log-log",
    conf_level: float = 0.95,
) -> _answers.Km:
    """Kaplan-Meier curves, one for each group, with the numbers of R's ``survfit``.

    Columns are names in ``data`` or the values themselves; ``event`` is 0 or 1. Rows with a missing value are left out and
    counted in ``n_excluded``. ``at`` gives survival at times, ``rmst`` the restricted mean up to a horizon.

    >>> import cotside
    >>> found = cotside.km(time=[1, 2, 3, 4, 5], event=[1, 0, 1, 1, 0], at=3)
    >>> print(round(found.at["survival"][0], 4))
    0.5333
    """
    request = _request(
        time=_values(data, time),
        event=_values(data, event),
        group=_values(data, group),
        entry=_values(data, entry),
        weights=_values(data, weights),
        at=_times(at),
        rmst=rmst,
        conf_type=conf_type,
        conf_level=conf_level,
    )
    return _answers.km(_call("km", request))


def logrank(
    data: pd.DataFrame | None = None,
    *,
    time: Column,
    event: Column,
    group: Column,
    entry: Column | None = None,
    strata: Column | None = None,
    weight: str = "logrank",
    exponents: tuple[float, float] | None = None,
) -> _answers.LogRank:
    """The log-rank test, as R's ``survdiff``; ``weight`` may be ``gehan``, ``tarone-ware`` or ``peto``, and ``exponents`` are
    rho and gamma of Fleming and Harrington."""
    request = _request(
        time=_values(data, time),
        event=_values(data, event),
        group=_values(data, group),
        entry=_values(data, entry),
        strata=_values(data, strata),
        weight=weight,
        exponents=None if exponents is None else list(exponents),
    )
    return _answers.logrank(_call("logrank", request))


def cox(
    data: pd.DataFrame | None = None,
    *,
    time: Column,
    event: Column,
    covariates: Iterable[str] | Mapping[str, Column],
    reference: Mapping[str, str] | None = None,
    entry: Column | None = None,
    weights: Column | None = None,
    strata: Column | None = None,
    cluster: Column | None = None,
    ties: str = "efron",
    firth: bool = False,
    zph: bool = False,
    conf_level: float = 0.95,
) -> _answers.Cox:
    """Cox's regression, as R's ``coxph``.

    Covariates of numbers are one coefficient; those of texts are one for each level but the reference, which is the first in
    order unless ``reference`` names another. ``firth`` uses Firth's penalised likelihood, ``cluster`` the robust variance.
    """
    named = covariates if isinstance(covariates, Mapping) else {name: name for name in covariates}
    request = _request(
        time=_values(data, time),
        event=_values(data, event),
        covariates={name: _values(data, column) for name, column in named.items()},
        reference=None if reference is None else dict(reference),
        entry=_values(data, entry),
        weights=_values(data, weights),
        strata=_values(data, strata),
        cluster=_values(data, cluster),
        ties=ties,
        firth=firth,
        zph=zph,
        conf_level=conf_level,
    )
    return _answers.cox(_call("cox", request))


def cif(
    data: pd.DataFrame | None = None,
    *,
    time: Column,
    event: Column,
    group: Column | None = None,
    entry: Column | None = None,
    weights: Column | None = None,
    at: Iterable[float] | float | None = None,
    variance: str = "jackknife",
    conf_type: str = "log-log",
    conf_level: float = 0.95,
) -> _answers.Cif:
    """Cumulative incidence of competing causes (Aalen-Johansen) with Gray's test; ``event`` is 0 for censored, 1, 2 … for the
    causes."""
    request = _request(
        time=_values(data, time),
        event=_values(data, event),
        group=_values(data, group),
        entry=_values(data, entry),
        weights=_values(data, weights),
        at=_times(at),
        variance=variance,
        conf_type=conf_type,
        conf_level=conf_level,
    )
    return _answers.cif(_call("cif", request))
