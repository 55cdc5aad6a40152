"""PyTorch on several networks at once: members.py JOB. Prints the least processor seconds of a whole run."""
import json
import sys
import time

import torch

job = json.load(open(sys.argv[1]))
torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
k, sizes, m, batch = job["count"], job["sizes"], job["examples"], job["batchSize"]
X = torch.tensor(job["X"], dtype=torch.float64).reshape(sizes[0], m).T.contiguous()  # (examples × features)
Y = torch.tensor(job["Y"], dtype=torch.float64).reshape(1, m).T.contiguous()
act = torch.relu if job["hidden"] == "relu" else torch.tanh


def run():
    """k networks as one: W (k × inputs × units), an order of the examples a member and epoch."""
    torch.manual_seed(1)
    W = [torch.randn(k, a, b) * (2 / a) ** 0.5 for a, b in zip(sizes, sizes[1:])]
    b = [torch.zeros(k, 1, n) for n in sizes[1:]]
    parameters = [p.requires_grad_() for p in W + b]
    optimizer = torch.optim.Adam(parameters, foreach=True)
    loss = torch.nn.functional.binary_cross_entropy_with_logits
    for _ in range(job["epochs"]):
        order = torch.stack([torch.randperm(m) for _ in range(k)])  # (members × examples)
        total = 0.0
        for start in range(0, m, batch):
            rows = order[:, start:start + batch]
            A = X[rows]  # (members × batch × features)
            for l in range(len(W)):
                A = torch.baddbmm(b[l], A, W[l])
                if l < len(W) - 1:
                    A = act(A)
            # The mean of each member, the sum of all: every member has its own gradient.
            cost = loss(A, Y[rows]) * k
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
            total += cost.item()
    return total


least = float("inf")
for _ in range(4):
    start = time.process_time()
    run()
    least = min(least, time.process_time() - start)
print(least)
