# Everything through arrays and a lambda; the difference in parts.
import numpy as np

forward_propagation = lambda x, theta: np.multiply(x, theta)
backward_propagation = lambda x, theta: np.ones_like(theta, dtype=float) * x


def norm(v):
    return np.sqrt(np.sum(np.square(np.atleast_1d(v))))


def gradient_check(x, theta, epsilon=1e-7):
    thetas = np.array([theta + epsilon, theta - epsilon])
    J = [forward_propagation(x, t) for t in thetas]
    gradapprox = (J[0] - J[1]) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return norm(grad - gradapprox) / (norm(grad) + norm(gradapprox))
