import { wrongPipeline, type Problem } from '../problem.js';
import { format } from './format.js';
import { quoted } from './source_text.js';
import type { Formula } from './syntax.js';
import { isClash, PURE, type Clash, type Unit } from './units.js';

/**
 * What a column or a formula gives for each event. `unit` null: none known, agrees with every unit.
 * `elements` is 'boolean' for a list of truth values (Jet_pt > 30), absent for a list of numbers.
 */
export interface Signature {
  readonly type: 'number' | 'boolean' | 'list';
  readonly unit: string | null;
  readonly elements?: 'boolean';
}

export type Scope = ReadonlyMap<string, Signature>;

/** What the rules of typeOf share: the formula (its text, if it was parsed) and the names it may use. */
export interface Checker {
  readonly root: Formula;
  readonly source: string | undefined;
  readonly scope: Scope;
}

/** A part of a formula and its signature. */
export interface Typed {
  readonly f: Formula;
  readonly is: Signature;
}

export const PURE_NUMBER: Signature = { type: 'number', unit: PURE };

export const numberSignature = (list: boolean, unit: Unit): Signature => ({ type: list ? 'list' : 'number', unit });

export const truthSignature = (list: boolean): Signature =>
  list ? { type: 'list', unit: null, elements: 'boolean' } : { type: 'boolean', unit: null };

export const isTruth = (is: Signature): boolean => is.type === 'boolean' || is.elements === 'boolean';

export const unitsOf = (parts: readonly Typed[]): Unit[] => parts.map(({ is }) => is.unit);

/** "formula '...': 'sqrt' at column 5 takes ...". */
export function wrong(c: Checker, what: string, at: number, rest: string): Problem {
  const where = c.source === undefined ? '' : ` at column ${at + 1}`;
  return wrongPipeline(`formula ${quoted(c.source ?? format(c.root))}: ${what}${where}${rest}`);
}

function described(is: Signature): string {
  if (is.type === 'list') return is.elements === 'boolean' ? 'a list of truth values' : 'a list';
  return is.type === 'boolean' ? 'true or false' : 'a number';
}

/** Refuses a part that is not what is wanted: "'and' at column 3 takes truth values, 'a' is a number". */
export function want(c: Checker, what: string, at: number, wanted: string, part: Typed, fits: boolean): void {
  if (!fits) throw wrong(c, what, at, ` takes ${wanted}, ${quoted(format(part.f))} is ${described(part.is)}`);
}

/** Whether there is a list among parts that must all be numbers or lists of numbers. */
export function wantNumbers(c: Checker, what: string, at: number, parts: readonly Typed[]): boolean {
  for (const part of parts) want(c, what, at, 'numbers', part, !isTruth(part.is));
  return parts.some(({ is }) => is.type === 'list');
}

/** Whether there is a list among parts that must all be true or false. */
export function wantTruths(c: Checker, what: string, at: number, parts: readonly Typed[]): boolean {
  for (const part of parts) want(c, what, at, 'truth values', part, isTruth(part.is));
  return parts.some(({ is }) => is.type === 'list');
}

export function wantUnit(c: Checker, what: string, at: number, found: Unit | Clash): Unit {
  if (isClash(found)) throw wrong(c, what, at, ` ${found.clash}`);
  return found;
}
