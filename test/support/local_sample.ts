import { normal } from '../../operators/random/normal.js';
import { philox } from '../../operators/random/philox.js';
import { uniform } from '../../operators/random/uniform.js';
import type { Table } from './files.js';

/** Overrides of base.yaml that make its response one of both leptons. */
export const BOTH = ['columns.reco_pt2={ unit: GeV }', 'define.sum_reco=reco_pt1 + reco_pt2', 'weight=none'];

export interface SampleOptions {
  readonly seed?: number;
  /** What the context adds to δ, by H_T. */
  readonly shift?: (ht: number, event: number) => number;
  /** Width of δ; 0 makes a perfect reconstruction. */
  readonly width?: number;
}

/** Events for base.yaml with BOTH: a response of −0.01 and of one width, H_T falling from 40 to beyond 200. */
export function sampleOf(events: number, { seed = 1, shift = () => 0, width = 0.03 }: SampleOptions = {}): Table {
  const words = new Uint32Array(4);
  const rows = Array.from({ length: events }, (_, i) => {
    philox(i, 0, seed, 0, 11, 0, words);
    const [u, v] = [uniform(words[0]!, words[1]!), uniform(words[2]!, words[3]!)];
    philox(i, 1, seed, 0, 11, 0, words);
    const [gen1, gen2] = [20 + 80 * u * u, 20 + 80 * v * v].map(Math.fround) as [number, number];
    const ht = gen1 + gen2;
    const delta = width === 0 ? 0 : -0.01 + shift(ht, i) + width * normal(uniform(words[0]!, words[1]!));
    const eta = ((i * 7) % 97) / 20 - 2.4;
    return [i, gen1, gen2, eta, -eta / 2 + u, gen1 * (1 + delta), gen2 * (1 + delta), 1];
  });
  const names = ['event', 'gen_pt1', 'gen_pt2', 'gen_eta1', 'gen_eta2', 'reco_pt1', 'reco_pt2', 'w'];
  return Object.fromEntries(names.map((name, c) => [name, rows.map((row) => row[c]!)]));
}
