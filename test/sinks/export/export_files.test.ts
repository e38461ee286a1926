import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { correctionFiles, writeExport, type ExportFacts } from '../../../sinks/export/export_files.js';
import { correctionModel, regimeMap } from '../../support/corrections.js';

const map = regimeMap({ variables: ['H_T'], scale: [{ mean: 100, width: 50 }], centroids: [[-1], [1]] });
const content = { regimeMap: map.version, layer: 'regime', variables: ['H_T'], degree: 0, low: [], high: [] } as const;
const facts: ExportFacts = {
  name: 'dilepton',
  map,
  correction: correctionModel({ ...content, coefficients: [[0.25], [-0.5]] }),
  reco: 'm_reco',
  range: [60, 120],
  pipeline: { name: 'dilepton', title: 'Z → ll mass', hash: 'abc' },
  program: '0.1.0',
  samples: [],
  events: { train: 7, validation: 2, test: 1 },
  fitted: 'mean response by regime',
  inputs: { H_T: { unit: 'GeV', range: [0, 400] }, m_reco: { unit: 'GeV', range: [60, 120] } },
  decision: { accepted: true, reason: 'it helps' },
  figures: [],
};

describe('files of an export', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'export-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are a model, its vectors, and the card that names both', async () => {
    const paths = await writeExport(join(folder, 'deep', 'out'), correctionFiles(facts));
    expect(paths.map((path) => path.slice(folder.length))).toEqual(
      ['onnx', 'vectors.json', 'card.yaml'].map((end) => join('/deep/out', `dilepton.${end}`)),
    );
    const card = parse(await readFile(paths[2]!, 'utf8')) as { file: string; sha256: string; validation: object };
    expect(card.file).toBe('dilepton.onnx');
    expect(card.sha256).toBe(
      createHash('sha256')
        .update(await readFile(paths[0]!))
        .digest('hex'),
    );
    expect(card.validation).toMatchObject({ file: 'dilepton.vectors.json', rows: 1000 });
    expect(JSON.parse(await readFile(paths[1]!, 'utf8'))).toMatchObject({
      rows: 1000,
      correction: facts.correction.version,
    });
  });

  it('are the same bytes every time', () => {
    expect([...correctionFiles(facts)]).toEqual([...correctionFiles(facts)]);
  });

  it('say where they cannot be written', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await expect(writeExport(file, new Map())).rejects.toThrow(`folder ${file}: the export cannot be written: EEXIST`);
  });
});
