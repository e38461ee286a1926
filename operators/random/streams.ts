/**
 * The second word of the Philox key, one for each use of chance, so that the same seed and event give independent
 * draws in each.
 */
export const STREAM = {
  generator: 1,
  reconstruction: 2,
  bootstrap: 3,
  control: 5,
  evolutionary: 6,
  probe: 7,
  run_length: 101,
} as const;
