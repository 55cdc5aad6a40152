# Functions made by a function and by functools, ints for zeros, a legacy RandomState of its own.
import functools
import numpy as np


def make(draw):
    def initialize(layers_dims):
        pairs = list(zip(layers_dims, layers_dims[1:]))
        state = np.random.RandomState(3)
        weights = {"W%d" % l: draw(state, out, inp) for l, (inp, out) in enumerate(pairs, 1)}
        return {**weights, **{"b%d" % l: np.zeros((out, 1)) for l, (_, out) in enumerate(pairs, 1)}}

    return initialize


initialize_parameters_zeros = make(lambda state, out, inp: np.zeros((out, inp), dtype=int))
initialize_parameters_random = make(lambda state, out, inp: state.normal(0, 10, (out, inp)))


def scaled(layers_dims, numerator):
    return make(lambda state, out, inp: state.randn(out, inp) * (numerator / inp) ** 0.5)(layers_dims)


initialize_parameters_he = functools.partial(scaled, numerator=2.0)
