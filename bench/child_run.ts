import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf, Problem } from '../operators/problem.js';
import type { Run } from './live/run.js';

/** A program that prints one line of JSON at the end. */
export interface Program {
  readonly name: string;
  readonly command: readonly string[];
}

/** As bin/regimewatch.js starts the program: its loops are many small functions. */
export const NODE = [process.execPath, '--max-inlined-bytecode-size-cumulative=5000'] as const;

/** One core each, whatever a library would take; nothing is left beside the programs. */
export const ENVIRONMENT = {
  ...Object.fromEntries(['OMP', 'OPENBLAS', 'MKL', 'NUMEXPR'].map((library) => [`${library}_NUM_THREADS`, '1'])),
  PYTHONDONTWRITEBYTECODE: '1',
};

/** Runs a program to its end; what it printed last, which is to be as the caller says. A Problem with what it said where it fails. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function runProgram<Line>({ name, command: [program, ...args] }: Program): Line {
  const { status, signal, error, stdout, stderr } = spawnSync(program!, args, {
    encoding: 'utf8',
    env: { ...process.env, ...ENVIRONMENT },
    maxBuffer: 2 ** 26,
  });
  if (error !== undefined) throw new Problem(1, `peer ${name}: ${error.message}`);
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1)!) as Line;
  const said = stderr.trim().split('\n');
  const why = said.findLast((line) => line.includes('Error')) ?? said.at(-1)!;
  throw new Problem(1, `peer ${name}: ended with ${signal ?? status}: ${why}`);
}

const later = promisify(execFile);

/** The same for programs that run at the same time. */
export const runTogether = <Line>(programs: readonly Program[]): Promise<Line[]> =>
  Promise.all(
    programs.map(async ({ name, command: [program, ...args] }) => {
      const options = { env: { ...process.env, ...ENVIRONMENT }, maxBuffer: 2 ** 26 };
      const { stdout } = await later(program!, args, options).catch((error: unknown) => {
        throw new Problem(1, `peer ${name}: ${messageOf(error)}`, { cause: error });
      });
      return JSON.parse(stdout.trim().split('\n').at(-1)!) as Line;
    }),
  );

/** The runs of each program in turns (A B A B …), each a process of its own. */
export function inTurns<Line = Run>(
  programs: readonly Program[],
  rounds: number,
  onRun: (what: string) => void,
): Line[][] {
  const runs = programs.map((): Line[] => []);
  for (let round = 0; round < rounds; round++) {
    programs.forEach((program, i) => {
      onRun(`${program.name}: round ${round + 1} of ${rounds}`);
      runs[i]!.push(runProgram<Line>(program));
    });
  }
  return runs;
}

/** Whether Python has these modules. */
export const hasModules = (modules: string): boolean => spawnSync('python3', ['-c', `import ${modules}`]).status === 0;
