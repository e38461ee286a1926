"""A small multi-layer perceptron in NumPy: y = W_n a(... a(W_1 x + b_1) ...) + b_n, trained with Adam.

D. P. Kingma, J. Ba, Adam: A Method for Stochastic Optimization, arXiv:1412.6980.
"""

import numpy as np

ACTIVATIONS = {  # value, derivative as a function of the value
    "Relu": (lambda z: np.maximum(z, 0), lambda a: (a > 0).astype(a.dtype)),
    "Tanh": (np.tanh, lambda a: 1 - a * a),
}


def create(sizes, activation, rng):
    """Weights drawn as He et al. (arXiv:1502.01852) for Relu and as Glorot and Bengio for Tanh; offsets 0."""
    gain = 2 if activation == "Relu" else 1
    pairs = list(zip(sizes[:-1], sizes[1:]))
    return {
        "activation": activation,
        "weights": [rng.normal(0, np.sqrt(gain / n), (n, m)) for n, m in pairs],
        "offsets": [np.zeros(m) for _, m in pairs],
    }


def layers(net, x):
    """Values of every layer, the input first and the output last."""
    act, _ = ACTIVATIONS[net["activation"]]
    values = [x]
    last = len(net["weights"]) - 1
    for k, (w, b) in enumerate(zip(net["weights"], net["offsets"])):
        z = values[-1] @ w + b
        values.append(z if k == last else act(z))
    return values


def predict(net, x):
    return layers(net, x)[-1]


def backward(net, values, slope):
    """d loss / d (weights, offsets, input), of slope = d loss / d output."""
    _, derivative = ACTIVATIONS[net["activation"]]
    weights, offsets = [], []
    for k in reversed(range(len(net["weights"]))):
        weights.insert(0, values[k].T @ slope)
        offsets.insert(0, slope.sum(axis=0))
        slope = slope @ net["weights"][k].T
        if k > 0:
            slope = slope * derivative(values[k])
    return weights, offsets, slope


def cross_entropy_slope(logit, label):
    return (1 / (1 + np.exp(-logit)) - label) / len(label)


def squared_slope(output, target):
    return 2 * (output - target) / len(target)


def train(net, x, y, slope, *, epochs, batch, rate, rng, change=None, decay=0.0):
    """Adam with a rate that falls to 0 as a cosine. `change(net, rows)` gives the inputs of a batch in place of x[rows]."""
    parameters = net["weights"] + net["offsets"]
    mean = [np.zeros_like(p) for p in parameters]
    square = [np.zeros_like(p) for p in parameters]
    steps = epochs * (len(y) // batch)
    step = 0
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y) - batch + 1, batch):
            rows = order[start : start + batch]
            inputs = x[rows] if change is None else change(net, rows)
            values = layers(net, inputs)
            weights, offsets, _ = backward(net, values, slope(values[-1], y[rows]))
            step += 1
            now = rate * 0.5 * (1 + np.cos(np.pi * step / steps))
            for p, g, m, v in zip(parameters, weights + offsets, mean, square):
                m += 0.1 * (g - m)
                v += 0.001 * (g * g - v)
                p -= now * (m / (1 - 0.9**step) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8) + decay * p)
    return net
