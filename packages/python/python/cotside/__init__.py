"""Cotside for Python: risk rules of infant leukaemia protocols, and survival analysis with R's numbers.

Tables are pandas data frames. The rules are quoted with their sources; they are no advice. See ``help(cotside.stratify)``,
``help(cotside.km)``, ``help(cotside.logrank)``, ``help(cotside.cox)`` and ``help(cotside.cif)``.
"""

from ._answers import Cif, Cox, Km, LogRank
from ._functions import cif, cox, km, logrank, protocols, stratify, version

__all__ = ["Cif", "Cox", "Km", "LogRank", "cif", "cox", "km", "logrank", "protocols", "stratify", "version"]
