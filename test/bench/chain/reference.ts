import { readFileSync } from 'node:fs';
import type { Filled } from '../../../bench/chain/result.js';

const file = new URL('../../fixtures/chain/reference.json', import.meta.url);

/** The tables of 20,000 generated events, computed with 50 digits (see reference.py beside them). */
export const reference = JSON.parse(readFileSync(file, 'utf8')) as Filled & { readonly events: number };
