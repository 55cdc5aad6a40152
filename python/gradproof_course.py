"""The utility files that the course hands out with its exercises, written anew: for a student's file whose folder has none.

X is features x examples, Y 1 x examples; parameters are {"W1", "b1", ...}, with W n[l] x n[l-1] and b n[l] x 1.
"""
import os

import numpy as np


def sigmoid(x):
    """1 / (1 + exp(-x))"""
    return 1 / (1 + np.exp(-x))


def relu(x):
    """max(0, x)"""
    return np.maximum(0, x)


def initialize_parameters(layer_dims):
    """W = randn / sqrt(n[l-1]) after seed 3, b = 0"""
    np.random.seed(3)
    parameters = {}
    for layer in range(1, len(layer_dims)):
        units, inputs = layer_dims[layer], layer_dims[layer - 1]
        parameters["W%d" % layer] = np.random.randn(units, inputs) / np.sqrt(inputs)
        parameters["b%d" % layer] = np.zeros((units, 1))
    return parameters


def forward_propagation(X, parameters):
    """Linear, ReLU, linear, ReLU, linear, sigmoid"""
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def backward_propagation(X, Y, cache):
    """Gradients of the cross-entropy cost of `forward_propagation`"""
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    gradients = {"dZ3": dZ3, "dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}
    for layer, dZ, A in ((3, dZ3, A2), (2, dZ2, A1), (1, dZ1, X)):
        gradients["dW%d" % layer] = np.dot(dZ, A.T) / m
        gradients["db%d" % layer] = np.sum(dZ, axis=1, keepdims=True) / m
    return gradients


def forward_propagation_n(X, Y, parameters):
    """Cross-entropy of `forward_propagation`, and its cache"""
    A3, cache = forward_propagation(X, parameters)
    logprobs = np.multiply(-np.log(A3), Y) + np.multiply(-np.log(1 - A3), 1 - Y)
    return np.sum(logprobs) / X.shape[1], cache


def update_parameters(parameters, grads, learning_rate):
    """One step of gradient descent"""
    for layer in range(1, len(parameters) // 2 + 1):
        for name in ("W%d" % layer, "b%d" % layer):
            parameters[name] = parameters[name] - learning_rate * grads["d" + name]
    return parameters


def compute_cost(a3, Y):
    """Cross-entropy; examples whose term is NaN are left out, as the course's file has it"""
    m = Y.shape[1]
    logprobs = np.multiply(-np.log(a3), Y) + np.multiply(-np.log(1 - a3), 1 - Y)
    return np.nansum(logprobs) / m


compute_loss = compute_cost


def predict(X, y, parameters):
    """Labels 0 and 1, and the accuracy printed"""
    a3, _ = forward_propagation(X, parameters)
    p = (a3 > 0.5).astype(int)
    print("Accuracy: %s" % np.mean(p == y))
    return p


def predict_dec(parameters, X):
    """Whether the network says 1"""
    a3, _ = forward_propagation(X, parameters)
    return a3 > 0.5


def plot_decision_boundary(model, X, y):
    """Regions of the model's answers, and the points"""
    import matplotlib.pyplot as plt

    x_min, x_max = X[0].min() - 1, X[0].max() + 1
    y_min, y_max = X[1].min() - 1, X[1].max() + 1
    xx, yy = np.meshgrid(np.linspace(x_min, x_max, 200), np.linspace(y_min, y_max, 200))
    Z = np.reshape(model(np.c_[xx.ravel(), yy.ravel()]), xx.shape)
    plt.contourf(xx, yy, Z, cmap="Spectral")
    plt.scatter(X[0], X[1], c=np.ravel(y), cmap="Spectral")
    plt.show()


def load_dataset():
    """Two noisy circles: 300 points to train on after seed 1, 100 to test after seed 2"""
    sets = []
    for seed, count in ((1, 300), (2, 100)):
        np.random.seed(seed)
        angles = np.linspace(0, 2 * np.pi, count // 2, endpoint=False)
        outer = np.array([np.cos(angles), np.sin(angles)]).T
        points = np.concatenate([outer, outer * 0.8])
        labels = np.concatenate([np.zeros(count // 2, dtype=int), np.ones(count // 2, dtype=int)])
        order = np.arange(count)
        np.random.shuffle(order)
        points = points[order] + np.random.normal(scale=0.05, size=points.shape)
        sets += [points.T, labels[order].reshape(1, count)]
    return tuple(sets)


def load_2D_dataset():
    """The points of datasets/data.mat in the student's folder"""
    from scipy.io import loadmat

    file = os.path.join("datasets", "data.mat")
    if not os.path.exists(file):
        raise FileNotFoundError("load_2D_dataset() reads %s, and there is none in %s" % (file, os.getcwd()))
    data = loadmat(file)
    return data["X"].T, data["y"].T, data["Xval"].T, data["yval"].T


def dictionary_to_vector(parameters):
    """All parameters as one column, and the name of each entry's parameter"""
    columns, keys = [], []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        column = np.reshape(parameters[name], (-1, 1))
        columns.append(column)
        keys += [name] * column.shape[0]
    return np.concatenate(columns), keys


def vector_to_dictionary(theta):
    """The parameters of the course's 4-5-3-1 network from one column"""
    parameters, start = {}, 0
    shapes = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}
    for name, shape in shapes.items():
        size = shape[0] * shape[1]
        parameters[name] = theta[start : start + size].reshape(shape)
        start += size
    return parameters


def gradients_to_vector(gradients):
    """All gradients as one column, in the order of `dictionary_to_vector`"""
    return np.concatenate([np.reshape(gradients[name], (-1, 1)) for name in ("dW1", "db1", "dW2", "db2", "dW3", "db3")])


def random_parameters(*layer_dims):
    parameters = {}
    for layer in range(1, len(layer_dims)):
        parameters["W%d" % layer] = np.random.randn(layer_dims[layer], layer_dims[layer - 1])
        parameters["b%d" % layer] = np.random.randn(layer_dims[layer], 1)
    return parameters


def compute_cost_with_regularization_test_case():
    np.random.seed(1)
    Y = np.array([[1, 1, 0, 1, 0]])
    parameters = random_parameters(3, 2, 3, 1)
    a3 = np.array([[0.40682402, 0.01629284, 0.16722898, 0.10118111, 0.40682402]])
    return a3, Y, parameters


def backward_propagation_with_regularization_test_case():
    np.random.seed(1)
    X = np.random.randn(3, 5)
    Y = np.array([[1, 1, 0, 1, 0]])
    parameters = random_parameters(3, 2, 3, 1)
    return X, Y, forward_propagation(X, parameters)[1]


def forward_propagation_with_dropout_test_case():
    np.random.seed(1)
    X = np.random.randn(3, 5)
    return X, random_parameters(3, 2, 3, 1)


def backward_propagation_with_dropout_test_case():
    np.random.seed(1)
    X = np.random.randn(3, 5)
    Y = np.array([[1, 1, 0, 1, 0]])
    W1, b1, W2, b2, W3, b3 = random_parameters(3, 2, 3, 1).values()
    keep_prob = 0.8
    Z1 = np.dot(W1, X) + b1
    D1 = np.random.rand(*Z1.shape) < keep_prob
    A1 = relu(Z1) * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    D2 = np.random.rand(*Z2.shape) < keep_prob
    A2 = relu(Z2) * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return X, Y, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


def gradient_check_n_test_case():
    np.random.seed(1)
    x = np.random.randn(4, 3)
    y = np.array([1, 1, 0])
    return x, y, random_parameters(4, 5, 3, 1)


def named(*functions):
    return {function.__name__: function for function in functions}


modules = {
    "init_utils": {
        **named(sigmoid, relu, forward_propagation, backward_propagation, update_parameters, predict, predict_dec),
        **named(plot_decision_boundary, load_dataset),
        "compute_loss": compute_loss,
    },
    "reg_utils": named(
        sigmoid, relu, initialize_parameters, forward_propagation, backward_propagation, update_parameters,
        compute_cost, predict, predict_dec, plot_decision_boundary, load_2D_dataset,
    ),
    "gc_utils": named(sigmoid, relu, dictionary_to_vector, vector_to_dictionary, gradients_to_vector),
    "testCases": named(
        compute_cost_with_regularization_test_case, backward_propagation_with_regularization_test_case,
        forward_propagation_with_dropout_test_case, backward_propagation_with_dropout_test_case,
        gradient_check_n_test_case,
    ),
}
