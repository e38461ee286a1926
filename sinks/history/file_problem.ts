import { messageOf, Problem } from '../../operators/problem.js';

export const IN_USE = 'in use by';
const LOCKED = /Could not set lock/;

export const isLocked = (thrown: unknown): boolean =>
  LOCKED.test(messageOf(thrown)) || (thrown instanceof Problem && thrown.message.includes(IN_USE));

/** What DuckDB says of a file, as one line for the user. */
export function problemOfFile(file: string, thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const said = messageOf(thrown).split('\n')[0]!;
  if (LOCKED.test(said)) {
    const holder = /\(PID (\d+)\)/.exec(said)?.[1];
    const who = holder === undefined ? 'another process' : `process ${holder}`;
    return new Problem(3, `history ${file}: ${IN_USE} ${who}: stop it first, or give another file`, { cause: thrown });
  }
  if (/Is a directory/.test(said)) return new Problem(2, `history ${file}: is a folder: give a file in it`);
  if (/not a valid DuckDB|orrupt|checksum|enough bytes|replaying WAL|deserializ|INTERNAL Error/i.test(said))
    return damaged(file, said, thrown);
  if (/No such file|does not exist/.test(said)) return new Problem(3, `history ${file}: no such file or folder`);
  return new Problem(1, `history ${file}: cannot be read or written: ${said}`, { cause: thrown });
}

export const damaged = (file: string, why: string, cause?: unknown): Problem =>
  new Problem(3, `history ${file}: damaged, left as it is (${why}): move it away, or give another file`, { cause });

export const foreign = (file: string): Problem =>
  new Problem(3, `history ${file}: a database of others: give another file`);
