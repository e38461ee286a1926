"""The chain with NumPy and scikit-learn, one thread, in blocks that stay in the cache.
Usage: numpy_chain.py f32|f64 FOLDER EVENTS REPETITIONS"""
import sys

import numpy as np
from sklearn.cluster import KMeans

from python_peer import columns_of, line, workload

BLOCK = 32768
W = workload()
TYPE = {"f32": np.float32, "f64": np.float64}[sys.argv[1]]
CENTROIDS = np.array(W["centroids"], TYPE)
NEAREST = KMeans(len(CENTROIDS), init=CENTROIDS, n_init=1, max_iter=1).fit(CENTROIDS)
# The fit takes the mean off and adds it again, which rounds.
assert np.allclose(NEAREST.cluster_centers_, CENTROIDS)
NEAREST.cluster_centers_ = CENTROIDS


def slot(x, bins):
    n, low, high = bins
    return np.floor(np.clip((x - low) * (n / (high - low)), -1, n)).astype(np.intp) + 1


def mass(pt1, eta1, phi1, pt2, eta2, phi2):
    return np.sqrt(2 * pt1 * pt2 * (np.cosh(eta1 - eta2) - np.cos(phi1 - phi2)))


def chain(columns):
    deltas, cells = W["delta"][0] + 2, W["ht"][0] + 2
    regimes = len(CENTROIDS)
    size = {"delta": regimes * deltas, "grid": cells * (W["deta"][0] + 2), "mass": W["mass"][0] + 2, "regime": regimes}
    counts = {name: np.zeros(n, np.int64) for name, n in size.items()}
    sums = {"gridDelta": np.zeros(size["grid"]), "gridAbsolute": np.zeros(size["grid"]),
            "regimeDelta": np.zeros(regimes), "regimeSquare": np.zeros(regimes)}
    for start in range(0, len(columns[0]), BLOCK):
        c = [column[start:start + BLOCK].astype(TYPE, copy=False) for column in columns]
        ht, deta = c[0] + c[3], np.abs(c[1] - c[4])
        truth, reco = mass(*c[:6]), mass(*c[6:])
        delta = (reco - truth) / truth
        x = np.column_stack([(ht - W["mean"][0]) / W["width"][0], (deta - W["mean"][1]) / W["width"][1]])
        regime = NEAREST.predict(x)
        cell = slot(deta, W["deta"]) * cells + slot(ht, W["ht"])
        for name, at in (("delta", regime * deltas + slot(delta, W["delta"])), ("grid", cell),
                         ("mass", slot(reco, W["mass"])), ("regime", regime)):
            counts[name] += np.bincount(at, minlength=size[name])
        for name, at, y in (("gridDelta", cell, delta), ("gridAbsolute", cell, np.abs(delta)),
                            ("regimeDelta", regime, delta), ("regimeSquare", regime, delta * delta)):
            sums[name] += np.bincount(at, weights=y, minlength=len(sums[name]))
    return counts, sums


if __name__ == "__main__":
    columns = columns_of(sys.argv[2], int(sys.argv[3]))
    line(lambda: chain(columns), int(sys.argv[3]), int(sys.argv[4]))
