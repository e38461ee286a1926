"""The chain with River, an event at a time, as its pipelines are: standardise, nearest centroid, statistics by regime and
by cell. Usage: river_chain.py f64 FOLDER EVENTS REPETITIONS"""
import math, sys
from collections import Counter, defaultdict

from river import cluster, stats

from python_peer import columns_of, line, workload

W = workload()


def slot(x, bins):
    n, low, high = bins
    return math.floor(max(-1, min((x - low) * (n / (high - low)), n))) + 1


def mass(e, kind):
    deta, dphi = e[f"{kind}_l1_eta"] - e[f"{kind}_l2_eta"], e[f"{kind}_l1_phi"] - e[f"{kind}_l2_phi"]
    return math.sqrt(2 * e[f"{kind}_l1_pt"] * e[f"{kind}_l2_pt"] * (math.cosh(deta) - math.cos(dphi)))


def chain(events):
    nearest = cluster.KMeans(n_clusters=len(W["centroids"]))
    nearest.centers = {r: {"u": u, "v": v} for r, (u, v) in enumerate(W["centroids"])}
    deltas, cells, regimes = W["delta"][0] + 2, W["ht"][0] + 2, len(W["centroids"])
    size = {"delta": regimes * deltas, "grid": cells * (W["deta"][0] + 2), "mass": W["mass"][0] + 2, "regime": regimes}
    counted = {name: Counter() for name in size}
    summed = {name: defaultdict(stats.Sum) for name in ("gridDelta", "gridAbsolute", "regimeDelta", "regimeSquare")}
    for e in events:
        ht, deta = e["gen_l1_pt"] + e["gen_l2_pt"], abs(e["gen_l1_eta"] - e["gen_l2_eta"])
        truth, reco = mass(e, "gen"), mass(e, "reco")
        delta = (reco - truth) / truth
        regime = nearest.predict_one({"u": (ht - W["mean"][0]) / W["width"][0], "v": (deta - W["mean"][1]) / W["width"][1]})
        cell = slot(deta, W["deta"]) * cells + slot(ht, W["ht"])
        counted["delta"][regime * deltas + slot(delta, W["delta"])] += 1
        counted["grid"][cell] += 1
        counted["mass"][slot(reco, W["mass"])] += 1
        counted["regime"][regime] += 1
        summed["gridDelta"][cell].update(delta)
        summed["gridAbsolute"][cell].update(abs(delta))
        summed["regimeDelta"][regime].update(delta)
        summed["regimeSquare"][regime].update(delta * delta)
    counts = {name: [counted[name][i] for i in range(n)] for name, n in size.items()}
    sums = {name: [summed[name][i].get() if i in summed[name] else 0.0
                   for i in range(size["grid" if name.startswith("grid") else "regime"])] for name in summed}
    return counts, sums


if __name__ == "__main__":
    columns = [column.tolist() for column in columns_of(sys.argv[2], int(sys.argv[3]))]
    events = [dict(zip(W["columns"], row)) for row in zip(*columns)]
    line(lambda: chain(events), int(sys.argv[3]), int(sys.argv[4]))
