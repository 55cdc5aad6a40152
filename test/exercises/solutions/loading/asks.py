# Reads from the keyboard, and prints a lot, in its functions.
import sys
import os


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    for _ in range(20000):
        print("a line of many, many lines")
    return input("what is A3? ")


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    return (lambda: 1)
