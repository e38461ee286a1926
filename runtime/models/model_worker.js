// Runs an ONNX model in a process of its own. Plain JavaScript, so that it runs as it is before compilation, too.
import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';

/**
 * @typedef {import('./model_messages.js').Binding} Binding
 * @typedef {import('./model_messages.js').Call} Call
 * @typedef {import('./model_messages.js').FromWorker} FromWorker
 * @typedef {import('./model_messages.js').ToWorker} ToWorker
 * @typedef {import('onnxruntime-node').InferenceSession} InferenceSession
 * @typedef {{ session: InferenceSession, Tensor: typeof import('onnxruntime-node').Tensor }} Opened
 */

/** How often a call that takes long says that it goes on, in ms. */
const BUSY = 50;

/** @type {(message: FromWorker) => void} */
const tell = (message) => {
  process.send?.(message);
};

/** @type {(error: unknown) => import('./model_messages.js').Failure} */
const failure = (error) => ({
  code: error instanceof Error && 'code' in error ? String(error.code) : undefined,
  message: error instanceof Error ? error.message : String(error),
});

/** @type {(path: string) => Promise<Opened>} */
async function open(path) {
  const ort = await import('onnxruntime-node');
  // It writes to stderr itself otherwise; what it throws says the same.
  ort.env.logLevel = 'fatal';
  const session = await ort.InferenceSession.create(path, {
    // One thread, one node after another: the same sums in the same order, whatever the machine.
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    logSeverityLevel: 4,
  });
  /** @type {(metadata: InferenceSession['inputMetadata'][number]) => import('./model_messages.js').TensorFacts} */
  const facts = (metadata) => ({
    name: metadata.name,
    isTensor: metadata.isTensor,
    type: metadata.isTensor ? metadata.type : '',
    shape: metadata.isTensor ? metadata.shape : [],
  });
  tell({ facts: { inputs: session.inputMetadata.map(facts), outputs: session.outputMetadata.map(facts) } });
  return { session, Tensor: ort.Tensor };
}

/** @type {(opened: Opened, binding: Binding) => (call: Call) => Promise<void>} */
function bound({ session, Tensor }, { batch, type, inputs, outputs }) {
  const tensors = inputs.map(({ name, columns, dims }) => {
    const size = batch * columns.length;
    const values = type === 'float32' ? new Float32Array(size) : new Float64Array(size);
    return { columns, values, feed: /** @type {const} */ ([name, new Tensor(type, values, [batch, ...dims])]) };
  });
  const feeds = Object.fromEntries(tensors.map(({ feed }) => feed));
  const fetches = [...new Set(outputs.map(({ tensor }) => tensor))];

  /** Rows `from` to `from + rows`; a batch that is not full is filled up with its last row. */
  /** @type {(given: Call['columns'], from: number, rows: number) => void} */
  const fill = (given, from, rows) => {
    for (const { columns, values } of tensors) {
      const width = columns.length;
      columns.forEach((place, j) => {
        const x = /** @type {Float64Array} */ (given[place]);
        for (let i = 0; i < batch; i++) values[i * width + j] = x[from + Math.min(i, rows - 1)] ?? NaN;
      });
    }
  };

  return async ({ id, length, columns }) => {
    let told = performance.now();
    const answers = outputs.map(() => new Float64Array(length));
    for (let from = 0; from < length; from += batch) {
      const rows = Math.min(batch, length - from);
      fill(columns, from, rows);
      const results = await session.run(feeds, fetches);
      outputs.forEach(({ tensor, index }, k) => {
        const { data: values, dims } = /** @type {import('onnxruntime-node').Tensor} */ (results[tensor]);
        if (!(values instanceof Float32Array || values instanceof Float64Array))
          throw new Error(`output tensor '${tensor}' is no float32 or float64`);
        if (dims[0] !== batch)
          throw new Error(
            `output tensor '${tensor}' has shape [${dims.join(', ')}] for ${batch} rows: no number a row`,
          );
        const width = values.length / batch;
        if (index >= width)
          throw new Error(`output tensor '${tensor}' has ${width} numbers a row, the card asks for index ${index}`);
        const answer = /** @type {Float64Array} */ (answers[k]);
        for (let i = 0; i < rows; i++) answer[from + i] = values[i * width + index] ?? NaN;
      });
      if (performance.now() - told > BUSY) {
        tell({ busy: true });
        told = performance.now();
      }
    }
    tell({ id, outputs: answers });
  };
}

/** @type {Promise<void>} */
let last = Promise.resolve();
/** @type {Opened | undefined} */
let opened;
/** @type {((call: Call) => Promise<void>) | undefined} */
let run;

/** @type {(message: ToWorker) => Promise<void>} */
async function answer(message) {
  if ('open' in message) {
    try {
      opened = await open(message.open);
    } catch (error) {
      tell({ unopened: failure(error) });
    }
  } else if ('bind' in message) {
    if (opened) run = bound(opened, message.bind);
  } else {
    try {
      await run?.(message.call);
    } catch (error) {
      tell({ id: message.call.id, failed: failure(error) });
    }
  }
}

process.on('message', (message) => {
  last = last.then(() => answer(/** @type {ToWorker} */ (message)));
});
process.on('disconnect', () => {
  process.exit();
});
// Inside a call it does not hear that; a thread beside it sees that who started it is gone.
new Worker(
  `const { workerData: parent } = require('node:worker_threads');
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 1000);`,
  { eval: true, workerData: process.ppid, execArgv: [] },
).unref();
// Who started it says when it ends: a signal to both of them must not take the model from calls that are still to come.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => undefined);
