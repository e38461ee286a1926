import { cusum } from './cusum.js';
import { pageHinkley } from './page_hinkley.js';
import { reference } from './reference.js';
import { shareDrift } from './share_drift.js';

/** Every check there is. */
export const checks = { cusum, page_hinkley: pageHinkley, share_drift: shareDrift, reference } as const;
export type CheckName = keyof typeof checks;
