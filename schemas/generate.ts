import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
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

// `npm run generate`: the program is in dist/schemas/, the schemas are kept beside its source.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [name, text] of jsonSchemas()) writeFileSync(new URL(`../../schemas/${name}`, import.meta.url), text);
}
