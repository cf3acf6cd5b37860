import pathlib

import pandas as pd
import pytest


@pytest.fixture
def severance():
    """The nine published infants of the repository."""
    samples = pathlib.Path(__file__).parents[3] / "www" / "samples"
    return pd.read_csv(samples / "severance.csv", dtype=object)
