"""Trains models/ttbar_mlp.onnx: a network on all features, which standardises them itself.

python ttbar_mlp.py SAMPLE
"""

import numpy as np

import card as cards
import mlp
import onnx_file
import ttbar

NAME = "ttbar_mlp"

card, (inputs, label), test = ttbar.load(NAME)
x = cards.preprocess(card, inputs)
shift, scale = (np.asarray(v, dtype=np.float32).astype(float) for v in (x.mean(axis=0), x.std(axis=0)))
rng = np.random.default_rng(61)
net = mlp.create([x.shape[1], 64, 64, 1], "Relu", rng)
mlp.train(
    net,
    (x - shift) / scale,
    label[:, None],
    mlp.cross_entropy_slope,
    epochs=30,
    batch=512,
    rate=2e-3,
    decay=1e-2,
    rng=rng,
)
model = onnx_file.network(net, {"features": x.shape[1]}, "logit", shift=shift, scale=scale)
ttbar.finish(NAME, card, model, len(label), test)
