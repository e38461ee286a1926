import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../cli/version.js';
import { isList } from '../../operators/batch.js';
import { wrongSample } from '../../operators/problem.js';
import { loadPipeline } from '../../runtime/pipeline_file.js';
import { planPipeline } from '../../runtime/pipeline_plan.js';
import { reconstructionConfig } from '../../runtime/reconstruction.js';
import { generatorSource } from '../../sources/generator/generator.js';
import { WORKLOAD } from './workload.js';

const BATCH_EVENTS = 16_384;

const fileOf = (folder: string, name: string): string => join(folder, `${name}.f32`);

/** Writes the columns of the generated dilepton sample, each a file of single-precision numbers (little-endian). */
export async function writeColumns(folder: string, events: number, onEvents: (more: number) => void): Promise<void> {
  const { pipeline, locate } = await loadPipeline(join(packageFolder(), 'pipelines', 'dilepton.yaml'));
  const source = generatorSource({
    events,
    seed: pipeline.generator?.seed ?? 1,
    high_pt_fraction: pipeline.generator?.high_pt_fraction ?? 0,
    reco: reconstructionConfig(pipeline, planPipeline(pipeline, locate).definitions),
  });
  const files = new Map(WORKLOAD.columns.map((name) => [name, openSync(fileOf(folder, name), 'w')]));
  try {
    for await (const { columns, length } of source.read(WORKLOAD.columns, { batchEvents: BATCH_EVENTS })) {
      for (const [name, file] of files) {
        const column = columns.get(name)!;
        if (!isList(column)) writeAll(file, Float32Array.from(column));
      }
      onEvents(length);
    }
  } finally {
    for (const file of files.values()) closeSync(file);
  }
}

/** The first events of the columns, in the order of the workload. */
export function readColumns(folder: string, events: number): Float32Array[] {
  return WORKLOAD.columns.map((name) => {
    const path = fileOf(folder, name);
    const stored = statSync(path).size / Float32Array.BYTES_PER_ELEMENT;
    if (stored < events) throw wrongSample(`${path}: holds ${stored} events, ${events} are asked for`);
    const column = new Float32Array(events);
    const bytes = new Uint8Array(column.buffer);
    const file = openSync(path, 'r');
    for (let at = 0; at < bytes.length;) at += readSync(file, bytes, at, bytes.length - at, null);
    closeSync(file);
    return column;
  });
}

function writeAll(file: number, { buffer }: Float32Array): void {
  const bytes = new Uint8Array(buffer);
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}
