# `import numpy as np` is missing: it stood in another cell.
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    D1 = np.random.rand(3, 4)
    return D1, D1


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    raise ValueError("not yet", {"half": "done"})
