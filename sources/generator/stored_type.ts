/** How a column is stored in a written sample. */
export type StoredType = 'float32' | 'float64' | 'int32';

/** `event` as a double (exact to 2^53), particle codes as integers, all else in single precision. */
export function storedType(name: string): StoredType {
  if (name === 'event') return 'float64';
  return name === 'flavour' ? 'int32' : 'float32';
}
