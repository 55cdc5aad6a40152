"""NumPy, PyTorch and scikit-learn on one job: peers.py JOB numpy|torch|sklearn. Prints microseconds a step as JSON."""
import json
import math
import os
import sys
import time

job = json.load(open(sys.argv[1]))
threads = str(job["threads"])
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = threads

import numpy as np

CHECK = 20
sizes, activations, m, rate = job["sizes"], job["activations"], job["examples"], job["learningRate"]
dtype = np.dtype(job["dtype"])
X = np.array(job["X"]).reshape(sizes[0], m).astype(dtype)
labels = np.array(job["labels"])
outputs = sizes[-1]
Y = labels.reshape(1, m).astype(dtype) if outputs == 1 else np.eye(outputs)[:, labels].astype(dtype)


def parameters():
    theta, at, result = np.array(job["theta"]), 0, []
    for k, n in zip(sizes, sizes[1:]):
        W = theta[at:at + n * k].reshape(n, k).astype(dtype)
        at += n * k
        result.append([W, theta[at:at + n].reshape(n, 1).astype(dtype)])
        at += n
    return result


def time_steps(run):
    """As timeSteps in measure.js."""
    def seconds_of(steps):
        start = time.perf_counter()
        run(steps)
        return time.perf_counter() - start
    steps = 1
    seconds = seconds_of(steps)
    while seconds < 0.1 and steps < 4_000_000:
        steps = max(steps + 1, min(steps * 10, math.ceil(steps * 0.12 / max(seconds, 1e-4))))
        seconds = seconds_of(steps)
    for _ in range(5):
        seconds = min(seconds, seconds_of(steps))
    return seconds / steps * 1e6


def forward(P, A, masks=None):
    caches = [A]
    for l, (W, b) in enumerate(P):
        Z = W @ A + b
        g = activations[l]
        if g == "relu":
            A = np.maximum(0, Z)
        elif g == "tanh":
            A = np.tanh(Z)
        elif g == "sigmoid":
            A = 1 / (1 + np.exp(-Z))
        else:
            E = np.exp(Z - Z.max(axis=0, keepdims=True))
            A = E / E.sum(axis=0, keepdims=True)
        if masks is not None and l < len(P) - 1:
            A = A * masks[l] / job["keep"]
        caches.append(A)
    return A, caches


def numpy_step(P):
    masks = None
    if "keep" in job:
        if "reseed" in job:
            np.random.seed(job["reseed"])
        masks = [np.random.rand(n, m) < job["keep"] for n in sizes[1:-1]]
    A, caches = forward(P, X, masks)
    if outputs == 1:
        cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    else:
        cost = -np.sum(Y * np.log(A)) / m
    dZ = A - Y
    for l in range(len(P) - 1, -1, -1):
        W, b = P[l]
        dW = dZ @ caches[l].T / m
        db = np.sum(dZ, axis=1, keepdims=True) / m
        if l > 0:
            dA = W.T @ dZ
            if masks is not None:
                dA = dA * masks[l - 1] / job["keep"]
            below = caches[l]
            dZ = dA * (below > 0) if activations[l - 1] == "relu" else dA * (1 - below * below)
        P[l][0] = W - rate * dW
        P[l][1] = b - rate * db
    return cost


def run_numpy():
    if job["kind"] == "predict":
        P = parameters()
        return time_steps(lambda n: [forward(P, X) for _ in range(n)]), float(forward(P, X)[0].flat[0])
    P = parameters()
    for _ in range(CHECK):
        numpy_step(P)
    # Masks of another generator lead to another cost.
    check = None if "keep" in job and "reseed" not in job else float(numpy_step(P))
    P = parameters()
    return time_steps(lambda n: [numpy_step(P) for _ in range(n)]), check


def run_torch():
    import torch
    import torch.nn.functional as F
    torch.set_num_threads(job["threads"])
    kind = torch.float64 if dtype == np.float64 else torch.float32
    x = torch.tensor(X.T.copy(), dtype=kind)
    y = torch.tensor(Y.T.copy(), dtype=kind) if outputs == 1 else torch.tensor(labels)
    hidden = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh, "gelu": torch.nn.GELU, "silu": torch.nn.SiLU}
    layers = []
    for l, (W, b) in enumerate(parameters()):
        linear = torch.nn.Linear(W.shape[1], W.shape[0]).to(kind)
        linear.weight.data.copy_(torch.tensor(W))
        linear.bias.data.copy_(torch.tensor(b[:, 0]))
        layers.append(linear)
        if l < len(sizes) - 2:
            if "norm" in job:
                norm = {"batchNorm": torch.nn.BatchNorm1d, "layerNorm": torch.nn.LayerNorm}[job["norm"]]
                layers.append(norm(sizes[l + 1]).to(kind))
            layers.append(hidden[activations[l]]())
            if "keep" in job:
                layers.append(torch.nn.Dropout(1 - job["keep"]))
    model = torch.nn.Sequential(*layers)
    head = torch.sigmoid if outputs == 1 else lambda z: torch.softmax(z, 1)
    if job["kind"] == "predict":
        model.eval()

        def predictions(n):
            with torch.no_grad():
                for _ in range(n):
                    p = head(model(x))
            return p
        return time_steps(predictions), float(predictions(1).flatten()[0])
    loss = F.binary_cross_entropy_with_logits if outputs == 1 else F.cross_entropy
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)

    def steps(n):
        for _ in range(n):
            optimizer.zero_grad()
            cost = loss(model(x), y)
            cost.backward()
            optimizer.step()
        return cost.item()
    check = steps(CHECK + 1)
    return time_steps(steps), None if "keep" in job else check


def run_sklearn():
    import warnings
    from sklearn.neural_network import MLPClassifier
    warnings.filterwarnings("ignore")
    if activations[0] not in ("relu", "tanh") or "keep" in job:
        raise SystemExit("scikit-learn has no such network")
    model = MLPClassifier(sizes[1:-1], activation=activations[0], solver="sgd", alpha=0, batch_size=m,
                          learning_rate_init=rate, momentum=0, shuffle=False, max_iter=1)
    x = X.T.copy()
    model.partial_fit(x, labels, classes=np.arange(max(2, outputs)))
    for l, (W, b) in enumerate(parameters()):
        model.coefs_[l] = W.T.copy()
        model.intercepts_[l] = b[:, 0].copy()
    model._optimizer.params = model.coefs_ + model.intercepts_
    if job["kind"] == "predict":
        return time_steps(lambda n: [model.predict_proba(x) for _ in range(n)]), float(
            model.predict_proba(x)[0][1 if outputs == 1 else 0])
    for _ in range(CHECK + 1):
        model.partial_fit(x, labels)
    check = float(model.loss_)
    return time_steps(lambda n: [model.partial_fit(x, labels) for _ in range(n)]), check


def numpy_version():
    """With the BLAS it was built with, which large products depend on; NumPy tells it from 1.25 on."""
    try:
        blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    except TypeError:
        return np.__version__
    return f"{np.__version__} with {blas['name']} {blas['version']}"


who = sys.argv[2]
version = {"numpy": numpy_version, "torch": lambda: __import__("torch").__version__,
           "sklearn": lambda: __import__("sklearn").__version__}[who]()
microseconds, check = {"numpy": run_numpy, "torch": run_torch, "sklearn": run_sklearn}[who]()
print(json.dumps({"microseconds": microseconds, "check": check, "version": version}))
