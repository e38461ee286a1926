import { parseArgs, type ParseArgsConfig } from 'node:util';
import { messageOf, wrongPipeline } from '../operators/problem.js';

/** What the command line gives for these options; one that it does not know is a Problem (2). */
export function optionValues<const Options extends NonNullable<ParseArgsConfig['options']>>(
  options: Options,
): ReturnType<typeof parseArgs<{ options: Options }>>['values'] {
  try {
    return parseArgs({ options }).values;
  } catch (thrown) {
    throw wrongPipeline(messageOf(thrown), thrown);
  }
}
