import type { ReplayOptions } from '../replay_options.js';
import type { AttackName, Caps } from './attacks.js';

export interface ProbeOptions extends ReplayOptions {
  readonly attacks: readonly AttackName[];
  /** Most events to probe. */
  readonly events: number;
  readonly seed: number;
  /** Sizes at which shares are given, and the one at which the rest is. */
  readonly sizes: readonly number[];
  readonly size: number;
  readonly caps: Caps;
  /** Random directions of the control. */
  readonly tries: number;
  /** Called with what is being done, and the part of the whole that is. */
  readonly onStage?: (what: string, done: number) => void;
}
