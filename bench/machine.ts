import { cpus, totalmem } from 'node:os';

/** What the figures of a run depend on. */
export const machine = () => ({
  node: process.version,
  cores: cpus().length,
  processor: cpus()[0]?.model ?? null,
  memoryGb: Math.round(totalmem() / 1e9),
  date: new Date().toISOString(),
});
