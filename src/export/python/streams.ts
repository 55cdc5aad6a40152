import type { DropoutSite } from "../../network/program.js";
import { indented, type Line } from "../../ops/text/lines.js";
import type { PreparedRun } from "../preparedRun.js";

/** Functions that draw the order of mini-batches and the dropout masks as the library does. */
export function streamFunctions(run: PreparedRun): Line[][] {
  const { training, pace, drops } = run;
  const shuffles = pace.stepsPerEpoch > 1;
  const dropout = drops.some(Boolean);
  const streams = shuffles || (dropout && training.dropoutReseed === undefined);
  return [
    ...(streams ? [philox] : []),
    ...(shuffles ? [shuffled] : []),
    ...(dropout ? (training.dropoutReseed === undefined ? [mask, masks(run)] : [referenceMasks(run)]) : []),
  ];
}

const philox: Line[] = [
  "def philox(block, purpose, layer, step):",
  ...indented([
    '"""Philox4x32-10 (Salmon et al. 2011): four random 32-bit words for each block of a stream."""',
    "low = 0xFFFFFFFF",
    "c0 = np.array(block, dtype=np.uint64)",
    "c1, c2, c3 = (np.full_like(c0, c) for c in (step & low, step >> 32, layer))",
    "k0, k1 = seed, purpose",
    "for _ in range(10):",
    ["    product0, product1 = c0 * np.uint64(0xD2511F53), c2 * np.uint64(0xCD9E8D57)", "64 bits"],
    "    c0, c1, c2, c3 = (",
    "        (product1 >> np.uint64(32)) ^ c1 ^ np.uint64(k0), product1 & np.uint64(low),",
    "        (product0 >> np.uint64(32)) ^ c3 ^ np.uint64(k1), product0 & np.uint64(low),",
    "    )",
    "    k0, k1 = (k0 + 0x9E3779B9) & low, (k1 + 0xBB67AE85) & low",
    ["return np.stack([c0, c1, c2, c3], axis=1).astype(np.uint32)", "(blocks × 4)"],
  ]),
];

const shuffled: Line[] = [
  "def shuffled(m, epoch):",
  ...indented([
    '"""The numbers 0 … m − 1 in the order of an epoch (Fisher & Yates, from the end)."""',
    "def words():",
    "    block = 0",
    "    while True:",
    "        yield from philox(range(block, block + 256), 2, 0, epoch).ravel().tolist()",
    "        block += 256",
    "",
    "order, stream = np.arange(m), words()",
    "for i in range(m - 1, 0, -1):",
    ["    usable = 2**32 - 2**32 % (i + 1)", "beyond it the remainders are not all alike: draw again"],
    "    j = next(word for word in stream if word < usable) % (i + 1)",
    "    order[i], order[j] = order[j], order[i]",
    "return order",
  ]),
];

const mask: Line[] = [
  "def mask(units, m, keep, layer, step):",
  ...indented([
    '"""1 with probability keep: a byte decides, and where it equals the first of keep, 32 bits more."""',
    "first, rest = divmod(int(np.floor(keep * 2**40 + 0.5)), 2**32)",
    "count = units * m",
    "words = philox(range(-(-count // 16)), 1, layer, step)",
    ['drawn = words.astype("<u4").view(np.uint8).ravel()[:count]', "four bytes a word, the lowest first"],
    "D = drawn < first",
    "ties = np.flatnonzero(drawn == first)",
    "if ties.size > 0:",
    "    D[ties] = philox(ties, 6, layer, step)[:, 0] < rest",
    "return D.reshape(units, m)",
  ]),
];

function masks(run: PreparedRun): Line[] {
  return [
    "def draw_masks(m, iteration):",
    ...indented([
      '"""The masks of a step by layer, 0 the inputs."""',
      "return {",
      ...indented(
        dropped(run).map(({ l, rows, stream }) => `${l}: mask(${rows}, m, keep[${l}], ${stream}, iteration),`),
      ),
      "}",
    ]),
  ];
}

function referenceMasks(run: PreparedRun): Line[] {
  // A layer that keeps all units for now draws nothing.
  const changes = run.changes.some(({ keep }) => keep !== undefined) || run.scheduled.includes("keepSchedule");
  return [
    "def draw_masks(m):",
    ...indented([
      '"""The masks by layer, 0 the inputs: the same at every step, as the generator is seeded anew."""',
      `rng = np.random.RandomState(${run.training.dropoutReseed})`,
      "return {",
      ...indented(
        dropped(run).map(
          ({ l, rows }) =>
            `${l}: rng.rand(${rows}, m) < keep[${l}]${changes ? ` if keep[${l}] < 1 else np.ones((${rows}, m), dtype=bool)` : ""},`,
        ),
      ),
      "}",
    ]),
  ];
}

/** Where units are dropped at any time of the run. */
function dropped({ program, drops }: PreparedRun): (DropoutSite & { readonly l: number })[] {
  return program.sites.flatMap((site, l) => (drops[l] ? [{ ...site, l }] : []));
}
