import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { messageOf, Problem } from '../../operators/problem.js';
import { compareWindows } from './compare_windows.js';
import { explainRegime } from './explain_regime.js';
import { makeFigure } from './make_figure.js';
import { nextChecks } from './next_checks.js';
import type { McpSetting } from './setting.js';
import { answerShape, provenanceSchema, statementWords, type Answer } from './statement.js';
import { summariseAlarms } from './summarise_alarms.js';
import { DOCUMENTS, validatePipeline, validateSchema, type Validated } from './validate.js';

const annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
const pipeline = z.string().optional().describe('name of the pipeline; needed where the history has several');
const PERIOD =
  'windows by index: FROM:TO, either may be left out, -10: are the last ten; EPOCH@FROM:TO of another epoch';

const validated = {
  valid: z.boolean(),
  errors: z.array(z.string()).describe('one a mistake, with its line or place'),
  plan: z.string().optional(),
  hash: z.string().optional(),
};

const result = (text: string, structured: object): CallToolResult => ({
  content: [{ type: 'text', text }],
  structuredContent: structured as Record<string, unknown>,
});

const inWords = (answer: Answer): CallToolResult => {
  const { regimewatch, pipelineHash, source, windows } = answer.provenance;
  const from = [source, windows && `windows ${windows}`, pipelineHash && `pipeline ${pipelineHash.slice(0, 16)}`];
  const last = `From ${from.filter(Boolean).join(', ')}; regimewatch ${regimewatch}.`;
  return result([...answer.statements.map(statementWords), last].join('\n'), answer);
};

const ofValidation = (found: Validated): CallToolResult =>
  result(found.valid ? `valid${found.plan === undefined ? '' : `\n${found.plan}`}` : found.errors.join('\n'), found);

/** A mistake of the caller is told in one line, as the command line does; anything else is a fault of the program. */
async function told(work: () => Promise<CallToolResult>): Promise<CallToolResult> {
  try {
    return await work();
  } catch (error) {
    const text = error instanceof Problem ? error.message : `internal error: ${messageOf(error)}`;
    return { content: [{ type: 'text', text }], isError: true };
  }
}

/** The server with its tools, all of them read-only: what they may read is given by the setting alone. */
export function createServer(setting: McpSetting): McpServer {
  const server = new McpServer({ name: 'regimewatch', version: setting.version });
  server.registerTool(
    'summarise_alarms',
    {
      description: 'Alerts and checks in alarm, newest first, with the numbers, errors and windows that each rests on',
      inputSchema: { pipeline, firing: z.boolean().optional(), most: z.number().int().min(1).max(1000).optional() },
      outputSchema: answerShape,
      annotations,
    },
    (asked) => told(async () => inWords(await summariseAlarms(setting, asked))),
  );
  server.registerTool(
    'compare_windows',
    {
      description: 'What differs between two periods of closed windows, by regime, with errors and p-values after Holm',
      inputSchema: {
        pipeline,
        a: z.string().optional().describe(`compared with: ${PERIOD}; default the reference of the history`),
        b: z.string().describe(PERIOD),
        history: z.string().optional().describe('file of another history, for b'),
      },
      outputSchema: {
        ...answerShape,
        comparison: z.unknown().describe('as `regimewatch history compare --format json`'),
      },
      annotations,
    },
    (asked) => told(async () => inWords(await compareWindows(setting, asked))),
  );
  server.registerTool(
    'explain_regime',
    {
      description: 'What a regime is, how it responds, its verdict and why, since when, and against the reference',
      inputSchema: {
        regime: z.union([z.number().int(), z.string()]).describe('its number or its label'),
        pipeline,
        windows: z.string().optional().describe(`${PERIOD}; the last of them is explained`),
        report: z.string().optional().describe('a report.json that knows the centroids'),
      },
      outputSchema: answerShape,
      annotations,
    },
    (asked) => told(async () => inWords(await explainRegime(setting, asked))),
  );
  server.registerTool(
    'next_checks',
    {
      description: "The steps of an alert's runbook, each with the numbers of now that it is about",
      inputSchema: { alert: z.string().optional().describe('name or id; default the newest that fires'), pipeline },
      outputSchema: answerShape,
      annotations,
    },
    (asked) => told(async () => inWords(await nextChecks(setting, asked))),
  );
  server.registerTool(
    'validate_pipeline',
    {
      description:
        'Checks a pipeline file or its text, as `regimewatch check` does: the mistake with its line, or the plan',
      inputSchema: { path: z.string().optional(), text: z.string().optional() },
      outputSchema: validated,
      annotations,
    },
    (asked) => told(async () => ofValidation(await validatePipeline(setting, asked))),
  );
  server.registerTool(
    'validate_schema',
    {
      description:
        'Checks a JSON document against the schema of reports or window reports, or an Avro schema of events against a pipeline',
      inputSchema: {
        schema: z.enum(DOCUMENTS),
        path: z.string().optional(),
        text: z.string().optional(),
        pipeline: z.string().optional().describe('event: file of the pipeline; default that of the server'),
      },
      outputSchema: validated,
      annotations,
    },
    (asked) => told(async () => ofValidation(await validateSchema(setting, asked))),
  );
  server.registerTool(
    'make_figure',
    {
      description: 'A figure as SVG with its provenance: of a report.json (by name), or `timeline` of the history',
      inputSchema: {
        name: z.string(),
        report: z.string().optional().describe('a report.json'),
        pipeline,
        windows: z.string().optional().describe(PERIOD),
      },
      outputSchema: {
        ...{ name: z.string(), title: z.string(), description: z.string(), svg: z.string() },
        ...{ sha256: z.string(), provenance: provenanceSchema },
      },
      annotations,
    },
    (asked) =>
      told(async () => {
        const made = await makeFigure(setting, asked);
        const { title, description, svg, sha256 } = made;
        const image = Buffer.from(svg).toString('base64');
        const words = result(`${title}: ${description}\nSHA-256 of the SVG: ${sha256}`, made);
        return { ...words, content: [...words.content, { type: 'image', data: image, mimeType: 'image/svg+xml' }] };
      }),
  );
  return server;
}
