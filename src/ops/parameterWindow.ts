/** Where one parameter lies in θ. */
export interface ParameterWindow {
  /** `W1`, `b1`, … */
  readonly name: string;
  /** The name without its number: `W`, `b`, … */
  readonly role: string;
  /** The number: that of its layer among the layers of its type, from 1. */
  readonly layer: number;
  readonly rows: number;
  readonly columns: number;
  /** Matrices that it is, one below the other, each of which is drawn by itself. Default 1. */
  readonly blocks?: number;
  /** Index of the first entry in θ; the entries follow row after row. */
  readonly offset: number;
  /** Whether L2 and weight decay act on it: on weights, never on biases. */
  readonly decays: boolean;
}
