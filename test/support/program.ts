import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const program = fileURLToPath(new URL('../../bin/regimewatch.js', import.meta.url));
const peakMemory = new URL('peak_memory.js', import.meta.url).href;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Peak resident memory of the process in bytes. */
  readonly memory: number;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

const textOf = async (stream: Readable): Promise<string> => {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk as string;
  return text;
};

/** Starts the compiled program in the folder of the checkout. */
export const start = (...args: string[]): Child =>
  spawn(process.execPath, [program, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });

/** Runs the compiled program to its end. */
export async function run(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', peakMemory, program, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [stdout, stderr, memory, code] = await Promise.all([
    textOf(child.stdio[1] as Readable),
    textOf(child.stdio[2] as Readable),
    textOf(child.stdio[3] as Readable),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  return { code, stdout, stderr, memory: 1024 * Number(memory) };
}

/** What the program says of a mistake: one line, no stack, nothing on the other stream; and its exit code. */
export async function complaint(...args: string[]): Promise<{ code: number | null; line: string }> {
  const { code, stdout, stderr } = await run(...args);
  expect(stderr).toMatch(/^regimewatch: [^\n]+\n$/);
  expect(stderr).not.toMatch(/\n\s+at |node:internal|\.js:\d+/);
  expect(stdout).toBe('');
  return { code, line: stderr.slice('regimewatch: '.length, -1) };
}

/** Waits until the stream has said something that fits. */
export async function said(stream: Readable, words: RegExp): Promise<RegExpExecArray> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    const match = words.exec(text);
    if (match) return match;
  }
  throw new Error(`ended without ${String(words)}: ${text}`);
}
