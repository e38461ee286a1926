import { existsSync } from 'node:fs';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { describe, expect, test } from 'vitest';
import { loadPipeline } from '../../runtime/pipeline_file.js';
import { addLive } from '../../cli/live.js';
import { addProduce } from '../../cli/produce.js';
import { Command } from 'commander';
import { compose, root, serviceOf, textOf, yamlOf, type Service } from './files.js';

const services = Object.entries(compose.services);
const waitsFor = ({ depends_on: waits = [] }: Service): readonly string[] =>
  'length' in waits ? (waits as readonly string[]) : Object.keys(waits);

test('compose.yaml holds to the Compose Specification', () => {
  const schema = JSON.parse(textOf('test/fixtures/docker/compose.schema.json')) as Record<string, unknown>;
  const validate = new Ajv2019({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  // Younger than this edition of the schema.
  const { name, ...rest } = compose;
  expect(name).toBe('regimewatch');
  validate(rest);
  expect(validate.errors ?? []).toEqual([]);
  expect(validate({ ...rest, services: { ...rest.services, worker: { imagee: 'x' } } })).toBe(false);
});

describe.each(services)('the service %s', (name, service) => {
  test('has an image of a fixed version', () => {
    expect(service.image).toMatch(/^[a-z/]+:v?\d+\.\d+\.\d+$/);
  });

  test('mounts what is there, and volumes that are declared', () => {
    for (const volume of service.volumes ?? []) {
      const [source] = volume.split(':') as [string];
      if (/^\.{1,2}\//.test(source)) expect(existsSync(new URL(source, new URL('docker/', root))), source).toBe(true);
      else expect(Object.keys(compose.volumes), source).toContain(source);
    }
  });

  test('waits for services that there are, is reached from this machine alone, comes back, and has no capabilities', () => {
    for (const other of waitsFor(service)) expect(compose.services).toHaveProperty(other);
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
    expect(service.restart).toBe('on-failure');
    if (name !== 'kafka') expect(service.cap_drop).toEqual(['ALL']);
  });
});

test('no two services are published on one port', () => {
  const ports = services.flatMap(([, { ports = [] }]) => ports);
  expect(new Set(ports).size).toBe(ports.length);
});

test('services of the image are read-only, and the version is that of the package', () => {
  const { version } = JSON.parse(textOf('package.json')) as { version: string };
  const own = services.filter(([, { build }]) => build);
  expect(own.map(([name]) => name)).toEqual(['producer', 'worker', 'notifications']);
  for (const [, { image, read_only, build }] of own) {
    expect(image).toBe(`regimewatch:${version}`);
    expect(read_only).toBe(true);
    expect(existsSync(new URL(`docker/${build!.context}/${build!.dockerfile}`, root))).toBe(true);
  }
});

describe.each([
  ['worker', addLive],
  ['producer', addProduce],
] as const)('the command line of the %s', (name, add) => {
  const [command, pipeline, ...rest] = serviceOf(name).command!;
  const options = rest.filter((argument) => argument.startsWith('--'));

  test('has options that the command knows', () => {
    const program = new Command();
    add(program);
    const known = program.commands.find((one) => one.name() === command)!;
    const names = [...known.options.map(({ long }) => long), '--set'];
    for (const option of options) expect(names, option).toContain(option.replace(/=.*/s, ''));
  });

  test('has a pipeline that loads with what it sets', async () => {
    const overrides = options.filter((option) => option.startsWith('--set=')).map((option) => option.slice(6));
    const { pipeline: loaded } = await loadPipeline(new URL(pipeline!, root).pathname, overrides);
    expect(options).toContain(`--topic=${loaded.pipeline}`);
  });

  test('finds the broker where it listens', () => {
    expect(options).toContain('--brokers=kafka:9092');
    expect(serviceOf('kafka').environment!['KAFKA_ADVERTISED_LISTENERS']).toBe('PLAINTEXT://kafka:9092');
    expect(serviceOf('kafka').environment!['KAFKA_LISTENERS']).toContain('PLAINTEXT://:9092');
  });
});

test('the worker serves where it is published, where the image looks for its health, and where alerts link to', async () => {
  const { command, ports } = serviceOf('worker');
  expect(command).toContain('--serve=8765');
  expect(command).toContain('--host=0.0.0.0');
  expect(ports).toEqual(['127.0.0.1:8765:8765']);
  expect(textOf('docker/Dockerfile')).toContain('http://127.0.0.1:8765/healthz');
  expect(textOf('docker/Dockerfile')).toMatch(/^EXPOSE 8765$/m);
  const { pipeline } = await loadPipeline(new URL('pipelines/dilepton.yaml', root).pathname);
  expect(pipeline.alerts.page).toBe('http://127.0.0.1:8765/');
});

test('Prometheus, Alertmanager and Grafana find each other, and the worker', () => {
  const prometheus = yamlOf('docker/prometheus/prometheus.yml') as {
    rule_files: string[];
    alerting: { alertmanagers: { static_configs: { targets: string[] }[] }[] };
    scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[];
  };
  const targets = (configs: readonly { targets: string[] }[]) => configs.flatMap(({ targets: all }) => all);
  expect(prometheus.scrape_configs.flatMap(({ static_configs }) => targets(static_configs))).toEqual([
    'worker:8765',
    'localhost:9090',
  ]);
  expect(prometheus.alerting.alertmanagers.flatMap(({ static_configs }) => targets(static_configs))).toEqual([
    'alertmanager:9093',
  ]);
  const mounted = (service: Service) => (service.volumes ?? []).map((volume) => volume.split(':')[1]!);
  expect(mounted(serviceOf('prometheus'))).toContain('/etc/prometheus/rules/regimewatch.yaml');
  expect(prometheus.rule_files).toEqual(['/etc/prometheus/rules/*.yaml']);
  for (const name of ['prometheus', 'alertmanager']) {
    const file = serviceOf(name).command!.find((option) => option.startsWith('--config.file='))!;
    expect(mounted(serviceOf(name))).toContain(file.slice('--config.file='.length));
  }
  const alertmanager = yamlOf('docker/alertmanager/alertmanager.yaml') as {
    receivers: { webhook_configs?: { url: string }[] }[];
  };
  const urls = alertmanager.receivers.flatMap(({ webhook_configs = [] }) => webhook_configs.map(({ url }) => url));
  expect(urls).toEqual([`http://notifications:${serviceOf('notifications').command![0]!}/`]);
  expect(compose.services).toHaveProperty('notifications');
});
