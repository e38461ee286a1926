/** Exit codes of the program: 1 failed, 2 wrong usage or a wrong pipeline, 3 the sample could not be used. */
export type ExitCode = 1 | 2 | 3;

/**
 * What the user has to mend, in one line: noun first, where it is (file, line or event number), what to do.
 * The command line prints `message` alone and ends with `exitCode`; `--verbose` adds the stack.
 */
export class Problem extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message.replace(/\s*\n\s*/g, ' '), options);
    this.name = 'Problem';
    this.exitCode = exitCode;
  }
}

/** Wrong usage or a wrong pipeline file (exit code 2). */
export const wrongPipeline = (message: string, cause?: unknown): Problem => new Problem(2, message, { cause });

/** A sample that cannot be used (exit code 3). */
export const wrongSample = (message: string, cause?: unknown): Problem => new Problem(3, message, { cause });

/** The message of whatever was thrown. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
