import type { Line } from "../../ops/text/lines.js";
import type { PreparedRun } from "../preparedRun.js";

/** Lines that clip `gradients` of a NumPy program. */
export function numpyClip({ clips }: PreparedRun): readonly Line[] {
  return [
    ...(clips.value
      ? ["gradients = {name: np.clip(g, -clip_value, clip_value) for name, g in gradients.items()}"]
      : []),
    ...(clips.norm
      ? [
          "norm = np.sqrt(sum(np.sum(g ** 2) for g in gradients.values()))",
          "if clip_norm < norm < np.inf:",
          "    gradients = {name: g * (clip_norm / norm) for name, g in gradients.items()}",
        ]
      : []),
  ];
}

/** Lines that clip the gradients of `model` in a PyTorch program. */
export function pytorchClip({ clips }: PreparedRun): readonly Line[] {
  return [
    ...(clips.value ? ["nn.utils.clip_grad_value_(model.parameters(), clip_value)"] : []),
    ...(clips.norm
      ? [
          "# nn.utils.clip_grad_norm_ divides by norm + 1e-6: the costs would differ.",
          "norm = torch.sqrt(sum((value.grad.double() ** 2).sum() for value in model.parameters()))",
          "if clip_norm < norm < np.inf:",
          "    for value in model.parameters():",
          "        value.grad *= clip_norm / norm",
        ]
      : []),
  ];
}
