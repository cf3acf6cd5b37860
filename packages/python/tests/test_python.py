"""What Python people expect: tables, missing values, errors that name what is wrong."""

import numpy as np
import pandas as pd
import pytest

import cotside


def test_the_severance_series(severance):
    answer = cotside.stratify(severance)
    assert len(answer) == len(severance) * len(cotside.protocols())
    own = answer[answer["protocol"] == "severance"]
    assert list(own.loc[own["group"] == "high", "id"]) == ["1", "4", "5", "6", "7", "8", "9"]
    assert list(own["row"]) == list(severance.index)


def test_what_is_not_known_is_never_no():
    known = {"age_days": 100, "kmt2a": "rearranged", "cns": 1}
    for unknown in (None, np.nan, pd.NA):
        answer = cotside.stratify(pd.DataFrame([{**known, "wbc": unknown}])).set_index("protocol")
        row = answer.loc["interfant-06"]
        assert row["status"] == "undetermined"
        assert "wbc" in row["missing"] or "prednisone_response" in row["missing"]


def test_rows_with_missing_values_are_counted():
    found = cotside.km(time=[1, 2, None, 4], event=[1, 0, 1, np.nan])
    assert (found.n, found.n_excluded) == (2, 2)


def test_errors_name_what_is_wrong():
    with pytest.raises(ValueError, match="age_in_days.*is not a column"):
        cotside.stratify({"age_in_days": 3})
    with pytest.raises(ValueError, match="position 1"):
        cotside.km(time=[1, -2], event=[1, 1])
    with pytest.raises(ValueError, match="causes are for cif"):
        cotside.km(time=[1, 2], event=[1, 2])
    with pytest.raises(ValueError, match="group has 1 values, time has 2"):
        cotside.logrank(time=[1, 2], event=[1, 1], group=["a"])
    with pytest.raises(KeyError, match="no column 'x'"):
        cotside.km(pd.DataFrame({"t": [1]}), time="t", event="x")
    with pytest.raises(ValueError, match="conf_level"):
        cotside.km(time=[1], event=[1], conf_level=95)
    with pytest.raises(ValueError, match="no level .b."):
        cotside.cox(time=[1, 2], event=[1, 1], covariates={"x": ["a", "c"]}, reference={"x": "b"})


def test_no_estimate_is_missing_with_a_reason():
    found = cotside.cox(time=[1, 2, 3, 4], event=[1, 1, 0, 0], covariates={"x": [1, 1, 0, 0]})
    assert found.coefficients["hazard_ratio"].isna().all()
    assert found.warnings


def test_groups_without_events_have_no_interval():
    found = cotside.km(time=[1, 2, 3, 4], event=[1, 1, 0, 0], group=["a", "a", "b", "b"], at=2.5)
    row = found.at.set_index("group").loc["b"]
    assert pd.isna(row["lower"]) and row["no_interval"]


def test_gray(severance):
    found = cotside.cif(time=[1, 2, 3, 4, 5, 6], event=[1, 2, 1, 0, 1, 2], group=list("aababb"))
    assert list(found.gray["cause"]) == [1, 2]
    assert found.steps.groupby("cause")["estimate"].max().between(0, 1).all()


def test_version():
    assert "rules" in cotside.version()
