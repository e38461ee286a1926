import { expect } from 'vitest';
import { Problem } from '../../operators/problem.js';

/** The Problem that `work` throws; its message is one line. Anything else that is thrown fails the test. */
export async function problemOf(work: () => unknown): Promise<Problem> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.message).not.toContain('\n');
    return error;
  }
  throw new Error('expected a Problem, and nothing was thrown');
}
