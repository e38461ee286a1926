import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePipeline } from '../../runtime/pipeline_file.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { root } from './shell.js';

/** A bundled pipeline, with what a test wants to be otherwise. */
export function bundled(name: string, ...overrides: string[]): Pipeline {
  const file = join(root, 'pipelines', `${name}.yaml`);
  return parsePipeline(readFileSync(file, 'utf8'), file, overrides).pipeline;
}

/** One that has all the alerts: dilepton with a probe. */
export function everything(...overrides: string[]): Pipeline {
  const probe = ['card=tagger.yaml', 'rate=0.01'].map((entry) => `probes.tagger.${entry}`);
  return bundled('dilepton', ...probe, ...overrides);
}
