import { asinh } from '../../operators/expressions/math/asinh.js';
import { atan2 } from '../../operators/expressions/math/atan2.js';
import { cos, sin } from '../../operators/expressions/math/sin_cos.js';
import { deltaPhi } from '../../operators/expressions/functions/delta_phi.js';
import { philox } from '../../operators/random/philox.js';
import { STREAM } from '../../operators/random/streams.js';
import { uniform } from '../../operators/random/uniform.js';
import { hardPt, softPt } from './boson_pt.js';
import { breitWigner } from './breit_wigner.js';
import { decayAngle } from './decay_angle.js';
import { largestRapidity, rapidity } from './rapidity.js';

/** Places in the array that `generateEvent` writes: the leptons, l1 the positive one, then the drawn boson. */
export const PLACES = [
  'gen_l1_pt',
  'gen_l1_eta',
  'gen_l1_phi',
  'gen_l2_pt',
  'gen_l2_eta',
  'gen_l2_phi',
  'flavour',
  'mass',
  'pt',
  'y',
  'phi',
  'cos_theta',
] as const;

const words = new Uint32Array(4);

/**
 * Event number `event` of pp → Z/γ* → ee, μμ at 14 TeV, into `out` (see PLACES; GeV and rad).
 *
 * Mass from `breitWigner`, pT from `softPt` or, with probability `highPt`, from `hardPt`, y from `rapidity`, φ flat.
 * The massless leptons leave at cos θ from `decayAngle` about the beam in the frame that two boosts make of the lab
 * (along the beam, then along the boson's pT), at a flat azimuth. A toy: leading-order shapes, no interference, no
 * parton densities; what matters is that every truth is known. Each event is a hash of (seed, event).
 */
export function generateEvent(seed: number, highPt: number, event: number, out: Float64Array): void {
  const high = Math.floor(event / 0x100000000);
  philox(event, high, 0, 0, seed, STREAM.generator, words);
  const mass = breitWigner(uniform(words[0]!, words[1]!));
  const sharePt = uniform(words[2]!, words[3]!);
  philox(event, high, 0, 1, seed, STREAM.generator, words);
  const pt = uniform(words[0]!, words[1]!) < highPt ? hardPt(sharePt) : softPt(sharePt);
  const y = rapidity(uniform(words[2]!, words[3]!), largestRapidity(mass, pt));
  philox(event, high, 0, 2, seed, STREAM.generator, words);
  const phi = (2 * uniform(words[0]!, words[1]!) - 1) * Math.PI;
  const cosTheta = decayAngle(uniform(words[2]!, words[3]!));
  philox(event, high, 0, 3, seed, STREAM.generator, words);
  const azimuth = (2 * uniform(words[0]!, words[1]!) - 1) * Math.PI;
  const flavour = words[2]! & 1 ? 13 : 11;

  // In the boson's frame, x along its pT; half the energy each.
  const sinTheta = Math.sqrt(1 - cosTheta * cosTheta);
  const half = mass / 2;
  const x = half * sinTheta * cos(azimuth);
  const across = half * sinTheta * sin(azimuth);
  const along = half * cosTheta;
  const gamma = Math.sqrt(mass * mass + pt * pt) / mass;
  const pull = (pt / mass) * half;
  lepton(gamma * x + pull, across, along, y, phi, out, 0);
  lepton(pull - gamma * x, -across, -along, y, phi, out, 3);
  out[6] = flavour;
  out[7] = mass;
  out[8] = pt;
  out[9] = y;
  out[10] = phi;
  out[11] = cosTheta;
}

/** For a massless particle η is the rapidity, so the boost along the beam adds y. */
function lepton(x: number, across: number, z: number, y: number, phi: number, out: Float64Array, at: number): void {
  const pt = Math.sqrt(x * x + across * across);
  out[at] = pt;
  out[at + 1] = y + asinh(z / pt);
  out[at + 2] = deltaPhi(phi + atan2(across, x), 0);
}
