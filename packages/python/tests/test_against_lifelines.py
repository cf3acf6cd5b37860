"""Numbers of Cotside and of lifelines, which share no code."""

import numpy as np
import pandas as pd
import pytest
from lifelines import AalenJohansenFitter, CoxPHFitter, KaplanMeierFitter
from lifelines.datasets import load_rossi, load_waltons
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import restricted_mean_survival_time

import cotside


@pytest.fixture
def waltons():
    return load_waltons()


@pytest.fixture
def rossi():
    return load_rossi()


@pytest.mark.parametrize("group", ["control", "miR-137"])
def test_curves(waltons, group):
    found = cotside.km(waltons, time="T", event="E", group="group")
    steps = found.steps[found.steps["group"] == group].set_index("time")
    rows = waltons[waltons["group"] == group]
    other = KaplanMeierFitter().fit(rows["T"], rows["E"])
    expected = other.survival_function_at_times(steps.index)
    np.testing.assert_allclose(steps["survival"], expected, rtol=1e-10, atol=1e-12)
    # lifelines' intervals are exponential Greenwood, on the scale log(-log S).
    ends = other.confidence_interval_survival_function_
    known = steps.dropna(subset=["lower", "upper"])
    known = known[(known["survival"] < 1) & (known["survival"] > 0)]
    assert len(known) > 5
    np.testing.assert_allclose(known["lower"], ends.iloc[:, 0].loc[known.index], rtol=1e-8)
    np.testing.assert_allclose(known["upper"], ends.iloc[:, 1].loc[known.index], rtol=1e-8)
    row = found.groups.set_index("group").loc[group]
    assert row["median"] == other.median_survival_time_


def test_restricted_mean(waltons):
    found = cotside.km(waltons, time="T", event="E", rmst=50)
    other = KaplanMeierFitter().fit(waltons["T"], waltons["E"])
    np.testing.assert_allclose(found.groups["rmst"][0], restricted_mean_survival_time(other, t=50), rtol=1e-8)


def test_delayed_entry():
    rows = pd.DataFrame({"entry": [0, 1, 2, 0, 3], "time": [4, 5, 6, 2, 8], "event": [1, 0, 1, 1, 1]})
    found = cotside.km(rows, time="time", event="event", entry="entry", at=[5.5])
    other = KaplanMeierFitter().fit(rows["time"], rows["event"], entry=rows["entry"])
    np.testing.assert_allclose(found.at["survival"][0], other.predict(5.5), rtol=1e-10)


@pytest.mark.parametrize(
    ("weight", "theirs"), [("logrank", None), ("gehan", "wilcoxon"), ("tarone-ware", "tarone-ware")]
)
def test_rank_tests(waltons, weight, theirs):
    found = cotside.logrank(waltons, time="T", event="E", group="group", weight=weight)
    other = multivariate_logrank_test(waltons["T"], waltons["group"], waltons["E"], weightings=theirs)
    np.testing.assert_allclose(found.chi2, other.test_statistic, rtol=1e-8)
    np.testing.assert_allclose(found.p, other.p_value, rtol=1e-6)


def test_regression(rossi):
    names = ["fin", "age", "race", "wexp", "mar", "paro", "prio"]
    found = cotside.cox(rossi, time="week", event="arrest", covariates=names)
    other = CoxPHFitter().fit(rossi, "week", "arrest")
    table = found.coefficients
    np.testing.assert_allclose(table["coef"], other.params_[table.index], rtol=1e-5)
    np.testing.assert_allclose(table["std_err"], other.standard_errors_[table.index], rtol=1e-5)
    np.testing.assert_allclose(found.loglik, other.log_likelihood_, rtol=1e-8)
    np.testing.assert_allclose(found.concordance, other.concordance_index_, rtol=1e-3)
    assert found.warnings == []


def test_strata_and_clusters(rossi):
    names = ["fin", "age", "prio"]
    found = cotside.cox(rossi, time="week", event="arrest", covariates=names, strata="wexp", cluster="race")
    other = CoxPHFitter().fit(rossi[[*names, "week", "arrest", "wexp"]], "week", "arrest", strata=["wexp"])
    np.testing.assert_allclose(found.coefficients["coef"], other.params_[names], rtol=1e-5)
    assert found.coefficients["robust_std_err"].notna().all()


def test_levels_against_a_reference(rossi):
    rows = rossi.assign(work=rossi["wexp"].map({0: "none", 1: "some"}))
    one = cotside.cox(rows, time="week", event="arrest", covariates=["work"])
    other = cotside.cox(rows, time="week", event="arrest", covariates=["work"], reference={"work": "some"})
    assert list(one.coefficients.index) == ["work=some"]
    assert list(other.coefficients.index) == ["work=none"]
    assert one.coefficients["coef"].iloc[0] == pytest.approx(-other.coefficients["coef"].iloc[0])


def test_incidence():
    random = np.random.default_rng(7)
    # No two times are equal: lifelines moves equal ones at random.
    rows = pd.DataFrame({"time": random.permutation(np.arange(1, 201)) / 10, "cause": random.integers(0, 3, 200)})
    found = cotside.cif(rows, time="time", event="cause", at=[5, 15])
    other = AalenJohansenFitter(calculate_variance=False).fit(rows["time"], rows["cause"], event_of_interest=1)
    ours = found.at[found.at["cause"] == 1].set_index("time")["estimate"]
    for time in (5, 15):
        before = other.cumulative_density_.loc[:time].iloc[-1, 0]
        assert ours[time] == pytest.approx(before, rel=1e-9)
