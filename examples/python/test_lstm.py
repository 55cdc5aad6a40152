"""The same as tests: python3 -m pytest"""

import lstm
from gradproof_check import assert_gradients, assert_layer


def test_layer():
    assert_layer(lstm.lstm_forward, lstm.lstm_backward, lstm.inputs)


def test_network():
    assert_gradients(lstm.cost, lstm.gradients, lstm.parameters)
