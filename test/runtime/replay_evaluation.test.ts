import { describe, expect, test } from 'vitest';
import { loadPipeline } from '../../runtime/pipeline_file.js';
import { replay } from '../../runtime/replay.js';
import { prepareSamples } from '../../runtime/samples.js';
import type { Report } from '../../schemas/report.js';
import { run } from '../support/program.js';
import { lasting, settings } from '../support/replay.js';

const pipeline = new URL('../../pipelines/dilepton.yaml', import.meta.url).pathname;
const LIGHT = ['response.bins=[400, -1, 1]', 'spectrum.bins=[12, 60, 120]', 'context.H_T.bins=[20, 0, 4000]'];

describe.each([['of weighted events'], ['of counted events', 'weight=none'], ['with singles', 'precision=f32']])(
  'a replay %s',
  (_, ...sets) => {
    test('has the same bits however its formulas are evaluated and its summaries filled', async () => {
      const by = async (evaluation: 'compiled' | 'plain'): Promise<Report> => {
        const loaded = await loadPipeline(pipeline, [...LIGHT, ...sets, `evaluation=${evaluation}`]);
        return replay(loaded, await prepareSamples(loaded, ['generator:50000?seed=5&high_pt=0.3']), settings());
      };
      const [compiled, plain] = [await by('compiled'), await by('plain')];
      expect(compiled.stateHash).toBe(plain.stateHash);
      expect(compiled.pipelineHash).toBe(plain.pipelineHash);
      expect(lasting(compiled)).toEqual(lasting(plain));
    }, 120_000);
  },
);

test.each(['f64', 'f32'])(
  '1, 2 and 4 workers have the same bits, evaluated by either, in %s',
  async (precision) => {
    const sets = [...LIGHT, 'local_model=none'].flatMap((set) => ['--set', set]);
    const reports: Report[] = [];
    for (const [workers, evaluation] of [
      ['1', 'plain'],
      ['1', 'compiled'],
      ['2', 'compiled'],
      ['4', 'compiled'],
    ] as const) {
      const { code, stdout, stderr } = await run(
        ...['replay', 'pipelines/dilepton.yaml', 'generator:40000?seed=6', '--workers', workers],
        ...[...sets, '--set', `evaluation=${evaluation}`, '--set', `precision=${precision}`, '--format', 'json'],
      );
      expect([code, stderr]).toEqual([0, '']);
      reports.push(JSON.parse(stdout) as Report);
    }
    const [first, ...others] = reports.map(lasting);
    for (const other of others) expect(other).toEqual(first);
  },
  120_000,
);
