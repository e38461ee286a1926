"""Trains models/mass_net.onnx: the mass of two leptons from their reconstructed p_T and directions.

It learns m = sqrt(2 pT1 pT2 (cosh Δη - cos Δφ)) from events whose H_T falls as steeply as in an inclusive sample (each
is taken with the chance (100 GeV / H_T)^4, at most 1): a fast reconstruction that works in the bulk and fails in the
tail, of which it has seen next to nothing. Events of samples/dilepton.parquet are left out.

python mass_net.py SAMPLE
"""

import sys

import numpy as np

import card as cards
import mlp
import onnx_file
import validation
from events import read, take

NAME = "mass_net"
SAMPLES = cards.MODELS.parent / "samples"

card = cards.read(NAME)
bundled = read(SAMPLES / "dilepton.parquet")
events = read(sys.argv[1])
h_t = events["gen_l1_pt"] + events["gen_l2_pt"]
seen = np.random.default_rng(64).random(len(h_t)) < np.minimum(1, 100 / h_t) ** 4
events = take(events, seen & ~np.isin(events["event"], bundled["event"]))


def mass(of, kind):
    p = [of[f"{kind}_{lepton}_{part}"] for lepton in ("l1", "l2") for part in ("pt", "eta", "phi")]
    return cards.FUNCTIONS["mass"](*p)


# A relative error counts: the target is (m - 91) / 91, the weight of an event (91 / m)^2, at most 4.
x = cards.preprocess(card, cards.features(card, events))
m = mass(events, "reco")
target = np.stack([(m - 91) / 91, 91 / m], axis=1)


def slope(output, y):
    return mlp.squared_slope(output, y[:, :1]) * np.minimum(y[:, 1:], 2) ** 2


rng = np.random.default_rng(65)
net = mlp.create([x.shape[1], 48, 48, 1], "Tanh", rng)
mlp.train(net, x, target, slope, epochs=300, batch=256, rate=4e-3, rng=rng)
net["weights"][-1] *= 91
net["offsets"][-1] = 91 * net["offsets"][-1] + 91

path = cards.MODELS / f"{NAME}.onnx"
sha256 = onnx_file.write(onnx_file.network(net, {"pt": 2, "angle": 2}, "mass"), path)
inputs = cards.features(card, bundled)
x = cards.preprocess(card, inputs)
out = onnx_file.run(path, {"pt": x[:, :2], "angle": x[:, 2:]}, "mass")[:, 0]
h_t = bundled["gen_l1_pt"] + bundled["gen_l2_pt"]
rows = h_t < 200
validation.write(NAME, take(inputs, rows), {"m_net": out[rows]})
cards.fill(NAME, {r"(?<=\nsha256: )\w+": sha256, r"(?<=\n  events: )\d+": str(len(m))})

print(f"{NAME}: {path.stat().st_size} bytes, trained on {len(m)} events")
net_to_reco = out / mass(bundled, "reco") - 1
response = out / mass(bundled, "gen") - 1
spread = lambda v: (np.quantile(v, 0.8413) - np.quantile(v, 0.1587)) / 2
for low, high in [(0, 40), (40, 60), (60, 100), (100, 150), (150, 200), (200, 300), (300, 400), (400, 600), (600, 1000)]:
    k = (h_t >= low) & (h_t < high)
    print(
        f"H_T {low}-{high}: n {k.sum()}, to reco median {np.median(net_to_reco[k]):+.4f} sigma68 {spread(net_to_reco[k]):.4f}"
        f", to truth median {np.median(response[k]):+.4f} sigma68 {spread(response[k]):.4f}"
    )
