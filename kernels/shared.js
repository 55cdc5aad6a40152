// What the library and the kernels share, told once: kernels/generate.js writes it in both languages.

/**
 * Structs in memory. A field is [name, kind, what it means]; addresses (usize) are bytes in the one memory. The library writes
 * most fields, the kernels read them.
 */
export const structs = {
  // Values and their derivatives lie within the workspace of a tile, an address from its beginning on; 0 stands for X, or, of a
  // derivative, for none that anybody needs.
  Step: {
    about: "One step of a network's program: an operation at its place.",
    fields: [
      ["op", "i32", "Its code, of generated/dispatch.ts; 0 is none."],
      ["rows", "i32", "Rows of its first output, and of its first input."],
      ["inputRows", "i32", ""],
      ["members", "i32", "Members whose rows its first input holds; 1 where it is of none."],
      [
        "input",
        "usize",
        "Values: inputs, outputs, what an entrywise derivative is taken from, and rows left for backward.",
      ],
      ["input2", "usize", ""],
      ["output", "usize", ""],
      ["kept", "usize", ""],
      ["cache", "usize", ""],
      [
        "dInput",
        "usize",
        "Derivatives of the cost by the values; a step in place has the same for dInput and dOutput.",
      ],
      ["dInput2", "usize", ""],
      ["dOutput", "usize", ""],
      ["dOutput2", "usize", ""],
      ["parameters", "usize", "Where its parameters begin within θ; they follow one after the other."],
      ["state", "usize", "Address of the numbers that it keeps from step to step and does not train."],
      ["nextState", "usize", "Where forward in training leaves what they are once the step is made."],
      ["options", "usize", "Address of its options' numbers, one f64 each, in their order."],
      [
        "mask",
        "usize",
        "Dropout mask of the batch, a byte a row and example: rows × examples, row-major. 0 where nothing is dropped.",
      ],
      ["keep", "f64", "Probability to keep a unit."],
      ["stream", "u32", "What its random numbers are found by, beside seed and step."],
      ["wholeBatch", "i32", "1 where it has no output before all tiles have come to it."],
      ["learns", "i32", "1 where a derivative by its inputs or parameters is wanted."],
      ["meetsForward", "i32", "1 where threads that share rows meet before it, and before its backward."],
      ["meetsBackward", "i32", ""],
    ],
  },

  // Examples are columns. A batch is cut into tiles of at most `tileColumns` examples; each row of a tile has `stride` bytes, a
  // whole number of vectors. A tile holds the rows of X, then those of Y, then one row of example weights. Columns beyond the
  // last example repeat an example of the tile and have the weight 0: they add nothing to cost and gradient.
  //
  // Gradients are summed tile by tile within a chunk, then chunk by chunk. Both are fixed by the shapes alone, so the number of
  // threads changes no bit.
  Plan: {
    about: "What a step reads and writes, as `src/engine/wasm/planMemory.ts` lays it out.",
    fields: [
      ["steps", "usize", "The program: a table of `stepCount` steps."],
      ["stepCount", "i32", ""],
      ["headStep", "i32", "Steps before the loss, which makes A[L] itself where it is derived for its activation."],
      ["segmented", "i32", "1 where some step needs the whole batch: then there is one workspace a tile."],
      ["inputs", "i32", "Rows of X."],
      ["outputs", "i32", "Rows of Y."],
      ["members", "i32", "Members that have as many outputs each, one after the other."],
      ["logits", "usize", "Z[L], A[L], and the derivative of the cost by the one that the loss is taken by."],
      ["result", "usize", ""],
      ["dHead", "usize", ""],
      ["loss", "i32", "Its code, of generated/dispatch.ts."],
      ["lossNumbers", "usize", "Address of its options' numbers, one f64 each, in their order."],
      ["size", "i32", "Bytes of a number: 8 for f64, 4 for f32."],
      ["thetaBytes", "i32", "Bytes of θ, a whole number of vectors; what lies beyond the last parameter is 0."],
      ["theta", "usize", ""],
      ["dTheta", "usize", "Derivative of the data cost, with the penalty once a step has run."],
      ["previous", "usize", "θ before the last update."],
      [
        "state",
        "usize",
        "What the steps keep and do not train, what it will be after this update, and what it was before the last.",
      ],
      ["nextState", "usize", ""],
      ["previousState", "usize", ""],
      ["stateBytes", "i32", ""],

      ["tiles", "usize", "The tiles of the loaded batch."],
      ["tileBytes", "i32", ""],
      ["tileColumns", "i32", ""],
      ["stride", "i32", "Bytes of a row of a tile."],
      ["count", "i32", "Examples of the loaded batch."],
      ["weighted", "i32", "0 where all of them weigh 1."],
      ["output", "usize", "Outputs of the batch, units × count, row-major."],

      ["sharesRows", "i32", "1 where threads share the rows of each product, 0 where they share the chunks."],
      ["tilesInChunk", "i32", ""],
      ["partials", "usize", "One θ of gradients a chunk, from the second on."],
      ["costs", "usize", "One f64 a chunk."],
      ["workspace", "usize", "One workspace a thread; a single one where threads share rows."],
      ["workspaceBytes", "i32", ""],
      ["scratch", "usize", "Room for packed products, for each thread."],
      ["scratchBytes", "i32", ""],
      ["mostThreads", "i32", "Threads that its steps pay for, and how many of them a command runs on."],
      ["threads", "i32", ""],
      ["usesGemm", "i32", "1 where large products go to the imported `gemm`."],

      [
        "records",
        "usize",
        "The training set, an example a record: features, targets, weight. 0 where the batch is loaded.",
      ],
      ["recordBytes", "i32", ""],
      ["examples", "i32", ""],
      ["batchSize", "i32", ""],
      ["indices", "usize", "The order of the examples in this epoch, u32 each."],
      ["shuffledEpoch", "f64", "The epoch whose order `indices` holds, from 1; 0 before the first."],
      ["seed", "u32", ""],
      ["drawsMasks", "i32", "1 where masks are drawn anew each step from the fast streams."],

      ["optimizer", "i32", "Its code, of generated/dispatch.ts."],
      ["optimizerNumbers", "usize", "Address of its options' numbers, one f64 each, in their order."],
      [
        "decays",
        "usize",
        "What L2 and weight decay act on: first byte and end within θ, u32 each, of `decayCount` stretches.",
      ],
      ["decayCount", "i32", ""],
      ["penalties", "usize", "λ₁/m and λ₂/m of each of these stretches, f64 each."],
      ["average", "usize", "Its moving average of dθ, laid out like θ."],
      ["square", "usize", "Its moving average or sum of dθ², laid out like θ."],
      ["learningRate", "f64", ""],
      ["weightDecay", "f64", "λ of decoupled weight decay, 0 for none."],
      ["clipValue", "f64", "The most that an entry of dθ may be, and the norm of all of it; ∞ for none."],
      ["clipNorm", "f64", ""],
      ["squares", "usize", "Sums of the squares of dθ, one f64 a block; see clip.ts."],
      ["averaged", "usize", "The average of the weights, laid out like θ, and of `state`; 0 where none is taken."],
      ["averagedState", "usize", ""],
      ["averageDecay", "f64", "By how much the weights of before count less from one that counts to the next."],
      ["averageFrom", "f64", "The update from which on one counts, from 1, and from one to the next."],
      ["averageEvery", "f64", ""],
      ["averagedWeight", "f64", "Sum of the weights of what has been averaged, 0 before the first."],
      ["averages", "i32", "1 where the weights after this update count."],
      ["power1", "f64", "Running products that an optimizer may keep, such as β₁ᵗ and β₂ᵗ."],
      ["power2", "f64", ""],
      ["power3", "f64", ""],

      ["cost", "f64", "Data cost of the last pass."],
      ["total", "f64", "Sum of the data costs of the steps run."],

      ["tasks", "usize", "A plan of tasks has these and its threads alone: a table of them, and the one taken next."],
      ["nextTask", "i32", ""],
    ],
  },

  Task: {
    about: "A command on one of several plans, of one thread each.",
    fields: [
      ["plan", "usize", ""],
      ["kind", "i32", "`gradient` or `advance`."],
      ["steps", "i32", ""],
      ["made", "i32", "The steps made."],
      ["iteration", "f64", ""],
    ],
  },

  // One a memory, at `addresses.control`.
  Control: {
    about: "Where threads meet and take their commands; see barrier.ts.",
    fields: [
      ["arrived", "i32", ""],
      ["round", "i32", "Counts the meetings."],
      ["sleepers", "i32", ""],
      ["workers", "i32", "Worker threads that have come; they count from 1 in this order."],
      ["maySleep", "i32", "1 where thread 0 may sleep."],
      ["failed", "i32", "Not 0 once a thread has failed: nobody waits for it any longer."],
      [
        "command",
        "i32",
        "Counts the commands given to the workers, in steps of 1,024; what is below says how many threads one is for.",
      ],
      ["kind", "i32", "What to run: one of the commands, on which plan, with which arguments."],
      ["plan", "usize", ""],
      ["steps", "i32", ""],
      ["iteration", "f64", ""],
    ],
  },

  // One a memory, at `addresses.reading`.
  Reading: {
    about: "What readings.ts has found.",
    fields: [
      ["sum", "f64", ""],
      ["squares", "f64", ""],
      ["smallest", "f64", ""],
      ["largest", "f64", ""],
      ["distances", "f64", "Σ(x − mean)²"],
    ],
  },
};

