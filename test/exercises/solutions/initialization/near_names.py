import numpy as np


def initialise_parameters_zeros(layers_dims):
    return {}


def initializeParametersRandom(layers_dims):
    return {}


def he(layers_dims):
    return {}
