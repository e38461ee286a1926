"""The same chain with NumPy, scikit-learn and pyarrow, one thread: formulas, k-means (fitted on 100,000 events, best of
10), regimes, response by regime with quantiles, grid and histograms. Prints events, seconds and peak memory as JSON."""
import json, os, resource, sys, time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq
from sklearn.cluster import KMeans
from sklearn.preprocessing import StandardScaler

pa.set_cpu_count(1)
file = sys.argv[1]
names = [f"{k}_l{i}_{v}" for k in ("gen", "reco") for i in (1, 2) for v in ("pt", "eta", "phi")]
start, busy = time.perf_counter(), time.process_time()
table = pq.read_table(file, columns=names, use_threads=False) if file.endswith("parquet") else pa.ipc.open_file(pa.memory_map(file)).read_all()
c = {n: table[n].to_numpy().astype(np.float64) for n in names}


def mass(k):
    deta = c[f"{k}_l1_eta"] - c[f"{k}_l2_eta"]
    dphi = c[f"{k}_l1_phi"] - c[f"{k}_l2_phi"]
    return np.sqrt(2 * c[f"{k}_l1_pt"] * c[f"{k}_l2_pt"] * (np.cosh(deta) - np.cos(dphi)))


ht = c["gen_l1_pt"] + c["gen_l2_pt"]
deta = np.abs(c["gen_l1_eta"] - c["gen_l2_eta"])
truth, reco = mass("gen"), mass("reco")
delta = (reco - truth) / truth
x = StandardScaler().fit_transform(np.column_stack([ht, deta]))
regime = KMeans(4, n_init=10, random_state=0).fit(x[:100_000]).predict(x)
for r in range(4):
    d = delta[regime == r]
    d.mean(), d.std(), np.abs(d).mean(), np.quantile(d, [0.1587, 0.25, 0.5, 0.75, 0.8413])
    np.histogram(d, 4000, (-1, 1))
edges = [0, 20, 40, 60, 100, 150, 200, 300, 400, 600, 800, 1000, np.inf]
for low, high in zip(edges, edges[1:]):
    d = delta[(ht >= low) & (ht < high)]
    if len(d):
        d.mean(), d.std(), np.quantile(d, [0.1587, 0.5, 0.8413])
for w in (None, delta, np.abs(delta)):
    np.histogram2d(ht, deta, [200, 50], [[0, 4000], [0, 10]], weights=w)
for m in (truth, reco):
    np.histogram(m, 120, (60, 120))
print(json.dumps({"events": len(delta), "wallSeconds": time.perf_counter() - start, "cpuSeconds": time.process_time() - busy,
                  "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
