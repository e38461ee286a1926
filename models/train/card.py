"""A model card as the training scripts use it: the inputs, their preprocessing and their uncertainties stand there alone."""

import re
from pathlib import Path

import numpy as np
import yaml

MODELS = Path(__file__).parents[1]

FUNCTIONS = {
    "abs": np.abs,
    "sqrt": np.sqrt,
    "cos": np.cos,
    "sin": np.sin,
    "hypot": np.hypot,
    "atan2": np.arctan2,
    "where": np.where,
    "min": lambda *x: np.minimum.reduce(np.broadcast_arrays(*x)),
    "max": lambda *x: np.maximum.reduce(np.broadcast_arrays(*x)),
    "delta_phi": lambda a, b: np.pi - np.mod(np.pi - (a - b), 2 * np.pi),
    "mass": lambda pt1, eta1, phi1, pt2, eta2, phi2: np.sqrt(
        2 * pt1 * pt2 * (np.cosh(eta1 - eta2) - np.cos(phi1 - phi2))
    ),
}


def read(name):
    return yaml.safe_load((MODELS / f"{name}.card.yaml").read_text(encoding="utf8"))


def evaluate(formula, columns):
    """A formula of the card: the part of the language of docs/formulas.md that the cards here use."""
    text = str(formula).replace("^", "**")
    return eval(text, {"__builtins__": {}}, {**FUNCTIONS, **columns}) + np.zeros(len(next(iter(columns.values()))))


def features(card, columns):
    """Inputs as the card defines them: name -> column."""
    return {i["name"]: evaluate(i.get("formula", i["name"]), columns) for i in card["inputs"]}


def preprocess(card, inputs):
    """What the model gets: rows x inputs."""
    out = []
    for entry in card["inputs"]:
        p = entry.get("preprocess", {})
        x = inputs[entry["name"]]
        x = np.log1p(x) if p.get("log", False) else x
        out.append((x - p.get("shift", 0)) / p.get("scale", 1))
    return np.stack(out, axis=1)


def sigma(entry, inputs):
    """Uncertainty of an input; 0 where it is held."""
    u = entry.get("uncertainty")
    x = inputs[entry["name"]]
    if u is None:
        return np.zeros_like(x)
    if "absolute" in u:
        return np.full_like(x, u["absolute"])
    return u["relative"] * np.abs(x) if "relative" in u else evaluate(u["formula"], inputs)


def follow(card, inputs, nominal):
    """Inputs that follow from others, made anew of the changed ones."""
    names = {**inputs, **{f"nominal_{name}": x for name, x in nominal.items()}}
    return {
        i["name"]: evaluate(i["follows"], names) if "follows" in i else inputs[i["name"]] for i in card["inputs"]
    }


def fill(name, entries):
    """Replaces what a training run finds out, `key: value` or a line with ` key 0.9 ± 0.1 `, in the card's text."""
    path = MODELS / f"{name}.card.yaml"
    text = path.read_text(encoding="utf8")
    for pattern, value in entries.items():
        text, n = re.subn(pattern, value, text)
        if n != 1:
            raise SystemExit(f"{path.name}: {pattern} is there {n} times, not once")
    path.write_text(text, encoding="utf8")
