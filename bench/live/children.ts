import { execFile, type ExecFileException } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFolder } from '../../cli/version.js';

const MOST_OUTPUT = 2 ** 28;

function run(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const done = (error: ExecFileException | null, out: string, err: string): void => {
      if (error) reject(new Error(`${args.slice(0, 3).join(' ')}: ${err.trim() || error.message}`));
      else resolve(out);
    };
    execFile(process.execPath, [...args], { encoding: 'utf8', maxBuffer: MOST_OUTPUT }, done);
  });
}

/** Runs this program as a process of its own with one task; what the task gave. */
export async function child<T>(task: string, options: object): Promise<T> {
  const main = fileURLToPath(new URL('main.js', import.meta.url));
  // As bin/regimewatch.js sets it.
  const flag = '--max-inlined-bytecode-size-cumulative=5000';
  const output = await run([flag, main, '--task', task, '--with', JSON.stringify(options)]);
  return JSON.parse(output.trim().split('\n').at(-1)!) as T;
}

export const regimewatch = (...args: readonly string[]): Promise<string> =>
  run([join(packageFolder(), 'bin', 'regimewatch.js'), ...args]);
