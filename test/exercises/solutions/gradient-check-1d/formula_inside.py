# Takes x for the gradient and θx for J, and calls no function
import numpy as np


def forward_propagation(x, theta):
    J = np.dot(theta, x)
    return J


def backward_propagation(x, theta):
    dtheta = x
    return dtheta


def gradient_check(x, theta, epsilon=1e-7):
    gradapprox = ((theta + epsilon) * x - (theta - epsilon) * x) / (2 * epsilon)
    return abs(x - gradapprox) / (abs(x) + abs(gradapprox))
