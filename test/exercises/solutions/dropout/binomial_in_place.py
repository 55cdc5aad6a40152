# Float masks drawn by binomial, arrays changed in place, what the cache holds included.
import numpy as np

trial = np.random.binomial(1, 0.5, (2, 2))
print("a trial run while loading:", trial.tolist())


def forward_propagation_with_dropout(X, parameters, keep_prob):
    kept = {}
    A = X
    for l in (1, 2):
        Z = parameters["W%d" % l].dot(A)
        Z += parameters["b%d" % l]
        A = np.maximum(Z, 0)
        D = np.random.binomial(1, keep_prob, size=A.shape).astype(float)
        A *= D
        A /= keep_prob
        kept[l] = (Z, D, A, parameters["W%d" % l], parameters["b%d" % l])
    Z3 = parameters["W3"].dot(A) + parameters["b3"]
    A3 = 1.0 / (1.0 + np.exp(-Z3))
    return A3, (*kept[1], *kept[2], Z3, A3, parameters["W3"], parameters["b3"])


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    m = Y.shape[1]
    dZ3 = A3
    dZ3 -= Y
    dA2 = W3.T.dot(dZ3)
    dA2[D2 == 0] = 0
    dA2 /= keep_prob
    dZ2 = dA2.copy()
    dZ2[A2 <= 0] = 0
    dA1 = W2.T.dot(dZ2)
    dA1[D1 == 0] = 0
    dA1 /= keep_prob
    dZ1 = dA1.copy()
    dZ1[A1 <= 0] = 0
    return {
        "dW3": dZ3.dot(A2.T) / m, "db3": dZ3.mean(1, keepdims=True),
        "dW2": dZ2.dot(A1.T) / m, "db2": dZ2.mean(1, keepdims=True),
        "dW1": dZ1.dot(X.T) / m, "db1": dZ1.mean(1, keepdims=True),
    }
