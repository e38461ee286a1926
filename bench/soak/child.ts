import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../cli/version.js';

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
}

/** The program as a process of its own, its output in files. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly ended: Promise<Ended>;
  readonly alive: () => boolean;
  readonly signal: (name: NodeJS.Signals) => void;
  readonly lines: () => string[];
  readonly errors: () => string[];
}

const running = new Set<Child>();
process.once('exit', killAll);

/** SIGKILL to all that were started here and are not gone: also those that are stopped. */
export function killAll(): void {
  for (const child of running) child.signal('SIGKILL');
}

export function startChild(folder: string, name: string, args: readonly string[]): Child {
  const [out, err] = ['out', 'err'].map((kind) => join(folder, `${name}.${kind}`));
  const files = [openSync(out!, 'w'), openSync(err!, 'w')] as const;
  const program = join(packageFolder(), 'bin', 'regimewatch.js');
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', ...files] });
  for (const file of files) closeSync(file);
  const alive = (): boolean => child.exitCode === null && child.signalCode === null;
  const made: Child = {
    ...{ name, pid: child.pid ?? 0, alive },
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        running.delete(made);
        resolve({ code, signal });
      });
    }),
    signal: (signal) => void child.kill(signal),
    lines: () => linesOf(out!),
    errors: () => linesOf(err!),
  };
  running.add(made);
  return made;
}

const linesOf = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
