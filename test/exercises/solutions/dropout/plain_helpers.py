"""Helpers of a solution, in its folder."""
import numpy


def unpack(parameters):
    return tuple(parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))


def relu(z):
    return (abs(z) + z) / 2


def sigmoid(z):
    return 0.5 * (1 + numpy.tanh(z / 2))
