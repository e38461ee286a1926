import type { Training } from './memory.js';
import type { OnlineModels } from './models.js';

export interface OnlineEvent {
  /** The window at whose end it was decided; it holds from `effective` on. */
  readonly window: number;
  readonly effective: number;
  readonly kind: 'fitted' | 'accepted' | 'rolled back' | 'birth' | 'death' | 'kept';
  /** The version that it is about, and the one in effect from `effective` on. */
  readonly version: string | null;
  readonly inEffect: string | null;
  /** For birth and death. */
  readonly regime?: number;
  readonly reason: string;
  readonly training: Training | null;
}

/** What was last closed, and what is in effect after it. */
interface Now {
  readonly last: number | null;
  readonly current: OnlineModels | null;
}

/** `about`: the version that the event is about; its training data unless others are given. */
export function happened(
  { last, current }: Now,
  kind: OnlineEvent['kind'],
  about: OnlineModels | null,
  reason: string,
  training: Training | null = about && about.training,
): OnlineEvent {
  const window = last!;
  const version = about && about.version;
  return { window, effective: window + 1, kind, version, inEffect: current && current.version, reason, training };
}

/** Deaths, then births, from one version to the next, each in the order of the regimes' numbers. */
export function reborn(
  now: Now,
  from: OnlineModels | null,
  to: OnlineModels,
  whyDead: string,
  whyBorn: string,
): OnlineEvent[] {
  const [before, after] = [from?.regimes.ids ?? [], to.regimes.ids];
  const deaths = before.filter((id) => !after.includes(id));
  const births = after.filter((id) => !before.includes(id));
  return [
    ...deaths.map((regime) => ({ ...happened(now, 'death', to, whyDead), regime })),
    ...births.map((regime) => ({ ...happened(now, 'birth', to, whyBorn), regime })),
  ];
}
