# Only dW and db, by einsum; the cost by a loop over parameters that start with W, in a matrix of 1 x 1.
import numpy as np


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    cost = -(np.dot(Y, np.log(A3).T) + np.dot(1 - Y, np.log(1 - A3).T)) / m
    for name, value in parameters.items():
        if name.startswith("W"):
            cost += lambd / (2 * m) * np.linalg.norm(value) ** 2
    return np.squeeze(cost)


def backward_propagation_with_regularization(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = Y.shape[1]
    grads = {}
    dZ = A3 - Y
    for l, (A, W, Z) in enumerate(((A2, W3, Z2), (A1, W2, Z1), (X, W1, None))):
        grads[f"dW{3 - l}"] = np.einsum("ij,kj->ik", dZ, A) / m + lambd * W / m
        grads[f"db{3 - l}"] = np.einsum("ij->i", dZ)[:, None] / m
        if Z is not None:
            dZ = np.einsum("ji,jk->ik", W, dZ) * (Z > 0)
    return grads
