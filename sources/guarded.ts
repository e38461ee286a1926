import { messageOf, Problem, wrongSample } from '../operators/problem.js';
import type { Source } from './source.js';

/** What a reader's library throws at damaged bytes, as the Problem that it is. */
function asProblem(path: string, format: string, thrown: unknown): unknown {
  if (thrown instanceof Problem) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'ENOENT') return wrongSample(`${path}: no such file: check the path`, thrown);
  if (code === 'EACCES') return wrongSample(`${path}: file may not be read: check its permissions`, thrown);
  // Libraries go on for lines: the first one says what is wrong.
  const [line = ''] = messageOf(thrown).trim().split('\n');
  const what = line.replace(/\p{Cc}/gu, '?');
  return wrongSample(`${path}: ${format} file is cut off or damaged (${what}): write it again`, thrown);
}

/** A source whose every failure is a Problem of the sample; `name` is what messages call the format. */
export function guarded(name: string, source: Source): Source {
  return {
    ...source,
    describe: async (path, options) => {
      try {
        return await source.describe(path, options);
      } catch (thrown) {
        throw asProblem(path, name, thrown);
      }
    },
    read: async function* (path, columns, options) {
      try {
        yield* source.read(path, columns, options);
      } catch (thrown) {
        throw asProblem(path, name, thrown);
      }
    },
  };
}
