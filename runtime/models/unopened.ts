import { wrongPipeline, type Problem } from '../../operators/problem.js';
import type { Failure } from './model_messages.js';

/** What the runtime refuses, in one line. */
export function unopened(name: string, path: string, { code, message }: Failure): Problem {
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND')
    return wrongPipeline(`model ${name}: onnxruntime-node, which runs it, is not there: npm install onnxruntime-node`);
  const most = /Opset (\d+) is under development.*?till opset (\d+)/s.exec(message);
  if (most)
    return wrongPipeline(
      `model ${path}: opset ${most[1]!} is not supported by this onnxruntime (at most ${most[2]!}): export it again`,
    );
  return wrongPipeline(`model ${path}: onnxruntime cannot open it: ${message}`);
}
