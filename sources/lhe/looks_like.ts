const MAGIC: readonly (readonly [string, string])[] = [
  ['PAR1', 'a Parquet file'],
  ['ARROW1', 'an Arrow file'],
  ['Obj\x01', 'an Avro file'],
  ['root', 'a ROOT file'],
  ['\x89HDF', 'an HDF5 file'],
  ['HepMC::', 'a HepMC file'],
  ['PK\x03\x04', 'a zip archive'],
  ['BZh', 'a bzip2 file'],
  ['\xfd7zXZ', 'an xz file'],
  ['\x28\xb5\x2f\xfd', 'a Zstandard file'],
  ['\x1f\x8b', 'a gzip file inside a gzip file'],
  ['%PDF', 'a PDF file'],
];

/** What a file that begins with these bytes seems to be, in words. */
export function looksLike(bytes: Buffer): string {
  const head = bytes.subarray(0, 512).toString('latin1');
  for (const [magic, words] of MAGIC) if (head.startsWith(magic)) return words;
  if (head.trim() === '') return 'blank text';
  // eslint-disable-next-line no-control-regex -- control bytes are what tells binary from text
  if (/[\x00-\x08\x0e-\x1f]/.test(head)) return 'binary data';
  const text = head.trimStart();
  if (/^(<!doctype html|<html)/i.test(text)) return 'a web page';
  if (text.startsWith('<')) return 'another XML file';
  if (text.startsWith('{') || text.startsWith('[')) return 'JSON';
  return `text that begins ${JSON.stringify(text.split(/[\r\n]/, 1)[0]?.slice(0, 40))}`;
}
