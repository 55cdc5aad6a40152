# NumPy's newer generators; He in float32.
import numpy as np

rng = np.random.default_rng(11)


def initialize_parameters_zeros(layers_dims):
    parameters = dict()
    for l in range(len(layers_dims) - 1):
        parameters.update({f"b{l+1}": np.zeros((layers_dims[l + 1], 1), np.float32)})
        parameters.update({f"W{l+1}": np.zeros((layers_dims[l + 1], layers_dims[l]), np.float32)})
    return parameters


def initialize_parameters_random(layers_dims):
    parameters = initialize_parameters_zeros(layers_dims)
    for name in parameters:
        if name[0] == "W":
            parameters[name] = 10 * rng.standard_normal(parameters[name].shape)
    return parameters


def initialize_parameters_he(layers_dims):
    parameters = initialize_parameters_zeros(layers_dims)
    for name in parameters:
        if name[0] == "W":
            shape = parameters[name].shape
            parameters[name] = rng.normal(0, np.sqrt(2 / shape[1]), size=shape).astype(np.float32)
    return parameters