/**
 * Constants by group: what of them the library sees as `group.name` in the module named, the kernels see as GROUP_NAME, of the
 * group's kind.
 */
export const constants = {
  command: {
    about:
      "What can be asked of a plan, `tasks` of one that is a table of commands on others; `stop` ends the workers.",
    kind: "i32",
    module: "engine/wasm/generated/shared.ts",
    values: { outputs: 0, cost: 1, gradient: 2, update: 3, advance: 4, stop: 5, tasks: 6 },
  },
  addresses: {
    about:
      "Places of their own, below all plans (`free` is the first address that these may use): the control block, the " +
      "readings' results, and their counts up to `countsEnd`, one table a lane. AssemblyScript's own data lie below 16 KiB.",
    kind: "usize",
    module: "engine/wasm/generated/shared.ts",
    values: { control: 16_384, reading: 20_480, counts: 20_544, countsEnd: 20_544 + 2 * 128, free: 32_768 },
  },
  products: {
    about: "Multiplications from which packing a product pays, measured; see docs/engine.md.",
    kind: "i32",
    module: "engine/wasm/generated/shared.ts",
    values: { packedFrom: 2 ** 19 },
  },
  purposes: {
    about:
      "What the numbers of a random stream are for, its key; `dropoutTie` decides a mask's entry where its first eight bits " +
      "leave it open.",
    kind: "u32",
    module: "random/generated/purposes.ts",
    values: { dropout: 1, shuffle: 2, split: 3, augment: 4, data: 5, dropoutTie: 6, check: 7, search: 8 },
  },
};
