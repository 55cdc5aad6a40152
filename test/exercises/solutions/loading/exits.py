# Ends itself after its functions are defined, as a script may, and later in the middle of a call.
import os
import sys


def forward_propagation(x, theta):
    return theta * x


def backward_propagation(x, theta):
    os._exit(7)


def gradient_check(x, theta, epsilon=1e-7):
    sys.exit("no more of this")


sys.exit()
