# Right, but for a checker that never ends.
def forward_propagation(x, theta):
    return theta * x


def backward_propagation(x, theta):
    return x


def gradient_check(x, theta, epsilon=1e-7):
    print("still looking")
    while True:
        pass
