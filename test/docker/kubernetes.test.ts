import { Ajv2020 } from 'ajv/dist/2020.js';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { addLive } from '../../cli/live.js';
import { loadPipeline } from '../../runtime/pipeline_file.js';
import { manifests, namesIn, root, textOf, yamlOf } from './files.js';

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema({ $id: 'kubernetes', ...(JSON.parse(textOf('test/fixtures/docker/kubernetes.schema.json')) as object) });
const errorsOf = (definition: string, manifest: unknown) => {
  const validate = ajv.compile({ $ref: `kubernetes#/$defs/${definition}` });
  validate(manifest);
  return validate.errors ?? [];
};
const DEFINITIONS = {
  StatefulSet: 'io.k8s.api.apps.v1.StatefulSet',
  Service: 'io.k8s.api.core.v1.Service',
  PodDisruptionBudget: 'io.k8s.api.policy.v1.PodDisruptionBudget',
} as const;
const labels = z.record(z.string(), z.string());
/** monitoring.coreos.com/v1: what is used of it. */
const serviceMonitor = z.strictObject({
  apiVersion: z.literal('monitoring.coreos.com/v1'),
  kind: z.literal('ServiceMonitor'),
  metadata: z.strictObject({ name: z.string(), labels }),
  spec: z.strictObject({
    selector: z.strictObject({ matchLabels: labels }),
    endpoints: z.array(
      z.strictObject({
        port: z.string(),
        path: z.string(),
        interval: z.string().regex(/^\d+s$/),
        scrapeTimeout: z.string().regex(/^\d+s$/),
      }),
    ),
  }),
});
const manifestOf = (kind: string) => manifests.get(kind)!.manifest;

describe.each(Object.entries(DEFINITIONS))('%s', (kind, definition) => {
  test("holds to Kubernetes' schema, which refuses what it does not know", () => {
    expect(errorsOf(definition, manifestOf(kind))).toEqual([]);
    const spec = { ...(manifestOf(kind)['spec'] as object), colour: 'red' };
    expect(errorsOf(definition, { ...manifestOf(kind), spec })).not.toEqual([]);
  });
});

test('ServiceMonitor holds to what the operator reads', () => {
  expect(serviceMonitor.safeParse(manifestOf('ServiceMonitor')).error).toBeUndefined();
});

test('the kustomization names every manifest', () => {
  const { resources } = yamlOf('docker/kubernetes/kustomization.yaml') as { resources: string[] };
  const files = namesIn('docker/kubernetes', '.yaml').filter((name) => name !== 'kustomization.yaml');
  expect([...resources].sort()).toEqual(files.sort());
});

interface Container {
  readonly image: string;
  readonly args: readonly string[];
  readonly env: readonly { name: string }[];
  readonly ports: readonly { name: string; containerPort: number }[];
  readonly volumeMounts: readonly { name: string; mountPath: string }[];
  readonly securityContext: Readonly<Record<string, unknown>>;
}
const statefulSet = manifestOf('StatefulSet') as unknown as {
  spec: {
    serviceName: string;
    selector: unknown;
    volumeClaimTemplates: { metadata: { name: string } }[];
    template: {
      metadata: { labels: Record<string, string> };
      spec: {
        securityContext: Record<string, unknown>;
        containers: Container[];
        volumes: { name: string }[];
      } & Record<string, unknown>;
    };
  };
};
const { spec } = statefulSet;
const container = spec.template.spec.containers[0]!;

describe('the worker', () => {
  test('is asked for its health where the program answers, on the port that it serves', () => {
    const [port] = container.ports;
    expect(container.args).toContain(`--serve=${port!.containerPort}`);
    expect(container.args).toContain('--host=0.0.0.0');
    for (const [probe, path] of [
      ['startupProbe', '/healthz'],
      ['livenessProbe', '/healthz'],
      ['readinessProbe', '/readyz'],
    ] as const) {
      expect((container as unknown as Record<string, unknown>)[probe]).toMatchObject({
        httpGet: { path, port: 'http' },
      });
    }
    const service = manifestOf('Service')['spec'] as { ports: { name: string; port: number; targetPort: string }[] };
    expect(service.ports).toEqual([{ name: 'http', port: port!.containerPort, targetPort: 'http' }]);
    const monitor = manifestOf('ServiceMonitor')['spec'] as { endpoints: { port: string }[] };
    expect(monitor.endpoints.map(({ port: name }) => name)).toEqual(['http']);
  });

  test('is what every selector finds', () => {
    const own = spec.template.metadata.labels;
    expect(spec.selector).toEqual({ matchLabels: own });
    expect((manifestOf('Service')['spec'] as { selector: unknown }).selector).toEqual(own);
    expect((manifestOf('PodDisruptionBudget')['spec'] as { selector: unknown }).selector).toEqual({ matchLabels: own });
    const monitored = (manifestOf('Service')['metadata'] as { labels: unknown }).labels;
    expect((manifestOf('ServiceMonitor')['spec'] as { selector: unknown }).selector).toEqual({
      matchLabels: monitored,
    });
    expect(spec.serviceName).toBe((manifestOf('Service')['metadata'] as { name: string }).name);
  });

  test('runs as the user of the image, on a read-only root, with its volumes', () => {
    expect(spec.template.spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(container.securityContext).toMatchObject({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
    });
    const volumes = [...spec.template.spec.volumes, ...spec.volumeClaimTemplates.map(({ metadata }) => metadata)];
    expect(container.volumeMounts.map(({ name }) => name).sort()).toEqual(volumes.map(({ name }) => name).sort());
    const history = container.args.find((argument) => argument.startsWith('--history='))!;
    expect(container.volumeMounts.some(({ mountPath }) => history.startsWith(`--history=${mountPath}/`))).toBe(true);
  });

  test('has the image of the compose file, and options that the command knows', async () => {
    const { version } = JSON.parse(textOf('package.json')) as { version: string };
    expect(container.image).toBe(`regimewatch:${version}`);
    const program = new Command();
    addLive(program);
    const [command, pipeline, ...options] = container.args;
    const known = program.commands.find((one) => one.name() === command)!.options.map(({ long }) => long);
    for (const option of options) expect([...known, '--set'], option).toContain(option.replace(/=.*/s, ''));
    const overrides = options.filter((option) => option.startsWith('--set=')).map((option) => option.slice(6));
    await loadPipeline(new URL(pipeline!, root).pathname, overrides);
    expect(container.env.map(({ name }) => name)).toEqual(['REGIMEWATCH_BROKERS']);
  });
});
