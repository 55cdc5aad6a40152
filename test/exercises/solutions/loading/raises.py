import numpy as np

data = np.load("no_such_file.npy")


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    return None
