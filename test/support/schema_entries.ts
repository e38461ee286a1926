/** What is used of a JSON Schema. */
export interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaNode | boolean;
  readonly propertyNames?: { readonly enum?: readonly string[] };
  readonly anyOf?: readonly SchemaNode[];
  readonly items?: SchemaNode | boolean;
  readonly default?: unknown;
}

/** An entry that a file may have. In its path NAME stands for any name, FORMAT for a listed one, N for a list's place. */
export interface SchemaEntry {
  readonly path: string;
  readonly required: boolean;
  readonly default: unknown;
}

/** Every entry that the schema knows by name, in its order. */
export function schemaEntries(node: SchemaNode | boolean | undefined, path: readonly string[] = []): SchemaEntry[] {
  if (typeof node !== 'object') return [];
  const named = Object.entries(node.properties ?? {}).flatMap(([key, inner]): SchemaEntry[] => [
    { path: [...path, key].join('.'), required: node.required?.includes(key) === true, default: inner.default },
    ...schemaEntries(inner, [...path, key]),
  ]);
  return [
    ...named,
    ...schemaEntries(node.additionalProperties, [...path, node.propertyNames?.enum ? 'FORMAT' : 'NAME']),
    ...schemaEntries(node.items, [...path, 'N']),
    ...(node.anyOf ?? []).flatMap((each) => schemaEntries(each, path)),
  ];
}
