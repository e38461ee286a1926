import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** A Java program that runs beside this one, its output in a file. */
export interface Running {
  readonly pid: number | undefined;
  alive(): boolean;
  /** Resolves when the process is gone. */
  readonly ended: Promise<void>;
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
}

/** Starts `java @file` in a session of its own, so that Ctrl-C reaches this process alone, which then stops it in order. */
export function startJava(file: string, logFile: string): Running {
  const log = openSync(logFile, 'a', 0o600);
  const child: ChildProcess = spawn('java', [`@${file}`], { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  let alive = true;
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      alive = false;
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  return { pid: child.pid, alive: () => alive, ended, signal: (name) => void child.kill(name) };
}

/** The last lines of a log file in one line; empty if there is none. */
export function tail(logFile: string, lines = 8): string {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join(' | ');
  } catch {
    return '';
  }
}
