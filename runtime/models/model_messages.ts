/** What the process that runs a model is told and tells (model_worker.js). */

export interface TensorFacts {
  readonly name: string;
  /** false: a map or a sequence, of which nothing more is known. */
  readonly isTensor: boolean;
  readonly type: string;
  /** A text or -1 where the size is not fixed. */
  readonly shape: readonly (number | string)[];
}

export interface GraphFacts {
  readonly inputs: readonly TensorFacts[];
  readonly outputs: readonly TensorFacts[];
}

/** How columns become tensors and outputs columns. */
export interface Binding {
  /** Rows that the model gets at a time, always: another number may take other kernels, and give other last bits. */
  readonly batch: number;
  readonly type: 'float32' | 'float64';
  /** Columns of each tensor, by place, in order; `dims` of one row. */
  readonly inputs: readonly {
    readonly name: string;
    readonly columns: readonly number[];
    readonly dims: readonly number[];
  }[];
  readonly outputs: readonly { readonly tensor: string; readonly index: number }[];
}

export interface Call {
  readonly id: number;
  readonly length: number;
  readonly columns: readonly (Float32Array | Float64Array)[];
}

export type ToWorker = { readonly open: string } | { readonly bind: Binding } | { readonly call: Call };

export interface Failure {
  readonly code: string | undefined;
  readonly message: string;
}

export type FromWorker =
  | { readonly facts: GraphFacts }
  | { readonly unopened: Failure }
  /** A long call goes on. */
  | { readonly busy: true }
  | { readonly id: number; readonly outputs: Float64Array[] }
  | { readonly id: number; readonly failed: Failure };
