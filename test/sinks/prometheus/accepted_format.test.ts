import { expect, test } from 'vitest';
import { acceptedFormat } from '../../../sinks/prometheus/accepted_format.js';

test.each([
  // As Prometheus 2.42 and 3 send it.
  [
    'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
    true,
  ],
  ['application/openmetrics-text; version="1.0.0"; q=0.6, text/plain; version=0.0.4; q=0.5', true],
  ['application/openmetrics-text', true],
  ['Application/OpenMetrics-Text', true],
  ['text/plain;version=0.0.4', false],
  ['application/openmetrics-text;version=1.0.0;q=0.3,text/plain', false],
  ['application/openmetrics-text;q=0', false],
  ['application/openmetrics-text;version=0.0.1', false],
  ['application/openmetrics-text;q=nonsense', false],
  ['*/*', false],
  ['', false],
  [undefined, false],
])('%s', (accept, openMetrics) => {
  const format = acceptedFormat(accept);
  expect(format.openMetrics).toBe(openMetrics);
  expect(format.contentType).toMatch(
    openMetrics ? /^application\/openmetrics-text; version=1\.0\.0/ : /^text\/plain; version=0\.0\.4/,
  );
});
