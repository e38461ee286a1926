import { z } from 'zod';
import { nearest } from '../operators/expressions/nearest.js';
import { pipelineSchema } from '../schemas/pipeline.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];
type Locate = (path: Path) => string;

/** What YAML and readers call what zod calls otherwise. */
const CALLED: Readonly<Record<string, string>> = {
  record: 'entries (name: value)',
  object: 'entries (name: value)',
  tuple: 'a list',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
  undefined: 'nothing',
};
const called = (type: string): string => CALLED[type] ?? type;

/** Names of the entries that a schema knows at a path. */
type Entries = (path: Path) => string[];

/**
 * The line of one mistake among all that were found: a misspelt entry goes before the one that it was meant to be.
 * `entries` are those of the schema; default a pipeline's.
 */
export function describeMistake(issues: readonly Issue[], locate: Locate, entries: Entries = entriesAt): string {
  return describe(foremost(issues), locate, entries);
}

const foremost = (issues: readonly Issue[]): Issue =>
  issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!;

function describe(issue: Issue, locate: Locate, entries: Entries): string {
  const where = locate(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const key = issue.keys[0]!;
      return `${locate([...issue.path, key])}: unknown entry${suggestion(key, entries(issue.path))}`;
    }
    case 'invalid_key': {
      const key = String(issue.path.at(-1));
      const hint = suggestion(key, entries(issue.path.slice(0, -1)));
      return `${where}: wrong name '${key}'${hint === '' ? `; ${issue.issues[0]!.message}` : hint}`;
    }
    case 'invalid_union':
      return describeUnion(issue, locate, entries);
    case 'invalid_type': {
      const expected = called(issue.expected);
      const received = issue.message.split('received ')[1];
      if (received === 'undefined') return `${where}: is missing, expected ${expected}`;
      if (issue.expected === 'int') return `${where}: expected ${expected}`;
      return `${where}: expected ${expected}${received === undefined ? '' : `, found ${called(received)}`}`;
    }
    case 'invalid_value':
      return `${where}: expected ${issue.values.map(String).join(' or ')}`;
    case 'too_small':
    case 'too_big': {
      const [bound, limit, strict] =
        issue.code === 'too_small' ? ['least', issue.minimum, 'above'] : ['most', issue.maximum, 'below'];
      if (issue.origin === 'array')
        return `${where}: must have at ${bound} ${String(limit)} ${Number(limit) === 1 ? 'entry' : 'entries'}`;
      if (issue.origin === 'string') return `${where}: must not be empty`;
      return `${where}: must be ${issue.inclusive === false ? strict : `at ${bound}`} ${String(limit)}`;
    }
    default:
      return `${where}: ${issue.message.replace('Invalid input: ', '')}`;
  }
}

/** Of the ways in which an entry may be written, the one that was meant is the one with the fewest mistakes. */
function describeUnion(issue: Issue & { code: 'invalid_union' }, locate: Locate, entries: Entries): string {
  const inside = issue.errors.filter((errors) => errors.every(isInside)).sort((a, b) => a.length - b.length)[0];
  if (inside) {
    const first = foremost(inside);
    return describe({ ...first, path: [...issue.path, ...first.path] }, locate, entries);
  }
  const all = issue.errors.flat();
  const expected = new Set(
    all.map((each) =>
      each.code === 'invalid_type'
        ? called(each.expected)
        : each.code === 'invalid_value'
          ? each.values.map((value) => `'${String(value)}'`).join(' or ')
          : each.message,
    ),
  );
  const found = all.flatMap(({ message }) => message.split('received ')[1] ?? [])[0];
  if (found === 'undefined') return `${locate(issue.path)}: is missing, expected ${[...expected].join(' or ')}`;
  return `${locate(issue.path)}: expected ${[...expected].join(' or ')}${found === undefined ? '' : `, found ${called(found)}`}`;
}

/** True if the value has the kind that was wanted and the mistake is in what it holds. */
const isInside = (issue: Issue): boolean =>
  issue.path.length > 0 || (issue.code !== 'invalid_type' && issue.code !== 'invalid_value');

/** ', did you mean ...?' or what there is. */
export function suggestion(wrong: string, known: readonly string[]): string {
  const near = nearest(wrong, known);
  if (near !== undefined) return `, did you mean '${near}'?`;
  return known.length > 0 ? `; known here: ${known.join(', ')}` : '';
}

interface Node {
  properties?: Record<string, Node>;
  additionalProperties?: Node | boolean;
  propertyNames?: { enum?: string[] };
  anyOf?: Node[];
  items?: Node | boolean;
  prefixItems?: Node[];
}

const isNode = (node: Node | boolean | undefined): node is Node => typeof node === 'object';
const open = (nodes: readonly Node[]): Node[] => nodes.flatMap((node) => (node.anyOf ? open(node.anyOf) : [node]));

function nodesAt(path: Path, schema: z.ZodType = pipelineSchema): Node[] {
  let nodes = open([z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node]);
  for (const key of path) {
    const next = ({ properties, additionalProperties, propertyNames, prefixItems, items }: Node): Node[] => {
      const named = Object.hasOwn(properties ?? {}, key) ? properties?.[String(key)] : undefined;
      const other = propertyNames?.enum?.includes(String(key)) === false ? undefined : additionalProperties;
      return [named ?? other ?? prefixItems?.[Number(key)] ?? items].filter(isNode);
    };
    nodes = open(nodes.flatMap(next));
  }
  return nodes;
}

/** Names of the entries that the schema knows at a path; none where the pipeline chooses the names. */
export function entriesAt(path: Path, schema: z.ZodType = pipelineSchema): string[] {
  return nodesAt(path, schema).flatMap((node) => [
    ...Object.keys(node.properties ?? {}),
    ...(node.propertyNames?.enum ?? []),
  ]);
}

/** Whether there can be an entry at this path. */
export const canBe = (path: Path): boolean => nodesAt(path).length > 0;
