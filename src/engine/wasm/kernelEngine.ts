import type { Network } from "../../network/network.js";
import { groupOn } from "../group.js";
import type { Engine, EngineGroup, Plan, PlanOptions } from "../plan.js";
import type { Recipe, Trainer } from "../trainer.js";
import type { ArenaPool } from "./arena.js";
import { GroupArenas } from "./groupArenas.js";
import { KernelGroup } from "./kernelGroup.js";
import { type KernelOperations, ownOperations } from "./kernelOperations.js";
import { WasmPlan } from "./wasmPlan.js";
import { WasmTrainer } from "./wasmTrainer.js";

/** What sets one engine on the kernels apart from another. */
export interface KernelEngineOptions {
  readonly name: string;
  readonly reproducible: boolean;
  /** Where plans get their memory; called at the first plan. */
  readonly pool: () => ArenaPool;
  /** Threads for a network and a size of batch. Default 1. */
  readonly threads?: (network: Network, capacity: number) => number;
  /** Whether large products go to the host's `gemm`. */
  readonly usesGemm?: boolean;
  /** What its kernels can do. Default: the operations of `src/ops/`. */
  readonly operations?: KernelOperations;
  readonly unavailable: () => string | undefined;
}

/** An engine on the WebAssembly kernels. */
export class KernelEngine implements Engine {
  readonly name: string;
  readonly reproducible: boolean;
  private readonly options: KernelEngineOptions;

  constructor(options: KernelEngineOptions) {
    this.name = options.name;
    this.reproducible = options.reproducible;
    this.options = options;
  }

  unavailable(): string | undefined {
    return this.options.unavailable();
  }

  plan(network: Network, options: PlanOptions): Plan {
    const { pool, usesGemm = false, operations = ownOperations } = this.options;
    return new WasmPlan(pool(), network, options, this.threads(network, options.capacity), usesGemm, operations);
  }

  trainer(network: Network, recipe: Recipe): Trainer {
    const { pool, usesGemm = false, operations = ownOperations } = this.options;
    return new WasmTrainer(pool(), network, recipe, this.threads(network, recipe.batchSize), usesGemm, operations);
  }

  group(members: number, threads = 1): EngineGroup {
    const pool = this.options.pool();
    const arenas = new GroupArenas(pool, members);
    const engine = new KernelEngine({ ...this.options, pool: () => arenas, threads: () => 1 });
    return threads === 1 ? groupOn(engine) : new KernelGroup(engine, pool, members, threads);
  }

  private threads(network: Network, capacity: number): number {
    return this.options.threads?.(network, capacity) ?? 1;
  }
}
