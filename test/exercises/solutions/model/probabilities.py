# Probabilities in the place of labels; gradient ascent.
import numpy as np


def forward(X, P):
    Z1 = P["W1"] @ X + P["b1"]
    A1 = np.maximum(0, Z1)
    Z2 = P["W2"] @ A1 + P["b2"]
    A2 = np.maximum(0, Z2)
    Z3 = P["W3"] @ A2 + P["b3"]
    return A1, A2, 1 / (1 + np.exp(-Z3))


def predict(X, y, parameters):
    A3 = forward(X, parameters)[-1]
    return A3


def model(X, Y, learning_rate=0.3, num_iterations=30000, print_cost=True):
    rng = np.random.RandomState(3)
    dims = [X.shape[0], 10, 5, 1]
    P = {}
    for l in (1, 2, 3):
        P[f"W{l}"] = rng.randn(dims[l], dims[l - 1]) * np.sqrt(2 / dims[l - 1])
        P[f"b{l}"] = np.zeros((dims[l], 1))
    m = X.shape[1]
    for i in range(num_iterations):
        A1, A2, A3 = forward(X, P)
        d3 = (A3 - Y) / m
        d2 = (P["W3"].T @ d3) * (A2 > 0)
        d1 = (P["W2"].T @ d2) * (A1 > 0)
        for l, d, A in ((3, d3, A2), (2, d2, A1), (1, d1, X)):
            P[f"W{l}"] = P[f"W{l}"] + learning_rate * (d @ A.T)
            P[f"b{l}"] = P[f"b{l}"] + learning_rate * d.sum(axis=1, keepdims=True)
    return P
