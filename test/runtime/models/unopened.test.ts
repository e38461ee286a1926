import { expect, test } from 'vitest';
import { unopened } from '../../../runtime/models/unopened.js';

test('a runtime that is not there', () => {
  expect(unopened('m', 'm.onnx', { code: 'ERR_MODULE_NOT_FOUND', message: 'Cannot find package' }).message).toBe(
    'model m: onnxruntime-node, which runs it, is not there: npm install onnxruntime-node',
  );
});

test('an opset that the runtime does not know, and whatever else it says, in one line', () => {
  const opset =
    'ONNX Runtime only guarantees support for models stamped with official released onnx opset versions. Opset 99 is under development and support for this is limited. Current official support for domain ai.onnx is till opset 26.';
  expect(unopened('m', 'm.onnx', { code: undefined, message: opset }).message).toBe(
    'model m.onnx: opset 99 is not supported by this onnxruntime (at most 26): export it again',
  );
  expect(unopened('m', 'm.onnx', { code: undefined, message: 'no such\noperator' }).message).toBe(
    'model m.onnx: onnxruntime cannot open it: no such operator',
  );
});
