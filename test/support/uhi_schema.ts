import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';

const schema = JSON.parse(
  readFileSync(new URL('../fixtures/export/uhi.schema.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv({ strict: false }).compile(schema);

/** What the schema of uhi 1.2 finds wrong with a histogram; '' is nothing. */
export const uhiMistakes = (histogram: unknown): string => (validate(histogram) ? '' : JSON.stringify(validate.errors));
