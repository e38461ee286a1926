import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Batch } from '../../operators/batch.js';
import { cosh, sinh } from '../../operators/expressions/math/sinh_cosh.js';
import { cos, sin } from '../../operators/expressions/math/sin_cos.js';
import { Z_MASS } from '../../operators/peak/breit_wigner.js';
import { PLACES } from './event.js';
import { ENERGY } from './rapidity.js';
import { rebatch } from './rebatch.js';

const BLOCK = 1024;
const ZERO = '+0.00000000000e+00';
const COLUMNS = [...PLACES.slice(0, 7), 'weight'];

const HEADER = `<LesHouchesEvents version="3.0">
<header>
</header>
<init>
2212 2212 ${real(ENERGY / 2)} ${real(ENERGY / 2)} 0 0 0 0 -4 1
${real(1)} ${real(0)} ${real(1)} 1
</init>
`;

/**
 * Writes a stream of generated events as a Les Houches Event File, gzipped if the name ends in .gz: q q̄ → Z g, Z → ll,
 * with a gluon that balances the boson's pT at the boson's rapidity, so that four-momentum is conserved.
 * Format: J. Alwall et al., "A standard format for Les Houches Event Files", hep-ph/0609017.
 */
export async function writeLhe(file: string, batches: AsyncIterable<Batch>): Promise<void> {
  async function* text(): AsyncGenerator<string> {
    yield HEADER;
    for await (const { length, columns } of rebatch(batches, COLUMNS, BLOCK)) {
      let events = '';
      for (let i = 0; i < length; i++) events += event(columns.map((column) => column[i]!));
      yield events;
    }
    yield '</LesHouchesEvents>\n';
  }
  const zip = file.endsWith('.gz') ? [createGzip()] : [];
  await pipeline([Readable.from(text()), ...zip, createWriteStream(file)]);
}

type Momentum = readonly [px: number, py: number, pz: number, energy: number];

function event(values: readonly number[]): string {
  const [pt1, eta1, phi1, pt2, eta2, phi2, flavour, weight] = values as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const l1 = massless(pt1, eta1, phi1);
  const l2 = massless(pt2, eta2, phi2);
  const boson: Momentum = [l1[0] + l2[0], l1[1] + l2[1], l1[2] + l2[2], l1[3] + l2[3]];
  const pt = Math.sqrt(boson[0] * boson[0] + boson[1] * boson[1]);
  const transverse = Math.sqrt((boson[3] - boson[2]) * (boson[3] + boson[2]));
  const gluon: Momentum = [-boson[0], -boson[1], (pt * boson[2]) / transverse, (pt * boson[3]) / transverse];
  const plus = (boson[3] + gluon[3] + boson[2] + gluon[2]) / 2;
  const minus = (boson[3] + gluon[3] - boson[2] - gluon[2]) / 2;
  const mass = Math.sqrt(Math.max(transverse * transverse - pt * pt, 0));
  return [
    '<event>',
    ` 6 1 ${real(weight)} ${real(Z_MASS)} ${real(1 / 128)} ${real(0.118)}`,
    particle(2, -1, [0, 0], [501, 0], [0, 0, plus, plus], 0),
    particle(-2, -1, [0, 0], [0, 502], [0, 0, -minus, minus], 0),
    particle(23, 2, [1, 2], [0, 0], boson, mass),
    particle(-flavour, 1, [3, 3], [0, 0], l1, 0),
    particle(flavour, 1, [3, 3], [0, 0], l2, 0),
    particle(21, 1, [1, 2], [501, 502], gluon, 0),
    '</event>\n',
  ].join('\n');
}

function massless(pt: number, eta: number, phi: number): Momentum {
  return [pt * cos(phi), pt * sin(phi), pt * sinh(eta), pt * cosh(eta)];
}

function particle(
  pdg: number,
  status: number,
  mothers: readonly [number, number],
  colours: readonly [number, number],
  momentum: Momentum,
  mass: number,
): string {
  const codes = [pdg, status, ...mothers, ...colours].map((code) => String(code).padStart(3));
  return ` ${[...codes, ...[...momentum, mass].map(real)].join(' ')} ${real(0)} 9.`;
}

function real(value: number): string {
  if (value === 0) return ZERO;
  const text = value.toExponential(11);
  const power = text.length - 2;
  const padded = text[power] === '+' || text[power] === '-' ? `${text.slice(0, -1)}0${text[power + 1]!}` : text;
  return value < 0 ? padded : `+${padded}`;
}
