import { closest } from 'fastest-levenshtein';
import type { Layout, Place, Storage } from '../../arrow/layout.js';
import { presentIn, type NeededField } from '../avro/resolve.js';
import type { WireField } from '../types.js';

/** Where a needed column is, or what to fill it with. */
export type PlanColumn =
  { readonly name: string; readonly place: Place } | { readonly name: string; readonly fill: number };

/** What each stored type may be read as, as in Avro's schema resolution: never as something narrower. */
const promotions: Readonly<Partial<Record<Storage, readonly WireField['type'][]>>> = {
  ...Object.fromEntries(['bits', 'i8', 'u8', 'i16', 'u16', 'i32'].map((s) => [s, ['int', 'long', 'float', 'double']])),
  ...Object.fromEntries(['u32', 'i64', 'u64'].map((s) => [s, ['long', 'float', 'double']])),
  f16: ['float', 'double'],
  f32: ['float', 'double'],
  f64: ['double'],
};

const plain = /^\P{Cc}{1,100}$/u;

function columnOf({ places, others }: Layout, { name, type, aliases = [], default: fill }: NeededField): PlanColumn {
  const found = [name, ...aliases].find((each) => places.has(each) || others.has(each));
  if (found === undefined) {
    if (fill !== undefined) return { name, fill };
    // Names are of the message, damaged or hostile as it may be.
    const names = [...places.keys()].filter((each) => plain.test(each)).slice(0, 1000);
    const nearest = names.length === 0 ? '' : `; nearest '${closest(name, names)}'`;
    throw new Error(`it has no column '${name}'${nearest}`);
  }
  const place = places.get(found);
  if (place === undefined || place.list !== undefined || place.storage === 'null') {
    const what = place?.list ? 'lists' : (others.get(found) ?? 'null');
    throw new Error(`its column '${found}' is ${what}, which holds no plain numbers`);
  }
  if (!promotions[place.storage]!.includes(type)) {
    throw new Error(`its column '${found}' is ${place.storage}, which is wider than ${type}: narrowing is refused`);
  }
  return { name, place };
}

/**
 * The columns of a schema that are needed, in the order of `needed`; others are passed over. Throws an Error of one line
 * if one is missing that is not optional and has no default, holds no plain numbers, or would have to be narrowed.
 */
export function planOf(layout: Layout, needed: readonly NeededField[]): PlanColumn[] {
  return presentIn(needed, [...layout.places.keys(), ...layout.others.keys()]).map((field) => columnOf(layout, field));
}
