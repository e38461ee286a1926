"""The chain with pandas, in doubles: a frame, columns made from columns, groupby.
Usage: pandas_chain.py f64 FOLDER EVENTS REPETITIONS"""
import sys

import numpy as np
import pandas as pd

from python_peer import columns_of, line, workload

W = workload()


def slot(x, bins):
    n, low, high = bins
    return np.floor(((x - low) * (n / (high - low))).clip(-1, n)).astype("int64") + 1


def mass(df, kind):
    deta, dphi = df[f"{kind}_l1_eta"] - df[f"{kind}_l2_eta"], df[f"{kind}_l1_phi"] - df[f"{kind}_l2_phi"]
    return np.sqrt(2 * df[f"{kind}_l1_pt"] * df[f"{kind}_l2_pt"] * (np.cosh(deta) - np.cos(dphi)))


def chain(stored):
    df = stored.astype("float64")
    ht, deta = df["gen_l1_pt"] + df["gen_l2_pt"], (df["gen_l1_eta"] - df["gen_l2_eta"]).abs()
    truth, reco = mass(df, "gen"), mass(df, "reco")
    delta = (reco - truth) / truth
    u, v = (ht - W["mean"][0]) / W["width"][0], (deta - W["mean"][1]) / W["width"][1]
    distances = pd.DataFrame({r: (u - a) ** 2 + (v - b) ** 2 for r, (a, b) in enumerate(W["centroids"])})
    regime = distances.idxmin(axis="columns")
    deltas, cells, regimes = W["delta"][0] + 2, W["ht"][0] + 2, len(W["centroids"])
    made = pd.DataFrame({"delta": delta, "absolute": delta.abs(), "square": delta * delta, "regime": regime,
                         "cell": slot(deta, W["deta"]) * cells + slot(ht, W["ht"])})

    def counted(at, size):
        return at.value_counts().reindex(range(size), fill_value=0)

    grid = made.groupby("cell").agg(n=("delta", "size"), delta=("delta", "sum"), absolute=("absolute", "sum"))
    grid = grid.reindex(range(cells * (W["deta"][0] + 2)), fill_value=0)
    by = made.groupby("regime").agg(n=("delta", "size"), delta=("delta", "sum"), square=("square", "sum"))
    by = by.reindex(range(regimes), fill_value=0)
    counts = {"delta": counted(regime * deltas + slot(delta, W["delta"]), regimes * deltas), "grid": grid["n"],
              "mass": counted(slot(reco, W["mass"]), W["mass"][0] + 2), "regime": by["n"]}
    return counts, {"gridDelta": grid["delta"], "gridAbsolute": grid["absolute"],
                    "regimeDelta": by["delta"], "regimeSquare": by["square"]}


if __name__ == "__main__":
    stored = pd.DataFrame(dict(zip(W["columns"], columns_of(sys.argv[2], int(sys.argv[3])))))
    line(lambda: chain(stored), int(sys.argv[3]), int(sys.argv[4]))
