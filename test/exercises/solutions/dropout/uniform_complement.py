# Keeps where a uniform number is at least 1 - keep_prob, which is as often; the dropped are set by their index.
import numpy as np
import plain_helpers as h


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    (W1, b1, W2, b2, W3, b3) = h.unpack(parameters)
    Z1 = np.dot(W1, X) + b1
    A1 = h.relu(Z1)
    D1 = np.where(np.random.uniform(0, 1, A1.shape) >= 1 - keep_prob, 1, 0)
    A1[D1 == 0] = 0
    A1 = np.divide(A1, keep_prob)
    Z2 = np.dot(W2, A1) + b2
    A2 = h.relu(Z2)
    D2 = np.where(np.random.uniform(0, 1, A2.shape) >= 1 - keep_prob, 1, 0)
    A2[D2 == 0] = 0
    A2 = np.divide(A2, keep_prob)
    Z3 = np.dot(W3, A2) + b3
    A3 = h.sigmoid(Z3)
    return (A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3))


def backward_propagation_with_dropout(X, Y, cache, keep_prob=0.5):
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    m = X.shape[1]
    assert A3.shape == (1, m) and W3.shape[0] == 1 and D1.shape == A1.shape
    dZ3 = A3 - Y
    dW3 = (1 / m) * np.matmul(dZ3, np.transpose(A2))
    db3 = (1 / m) * np.sum(dZ3).reshape(1, 1)
    dZ2 = np.copy(np.matmul(np.transpose(W3), dZ3))
    dZ2[D2 == 0] = 0
    dZ2[Z2 < 0] = 0
    dZ2 /= keep_prob
    dW2 = (1 / m) * np.matmul(dZ2, np.transpose(A1))
    db2 = (1 / m) * np.array([[row.sum()] for row in dZ2])
    dZ1 = np.copy(np.matmul(np.transpose(W2), dZ2))
    dZ1[D1 == 0] = 0
    dZ1[Z1 < 0] = 0
    dZ1 /= keep_prob
    dW1 = (1 / m) * np.matmul(dZ1, np.transpose(X))
    db1 = (1 / m) * np.array([[row.sum()] for row in dZ1])
    return {"db1": db1, "dW1": dW1, "db2": db2, "dW2": dW2, "db3": db3, "dW3": dW3}
