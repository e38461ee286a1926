import { messageOf, Problem, type ExitCode } from '../operators/problem.js';

/** An error as it goes from one thread to another, where classes are lost. */
export interface ToldError {
  readonly message: string;
  readonly exitCode: number | undefined;
  readonly stack: string | undefined;
}

export const toldError = (error: unknown): ToldError => ({
  message: messageOf(error),
  exitCode: error instanceof Problem ? error.exitCode : undefined,
  stack: error instanceof Error ? error.stack : undefined,
});

/** The error again: a Problem where it was one. */
export function rebuiltError({ message, exitCode, stack }: ToldError): Error {
  const error = exitCode === undefined ? new Error(message) : new Problem(exitCode as ExitCode, message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
