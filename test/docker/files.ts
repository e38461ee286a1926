import { readdirSync, readFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';

export const root = new URL('../../', import.meta.url);
export const textOf = (path: string): string => readFileSync(new URL(path, root), 'utf8');
export const yamlOf = (path: string): unknown => parse(textOf(path), { merge: true });
export const namesIn = (path: string, ending: string): string[] =>
  readdirSync(new URL(path, root)).filter((name) => name.endsWith(ending));

export interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly restart?: string;
  readonly depends_on?: readonly string[] | Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly disable?: boolean };
}

export interface Compose {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

export const compose = yamlOf('docker/compose.yaml') as Compose;
export const serviceOf = (name: string): Service => compose.services[name]!;

/** Every document of every file in docker/kubernetes, by kind. */
export const manifests = new Map(
  namesIn('docker/kubernetes', '.yaml').flatMap((name) =>
    parseAllDocuments(textOf(`docker/kubernetes/${name}`)).map((document) => {
      const manifest = document.toJS() as Record<string, unknown>;
      return [String(manifest['kind']), { file: name, manifest }] as const;
    }),
  ),
);
