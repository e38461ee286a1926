import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openProcess } from '../../../runtime/models/model_process.js';
import { problemOf } from '../../support/problem_of.js';

const silentWorker = new URL('../../fixtures/models/silent_worker.js', import.meta.url);
const dyingWorker = new URL('../../fixtures/models/dying_worker.js', import.meta.url);
const LINEAR = fileURLToPath(new URL('../../fixtures/models/linear.onnx', import.meta.url));
const SLOW = fileURLToPath(new URL('../../fixtures/models/slow.onnx', import.meta.url));
const one = {
  ...{ batch: 2, type: 'float32' as const },
  inputs: [{ name: 'x', columns: [0], dims: [1] }],
  outputs: [{ tensor: 'y', index: 0 }],
};

test('says what the graph is, and answers in the order of the calls', async () => {
  const linear = await openProcess('linear', LINEAR, 60_000);
  expect(linear.facts).toEqual({
    inputs: [{ name: 'x', isTensor: true, type: 'float32', shape: ['n', 3] }],
    outputs: [{ name: 'y', isTensor: true, type: 'float32', shape: ['n', 1] }],
  });
  linear.bind({ ...one, inputs: [{ name: 'x', columns: [2, 1, 0], dims: [3] }] });
  // 2 a − 3 b + 0.5 c + 1
  const ask = (...rows: number[]) =>
    linear.call([Float32Array.from(rows), Float32Array.of(0, 1, 0), Float32Array.of(0, 0, 4)], rows.length);
  expect(await Promise.all([ask(2, 2, 2), ask(), ask(4)])).toEqual([
    [Float64Array.of(2, -1, 10)],
    [new Float64Array(0)],
    [Float64Array.of(3)],
  ]);
  await linear.close();
  expect((await problemOf(() => ask(1))).message).toBe('model linear: was closed');
  await linear.close();
});

test('a model that takes long does not stop the thread that asks, and a call that ends nothing but itself', async () => {
  const slow = await openProcess('slow', SLOW, 60_000);
  slow.bind(one);
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  expect(await slow.call([Float32Array.of(1e5)], 1)).toEqual([Float64Array.of(1e5)]);
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(2);
  slow.bind({ ...one, outputs: [{ tensor: 'y', index: 1 }] });
  const { message, exitCode } = await problemOf(() => slow.call([Float32Array.of(1)], 1));
  expect(message).toBe("model slow: output tensor 'y' has 1 numbers a row, the card asks for index 1");
  expect(exitCode).toBe(1);
  slow.bind(one);
  expect(await slow.call([Float32Array.of(3)], 1)).toEqual([Float64Array.of(3)]);
  await slow.close();
});

test('what the runtime refuses while it runs is one line', async () => {
  const linear = await openProcess('linear', LINEAR, 60_000);
  linear.bind({ ...one, inputs: [{ name: 'x', columns: [0, 0], dims: [2] }] });
  const { message } = await problemOf(() => linear.call([Float32Array.of(1)], 1));
  expect(message).toMatch(/^model linear: .*invalid dimensions/);
  await linear.close();
});

test('a process that gives no sign of life is ended, and all calls fail', async () => {
  const silent = await openProcess('silent', LINEAR, 50, silentWorker).catch(() => null);
  // On a machine under load it may not even open in time.
  if (silent) {
    const both = [silent.call([], 0), silent.call([], 0)].map((call) => problemOf(() => call));
    for (const { message, exitCode } of await Promise.all(both)) {
      expect(message).toBe('model silent: no batch of rows was done within 0.05 s, so its process was ended');
      expect(exitCode).toBe(1);
    }
    await silent.close();
  }
  const problem = await problemOf(() => openProcess('slow', SLOW, 1));
  expect(problem.message).toBe('model slow: it was not opened within 0.001 s, so its process was ended');
});

test('a process that dies fails the calls under way and all later ones', async () => {
  const dying = await openProcess('dying', LINEAR, 60_000, dyingWorker);
  const calls = [dying.call([], 0), dying.call([], 0)].map((call) => problemOf(() => call));
  for (const { message } of await Promise.all(calls)) expect(message).toBe('model dying: its process ended (code 3)');
  expect((await problemOf(() => dying.call([], 0))).message).toBe('model dying: its process ended (code 3)');
  await dying.close();
});

test('closing does not wait for a batch that is under way', async () => {
  const slow = await openProcess('slow', SLOW, 60_000);
  slow.bind(one);
  const call = problemOf(() => slow.call([Float32Array.of(2 ** 30)], 1));
  await pause(20);
  await slow.close();
  expect((await call).message).toBe('model slow: was closed');
});
