import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { topicSchema } from '../runtime/live/wire_stage.js';
import { loadPipeline } from '../runtime/pipeline_file.js';
import { pipelineSchema } from './pipeline.js';
import { reportSchema } from './report.js';
import { windowReportSchema } from './window_report.js';

/** Name of each generated file in schemas/ → its text: JSON Schema 2020-12, two spaces, a line end. */
export function jsonSchemas(): ReadonlyMap<string, string> {
  return new Map([
    fileOf('pipeline', 'A pipeline of regimewatch', z.toJSONSchema(pipelineSchema, { io: 'input' })),
    fileOf('report', 'A report of regimewatch', z.toJSONSchema(reportSchema, { io: 'output' })),
    fileOf('window-report', 'A closed window of a live stream', z.toJSONSchema(windowReportSchema, { io: 'output' })),
  ]);
}

function fileOf(name: string, title: string, { $schema, ...schema }: z.core.JSONSchema.BaseSchema): [string, string] {
  const whole = { $schema, $id: `urn:regimewatch:${name}`, title, ...schema };
  return [`${name}.schema.json`, `${JSON.stringify(whole, null, 2)}\n`];
}

/** Name of each pipeline's event schema in schemas/ → its text: what a message of the pipeline's topic holds (Avro). */
export async function eventSchemas(folder: URL): Promise<ReadonlyMap<string, string>> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return new Map(
    await Promise.all(
      files.sort().map(async (file): Promise<[string, string]> => {
        const loaded = await loadPipeline(fileURLToPath(new URL(file, folder)));
        return [`${loaded.pipeline.pipeline}.event.avsc`, `${JSON.stringify(topicSchema(loaded), null, 2)}\n`];
      }),
    ),
  );
}

// `npm run generate`: the program is in dist/schemas/, the schemas are kept beside its source.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const pipelines = new URL('../../pipelines/', import.meta.url);
  for (const [name, text] of [...jsonSchemas(), ...(await eventSchemas(pipelines))]) {
    writeFileSync(new URL(`../../schemas/${name}`, import.meta.url), text);
  }
}
