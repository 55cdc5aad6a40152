"""PyTorch on several networks at once, or on members that share weights: members.py JOB. Prints the least processor seconds of a whole run."""
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


def run_shared():
    """k members of one network: one W a hidden layer, r and s of each member, a last layer of each member's own."""
    torch.manual_seed(1)
    hidden = list(zip(sizes, sizes[1:-1]))
    layers = [
        (torch.randn(b, a) * (2 / a) ** 0.5, torch.sign(torch.randn(k, a)), torch.ones(k, b), torch.zeros(k, b))
        for a, b in hidden
    ]
    last = [torch.randn(k, sizes[-2], sizes[-1]) * (2 / sizes[-2]) ** 0.5, torch.zeros(k, 1, sizes[-1])]
    parameters = [p.requires_grad_() for layer in layers for p in layer] + [p.requires_grad_() for p in last]
    optimizer = torch.optim.Adam(parameters, foreach=True)
    loss = torch.nn.functional.binary_cross_entropy_with_logits
    for _ in range(job["epochs"]):
        order = torch.randperm(m)
        total = 0.0
        for start in range(0, m, batch):
            rows = order[start:start + batch]
            A = X[rows][:, None]  # (batch × 1 × features), for all members
            for W, r, s, b in layers:
                A = act(torch.nn.functional.linear(A * r, W) * s + b)
            A = torch.baddbmm(last[1], A.transpose(0, 1), last[0])  # (members × batch × outputs)
            cost = loss(A, Y[rows].expand(k, -1, -1))
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
            total += cost.item()
    return total


work = run_shared if job.get("shared") else run
least = float("inf")
for _ in range(4):
    start = time.process_time()
    work()
    least = min(least, time.process_time() - start)
print(least)
