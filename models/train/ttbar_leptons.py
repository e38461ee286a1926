"""Trains models/ttbar_leptons.onnx: a network on the leptons and the missing momentum alone, the harder task.

python ttbar_leptons.py SAMPLE
"""

import numpy as np

import card as cards
import mlp
import onnx_file
import ttbar

NAME = "ttbar_leptons"

card, (inputs, label), test = ttbar.load(NAME)
x = cards.preprocess(card, inputs)
rng = np.random.default_rng(62)
net = mlp.create([x.shape[1], 64, 64, 1], "Relu", rng)
mlp.train(net, x, label[:, None], mlp.cross_entropy_slope, epochs=40, batch=512, rate=2e-3, decay=1e-3, rng=rng)
ttbar.finish(NAME, card, onnx_file.network(net, {"features": x.shape[1]}, "logit"), len(label), test)
