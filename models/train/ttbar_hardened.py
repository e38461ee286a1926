"""Trains models/ttbar_hardened.onnx: the network of ttbar_leptons, trained on events that are changed against it.

In every batch the events are moved inside the box of their uncertainties by projected gradient descent before the
weights are (A. Madry et al., arXiv:1706.06083).

python ttbar_hardened.py SAMPLE
"""

import sys

import numpy as np

import attack
import card as cards
import mlp
import onnx_file
import ttbar
from events import take

NAME = "ttbar_hardened"
SIZE, STEPS = 1.5, 3

card, (inputs, label), test = ttbar.load(NAME)
x = cards.preprocess(card, inputs)
rng = np.random.default_rng(62)
net = mlp.create([x.shape[1], 64, 64, 1], "Relu", rng)


def against(net, rows):
    moved = attack.descend(card, net, take(inputs, rows), label[rows], SIZE, STEPS, rng)
    return cards.preprocess(card, moved)


mlp.train(
    net, x, label[:, None], mlp.cross_entropy_slope, epochs=40, batch=512, rate=2e-3, decay=1e-3, rng=rng, change=against
)
ttbar.finish(NAME, card, onnx_file.network(net, {"features": x.shape[1]}, "logit"), len(label), test)
