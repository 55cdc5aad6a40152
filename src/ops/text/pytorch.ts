import type { Numbers } from "../choice.js";
import type { Line } from "./lines.js";
import type { Expressions, PythonFunction } from "./numpy.js";

/** Where a module of `torch.nn` holds a parameter. */
export interface ModuleParameter {
  /** `weight`, `bias`, … */
  readonly attribute: string;
  /** Whether it holds a column as a vector. */
  readonly flat?: boolean;
}

/** What the arguments of a module are made of. */
export interface ModuleInputs {
  /** Rows of its first input and of its output: in PyTorch the features of an example. */
  readonly inputs: number;
  readonly units: number;
  /** Members whose numbers the input holds. */
  readonly members: number;
  /** Options as literals. */
  readonly n: Expressions;
}

/** What an operation without a module computes from; in the tensors examples are rows. */
export interface PytorchInputs {
  readonly inputs: readonly string[];
  /** Options as literals. */
  readonly n: Expressions;
}

/**
 * An operation in PyTorch: a module that takes one tensor, or an expression of several. What is neither, hands on its input
 * as it is. Running averages are the module's own, as are training and evaluation.
 */
export interface OperationPytorch {
  /** The module's class. */
  readonly type?: string;
  /** The text of the class, where `torch.nn` has none. */
  readonly definition?: PythonFunction;
  /** What it is made with. Default nothing. */
  arguments?(given: ModuleInputs): string;
  /** Where the module holds the parameters, by role. */
  readonly parameters?: Readonly<Record<string, ModuleParameter>>;
  /** Its output, of an operation without a module. */
  forward?(at: PytorchInputs): string;
}

/** A loss in PyTorch; in the tensors examples are rows. */
export interface LossPytorch {
  /** The loss of each example, of `output` and targets Y. `output` are the logits where the loss is derived by them. */
  losses(n: Numbers): string;
  /** What the network says, of `output`. */
  readonly predictions: string;
}

/** An optimizer in PyTorch. */
export interface OptimizerPytorch {
  /** What `create` calls and `torch.optim` has not. */
  readonly functions?: readonly PythonFunction[];
  /**
   * Lines that make `optimizer`.
   *
   * @param groups the parameters, as lists: those that weight decay acts on, and the others
   */
  create(n: Numbers, groups: { readonly decaying: string; readonly others: string }): readonly Line[];
  /** Whether what `create` makes does the weight decay by itself. */
  readonly decays?: true;
  /** PyTorch's learning rate, from `learning_rate`. */
  learningRate(n: Numbers): string;
}
