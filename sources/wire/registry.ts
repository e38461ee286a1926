import { Problem, wrongSample } from '../../operators/problem.js';
import { parseSchema, type AvroSchema } from './avro/schema.js';
import { registryAddress, registryRequest, type Answer, type RequestOptions } from './registry_request.js';

export interface SchemaRegistry {
  /** The Avro schema of an id. A Problem (3): it cannot be used; (1, 2): the registry could not be asked. */
  readonly byId: (id: number) => Promise<AvroSchema>;
  /** Registers a schema under a subject, or finds it there: its id. A Problem (3): the registry does not take it. */
  readonly register: (subject: string, schema: AvroSchema) => Promise<number>;
}

/** So many ids are kept; one that gives no schema is asked for again after so long. */
const idsKept = 10_000;
const missMs = 30_000;

/** The value of a key of a JSON object, or undefined if the text is none. */
function entry(text: string, key: string): unknown {
  try {
    return (JSON.parse(text) as Record<string, unknown> | null)?.[key];
  } catch {
    return undefined;
  }
}

/**
 * A client of a schema registry (Confluent Schema Registry API v1: GET /schemas/ids/{id}, POST /subjects/{s}/versions).
 * What an id stands for never changes, so it is asked for once.
 */
export function schemaRegistry(url: string, options: RequestOptions = {}): SchemaRegistry {
  const base = registryAddress(url);
  const request = registryRequest(base, options);
  const registry = `schema registry ${base.origin}`;
  const seen = new Map<number, { readonly asked: Promise<AvroSchema>; until: number }>();

  /** An answer that no registry gives must not pass for its word on a schema. */
  const strange = ({ status }: Answer): Problem =>
    new Problem(
      1,
      `${registry} answers ${status} and no registry's words: see that the address is a schema registry's`,
    );

  async function get(id: number): Promise<AvroSchema> {
    const answer = await request(`schemas/ids/${id}`);
    const { status, text } = answer;
    if (status === 404 && typeof entry(text, 'error_code') === 'number') {
      throw wrongSample(`schema ${id} is not in the ${registry}: register it there`);
    }
    const schema = entry(text, 'schema');
    if (status !== 200 || typeof schema !== 'string') throw strange(answer);
    if ((entry(text, 'schemaType') ?? 'AVRO') !== 'AVRO') {
      throw wrongSample(`schema ${id} of the ${registry} is not Avro: write the events in Avro`);
    }
    return parseSchema(schema, `id ${id} in the ${registry}`);
  }

  function ask(id: number): Promise<AvroSchema> {
    if (seen.size >= idsKept) seen.delete(seen.keys().next().value!);
    const kept = { asked: get(id), until: Infinity };
    seen.set(id, kept);
    kept.asked.catch((thrown: unknown) => {
      kept.until = thrown instanceof Problem && thrown.exitCode === 3 ? Date.now() + missMs : 0;
    });
    return kept.asked;
  }

  return {
    byId: (id) => {
      const known = seen.get(id);
      return known && Date.now() < known.until ? known.asked : ask(id);
    },
    register: async (subject, schema) => {
      const path = `subjects/${encodeURIComponent(subject)}/versions`;
      const answer = await request(path, JSON.stringify({ schema: JSON.stringify(schema) }));
      const { status, text } = answer;
      const id = entry(text, 'id');
      if (status === 200 && Number.isInteger(id)) return Number(id);
      if (typeof entry(text, 'error_code') !== 'number') throw strange(answer);
      const why = status === 409 ? 'is not compatible with the schema there' : `is not taken (${status})`;
      throw wrongSample(`schema for subject '${subject}' of the ${registry} ${why}: mend it or choose another subject`);
    },
  };
}
