import { createHash } from 'node:crypto';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadCard, type LoadedCard } from '../../../runtime/models/card_file.js';
import { checkOnnxFile } from '../../../runtime/models/onnx_file.js';
import { problemOf } from '../../support/problem_of.js';
import { scratch } from '../../support/scratch.js';

const fixtures = fileURLToPath(new URL('../../fixtures/models/', import.meta.url));
const folder = scratch();
const card = (name: string): Promise<LoadedCard> => loadCard(join(fixtures, `${name}.card.yaml`));

async function messageFor(loaded: LoadedCard, maxBytes?: number): Promise<string> {
  const { message, exitCode } = await problemOf(() => checkOnnxFile(loaded, maxBytes));
  expect(exitCode).toBe(2);
  return message.replaceAll(fixtures, '').replaceAll(folder, '');
}

test('a file that the card describes passes', async () => {
  await checkOnnxFile(await card('linear'));
});

test('another file than the card describes', async () => {
  const linear = await card('linear');
  expect(await messageFor({ ...linear, file: join(fixtures, 'mlp.onnx') })).toMatch(
    /^linear\.card\.yaml:4: sha256: mlp\.onnx has [0-9a-f]{64}: it is not the file that the card describes; mend one of them$/,
  );
});

test('no file, and a folder', async () => {
  const linear = await card('linear');
  expect(await messageFor({ ...linear, file: join(fixtures, 'none.onnx') })).toBe(
    'model none.onnx: no such file (linear.card.yaml:3: file)',
  );
  expect(await messageFor({ ...linear, file: fixtures })).toBe('model : is no file (linear.card.yaml:3: file)');
});

test('a file of 2 GB is refused by its size', async () => {
  const file = join(folder, 'large.onnx');
  writeFileSync(file, '');
  truncateSync(file, 2 ** 31);
  expect(await messageFor({ ...(await card('linear')), file })).toBe(
    'model /large.onnx: 2147483648 bytes, more than the 536870912 that are allowed',
  );
});

test('another opset than the card says', async () => {
  const linear = await card('linear');
  expect(await messageFor({ ...linear, card: { ...linear.card, opset: 18 } })).toBe(
    'linear.card.yaml:5: opset: is 18, but linear.onnx has opset 17; mend the card',
  );
});

test('weights that the hash does not cover', async () => {
  expect(await messageFor(await card('external'))).toBe(
    "model external.onnx: weights of 'w' lie in another file, which no hash covers: save them in one file",
  );
});

test.each([
  ['text.onnx', 'a text', /^model \/text\.onnx: is no ONNX file, or a damaged one \(/],
  ['empty.onnx', '', /^model \/empty\.onnx: is no ONNX file: it names no opset$/],
])('%s is none', async (name, content, message) => {
  const linear = await card('linear');
  const file = join(folder, name);
  writeFileSync(file, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  expect(await messageFor({ ...linear, file, card: { ...linear.card, sha256 } })).toMatch(message);
});
