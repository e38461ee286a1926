import { deltaPhi } from '../expressions/functions/delta_phi.js';
import { normal } from '../random/normal.js';
import { philox } from '../random/philox.js';
import { STREAM } from '../random/streams.js';
import { uniform } from '../random/uniform.js';
import type { Parameter } from './response_formulas.js';

/** pT_reco is never below this share of the truth: a width may be wide enough to draw a negative pT. */
export const FLOOR = 0.01;

/** The events to smear: the two words of each event's identity, and whether the context terms act on it (0 or 1). */
export interface SmearedEvents {
  readonly seed: number;
  readonly keyLo: Uint32Array;
  readonly keyHi: Uint32Array;
  readonly context: Uint8Array;
  readonly length: number;
}

/** The reconstructed parameters, to be written. */
export interface SmearedObject {
  readonly pt: Float64Array;
  readonly eta: Float64Array;
  readonly phi: Float64Array;
}

/**
 * Smears one object of every event:
 *
 *   pT' = pT max(1 + s + c + sqrt(w² + d²) g1, FLOOR),  η' = η + w_η g2,  φ' = φ + w_φ g3 in (−π, π]
 *
 * with s, w = pt_scale, pt_width, or with probability tail.fraction tail.scale, tail.width; c, d the context terms
 * where they act. The draws g (standard normal) and the choice of the tail are hashes of (seed, event, object) alone:
 * neither the order of events nor how they are cut into batches changes a bit. NaN in gives NaN out.
 */
export function smear(
  events: SmearedEvents,
  object: number,
  parameters: ReadonlyMap<Parameter, Float64Array>,
  into: SmearedObject,
): void {
  const { seed, keyLo, keyHi, context, length } = events;
  const absent = new Float64Array(length);
  const parameter = (name: Parameter): Float64Array => parameters.get(name) ?? absent;
  const pt = parameter('pt');
  const eta = parameter('eta');
  const phi = parameter('phi');
  const scale = parameter('pt_scale');
  const width = parameter('pt_width');
  const etaWidth = parameter('eta_width');
  const phiWidth = parameter('phi_width');
  const tailFraction = parameter('tail.fraction');
  const tailScale = parameter('tail.scale');
  const tailWidth = parameter('tail.width');
  const contextScale = parameter('context.pt_scale');
  const contextWidth = parameter('context.pt_width');
  const words = new Uint32Array(4);
  for (let i = 0; i < length; i++) {
    philox(keyLo[i]!, keyHi[i]!, object, 0, seed, STREAM.reconstruction, words);
    const tail = uniform(words[2]!, words[3]!) < tailFraction[i]!;
    let s = tail ? tailScale[i]! : scale[i]!;
    let w = tail ? tailWidth[i]! : width[i]!;
    if (context[i] === 1) {
      s += contextScale[i]!;
      w = Math.sqrt(w * w + contextWidth[i]! * contextWidth[i]!);
    }
    const ratio = 1 + s + w * normal(uniform(words[0]!, words[1]!));
    into.pt[i] = pt[i]! * (ratio < FLOOR ? FLOOR : ratio);

    philox(keyLo[i]!, keyHi[i]!, object, 1, seed, STREAM.reconstruction, words);
    into.eta[i] = eta[i]! + etaWidth[i]! * normal(uniform(words[0]!, words[1]!));
    into.phi[i] = deltaPhi(phi[i]! + phiWidth[i]! * normal(uniform(words[2]!, words[3]!)), 0);
  }
}
