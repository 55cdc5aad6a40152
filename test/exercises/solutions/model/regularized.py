# The course's second model: L2 or dropout, by functions of its own folder.
import numpy as np
from reg_utils import *
from passes import backward_with_dropout, backward_with_l2, forward_with_dropout


def predict(X, y, parameters):
    A3, _ = forward_propagation(X, parameters)
    return np.where(A3 > 0.5, 1, 0)


def model(X, Y, learning_rate=0.3, num_iterations=30000, print_cost=True, lambd=0, keep_prob=1):
    parameters = initialize_parameters([X.shape[0], 20, 3, 1])
    for i in range(num_iterations):
        if keep_prob == 1:
            a3, cache = forward_propagation(X, parameters)
        else:
            a3, cache = forward_with_dropout(X, parameters, keep_prob)
        assert lambd == 0 or keep_prob == 1
        if lambd != 0:
            grads = backward_with_l2(X, Y, cache, lambd)
        elif keep_prob < 1:
            grads = backward_with_dropout(X, Y, cache, keep_prob)
        else:
            grads = backward_propagation(X, Y, cache)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters
