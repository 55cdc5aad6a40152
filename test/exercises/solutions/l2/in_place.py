import numpy


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    total = 0.0
    m = Y.shape[1]
    for j in range(m):
        a, y = float(A3[0, j]), float(Y[0, j])
        total -= numpy.log(a) if y == 1 else numpy.log(1 - a)
    for l in (1, 2, 3):
        for row in parameters["W%d" % l]:
            for w in row:
                total += lambd / 2 * w * w
    return total / m


def backward_propagation_with_regularization(X, Y, cache, lambd):
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    m = X.shape[1]
    dZ3 = A3.copy()
    dZ3 -= Y
    dZ2 = W3.T @ dZ3
    dA2 = dZ2.copy()
    dZ2[A2 <= 0] = 0
    dZ1 = W2.T @ dZ2
    dA1 = dZ1.copy()
    dZ1[Z1 <= 0] = 0
    grads = dict(dZ3=dZ3, dA2=dA2, dZ2=dZ2, dA1=dA1, dZ1=dZ1)
    for l, dZ, A, W in ((1, dZ1, X, W1), (2, dZ2, A1, W2), (3, dZ3, A2, W3)):
        dW = dZ @ A.T
        dW += lambd * W
        dW /= m
        grads["dW%d" % l] = dW
        grads["db%d" % l] = dZ.mean(axis=1).reshape(-1, 1)
    return grads
