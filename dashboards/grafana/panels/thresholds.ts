import { ThresholdsConfigBuilder, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';
import { COLOURS } from '../colours.js';

const steps = (first: string, ...rest: (readonly [value: number, colour: string])[]) =>
  new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ value: null, color: first }, ...rest.map(([value, color]) => ({ value, color }))]);

/** Lines at ± a limit. */
export const within = (limit: number) => steps('transparent', [-limit, COLOURS.red], [limit, COLOURS.red]);

/** A line at a limit that is not to be exceeded. */
export const below = (limit: number) => steps('transparent', [limit, COLOURS.red]);

/** Colour of a number that is not to exceed a limit: blue, orange from 0.7 of it on, red from it on. */
export const coloured = (limit: number) => steps(COLOURS.blue, [0.7 * limit, COLOURS.orange], [limit, COLOURS.red]);

/** Colour of a number that should be 0. */
export const alarmed = () => steps(COLOURS.blue, [1, COLOURS.red]);

/** No colour that means anything. */
export const plain = () => steps(COLOURS.blue);

/** From cold to warm about 0: beyond twice −limit, beyond −limit, within, beyond limit, beyond twice limit. */
export const diverging = (limit: number) =>
  steps(
    COLOURS.violet,
    [-2 * limit, COLOURS.blue],
    [-limit, COLOURS.grey],
    [limit, COLOURS.orange],
    [2 * limit, COLOURS.red],
  );
