"""Projected gradient descent in the box of a card's uncertainties (A. Madry et al., arXiv:1706.06083).

What follows from other inputs is made anew at every step, and the gradient goes through it.
"""

import numpy as np

import card as cards
import mlp


def free_inputs(card):
    return [i for i in card["inputs"] if "uncertainty" in i]


def gradient(card, net, inputs, nominal, sigma, step=0.05):
    """d logit / d pull of each free input: the network's own gradient times central differences of what it reads."""
    values = mlp.layers(net, cards.preprocess(card, inputs))
    by_input = mlp.backward(net, values, np.ones_like(values[-1]))[2]
    out = {}
    for name, s in sigma.items():
        up, down = (
            cards.preprocess(card, cards.follow(card, {**inputs, name: inputs[name] + sign * step * s}, nominal))
            for sign in (1, -1)
        )
        out[name] = ((up - down) * by_input).sum(axis=1) / (2 * step)
    return out


def descend(card, net, nominal, label, size, steps, rng):
    """Inputs inside |x' - x| <= size sigma and the card's ranges that lower the logit towards the wrong side."""
    sigma = {i["name"]: cards.sigma(i, nominal) for i in free_inputs(card)}
    ends = {i["name"]: [np.nan if e is None else e for e in i.get("range", [None, None])] for i in free_inputs(card)}
    pulls = {name: rng.uniform(-size, size, len(label)) for name in sigma}
    side = np.where(label == 1, -1, 1)

    def moved():
        changed = dict(nominal)
        for name, s in sigma.items():
            low, high = ends[name]
            changed[name] = np.fmin(np.fmax(nominal[name] + pulls[name] * s, low), high)
        return cards.follow(card, changed, nominal)

    for k in range(steps):
        slope = gradient(card, net, moved(), nominal, sigma)
        stride = 2 * size / (k + 2)
        for name in pulls:
            pulls[name] = np.clip(pulls[name] + stride * side * np.sign(slope[name]), -size, size)
    return moved()
