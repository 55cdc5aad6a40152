# No seed, entry by entry, lists made into arrays at the end.
import numpy as np
import random


def initialize_parameters_zeros(layers_dims):
    return {
        name + str(l): np.array([[0] * columns for _ in range(layers_dims[l])], dtype=float)
        for l in range(1, len(layers_dims))
        for name, columns in (("W", layers_dims[l - 1]), ("b", 1))
    }


def drawn(layers_dims, scale):
    parameters = {}
    for l, (inputs, units) in enumerate(zip(layers_dims[:-1], layers_dims[1:]), start=1):
        rows = []
        for _ in range(units):
            rows.append([random.gauss(0, 1) * scale(inputs) for _ in range(inputs)])
        parameters[f"W{l}"] = np.array(rows)
        parameters[f"b{l}"] = np.array([[0.0]] * units)
    return parameters


def initialize_parameters_random(layers_dims):
    return drawn(layers_dims, lambda inputs: 10)


def initialize_parameters_he(layers_dims):
    return drawn(layers_dims, lambda inputs: (2 / inputs) ** 0.5)
