"""A helper of a solution, in its folder."""
import numpy as np


def activate(z):
    return np.maximum(z, 0)


def squash(z):
    return 1 / (1 + np.exp(-z))
