import { expect, test } from 'vitest';
import { partialNotes } from '../../runtime/partial_notes.js';
import { loadPipeline } from '../../runtime/pipeline_file.js';

test('a partial of a pipeline with probes says that they are not run', async () => {
  const pathOf = (path: string): string => new URL(`../../${path}`, import.meta.url).pathname;
  const plain = await loadPipeline(pathOf('pipelines/ttbar.yaml'), []);
  expect(partialNotes(plain.pipeline)).toEqual([]);
  expect(partialNotes({ probes: {} })).toEqual([]);
  const card = pathOf('models/ttbar_leptons.card.yaml');
  const probed = await loadPipeline(pathOf('pipelines/ttbar.yaml'), [`probes.lep={ card: ${card} }`]);
  expect(partialNotes(probed.pipeline)).toEqual([expect.stringMatching(/^probes: not run: partials do not carry /)]);
});
