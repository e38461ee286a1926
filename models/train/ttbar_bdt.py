"""Trains models/ttbar_bdt.onnx: gradient-boosted trees on the leptons and the missing momentum alone.

python ttbar_bdt.py SAMPLE
"""

import numpy as np
from skl2onnx import to_onnx
from sklearn.ensemble import GradientBoostingClassifier

import card as cards
import onnx_file
import ttbar

NAME = "ttbar_bdt"

card, (inputs, label), test = ttbar.load(NAME)
x = cards.preprocess(card, inputs)
trees = GradientBoostingClassifier(
    n_estimators=120, max_depth=4, learning_rate=0.15, subsample=0.7, min_samples_leaf=50, random_state=63
)
trees.fit(x.astype(np.float32), label.astype(int))
model = to_onnx(
    trees,
    x[:1].astype(np.float32),
    options={id(trees): {"zipmap": False}},
    target_opset={"": onnx_file.OPSET, "ai.onnx.ml": 3},
)
model.ir_version = onnx_file.IR
ttbar.finish(NAME, card, model, len(label), test)
