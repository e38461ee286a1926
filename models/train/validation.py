"""Validation vectors, and the area under the ROC curve with its standard error."""

import csv

import numpy as np
from scipy.stats import rankdata

from card import MODELS


def number(x):
    """Shortest text that gives the float32 back."""
    return np.format_float_positional(np.float32(x), trim="-")


def write(name, inputs, outputs, rows=64):
    """NAME.validation.csv: inputs, then outputs, of `rows` events that are spread evenly over those given."""
    columns = {**inputs, **outputs}
    n = len(next(iter(columns.values())))
    with open(MODELS / f"{name}.validation.csv", "w", newline="", encoding="utf8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for i in np.linspace(0, n - 1, rows).astype(int):
            writer.writerow([number(x[i]) for x in columns.values()])


def auc(score, label):
    """Area and its standard error: E. R. DeLong et al., Biometrics 44 (1988) 837."""
    one, other = score[label == 1], score[label == 0]
    m, n = len(one), len(other)
    ranks = rankdata(np.concatenate([one, other]))
    of_one = (ranks[:m] - rankdata(one)) / n
    of_other = 1 - (ranks[m:] - rankdata(other)) / m
    return of_one.mean(), np.sqrt(of_one.var(ddof=1) / m + of_other.var(ddof=1) / n)
