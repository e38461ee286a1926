import { execFile, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { messageOf, Problem } from '../../operators/problem.js';

const run = promisify(execFile);

/** What keeps Java programs from running here, in one line; undefined if nothing does. */
export function javaMissing(): string | undefined {
  if (spawnSync('java', ['-version'], { stdio: 'ignore' }).status === 0) return undefined;
  return 'java: does not run; install a Java 17 runtime (Debian, Ubuntu: apt-get install openjdk-17-jre-headless) and have it on the PATH';
}

/** Text of a launcher's argument file (`java @file`), which keeps arguments off the list of processes. */
export const argumentFile = (args: readonly string[]): string =>
  args.map((arg) => `"${arg.replace(/[\\"]/g, '\\$&')}"\n`).join('');

/** Runs a Java program to its end; its arguments go through `file`, which only the owner can read and which is deleted. */
export async function runJava(file: string, args: readonly string[], what: string): Promise<void> {
  writeFileSync(file, argumentFile(args), { mode: 0o600 });
  try {
    await run('java', [`@${file}`]);
  } catch (error) {
    throw new Problem(1, `${what}: failed: ${outputOf(error)}`, { cause: error });
  } finally {
    rmSync(file, { force: true });
  }
}

/** Runs a program of the JDK or of Maven to its end. */
export async function runTool(program: string, args: readonly string[], what: string): Promise<void> {
  try {
    await run(program, args);
  } catch (error) {
    throw new Problem(1, `${what}: failed: ${outputOf(error)}`, { cause: error });
  }
}

function outputOf(error: unknown): string {
  const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
  const said = `${stdout}\n${stderr}`.trim();
  return said === '' ? messageOf(error) : said.slice(-2000);
}
