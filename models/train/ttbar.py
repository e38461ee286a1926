"""What the scripts of the tt̄ classifiers share: training and test events of a card, and what becomes of its files."""

import sys

import numpy as np

import card as cards
import onnx_file
import validation
from events import bundled, read, take


def load(name):
    """Card, inputs and labels of the events to train on, and of those that are bundled."""
    card = cards.read(name)
    events = read(sys.argv[1])
    kept = bundled(events["event"])
    train, test = take(events, ~kept), take(events, kept)
    part = lambda some: (cards.features(card, some), some["label"])
    return card, part(train), part(test)


def finish(name, card, model, events, test):
    """Writes the ONNX file and the validation vectors, and the card's entries that depend on them."""
    path = cards.MODELS / f"{name}.onnx"
    sha256 = onnx_file.write(model, path)
    inputs, label = test
    entry = card["outputs"][0]
    tensor = model.graph.input[0].name
    out = onnx_file.run(path, {tensor: cards.preprocess(card, inputs)}, entry["tensor"])[:, entry.get("index", 0)]
    validation.write(name, inputs, {entry["name"]: out})
    area, error = validation.auc(out, label)
    cards.fill(
        name,
        {
            r"(?<=\nsha256: )\w+": sha256,
            r"(?<=\n  events: )\d+": str(events),
            r"(?<=AUC )\S+ ± \S+": f"{area:.5f} ± {error:.5f}",
        },
    )
    right = np.mean((out > (0 if entry["meaning"] == "logit" else 0.5)) == label)
    print(f"{name}: {path.stat().st_size} bytes, AUC {area:.5f} ± {error:.5f}, right {right:.4f}")
