import { createServer } from 'node:http';

/**
 * Prints each notification of Alertmanager, one line an alert, what fires before what is over:
 * `node print_notifications.js PORT`.
 */
const MOST = 1_000_000;
const port = Number(process.argv[2] ?? 9095);

/**
 * @typedef {object} Alert
 * @property {string} status
 * @property {Record<string, string>} labels
 * @property {Record<string, string>} annotations
 * @property {string} [startsAt]
 * @property {string} [endsAt]
 */

/** To the second: 2026-11-22T20:15:04.113Z → 2026-11-22 20:15:04 UTC. @param {string} time */
const timeOf = (time) => `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** @param {Alert} alert */
function lineOf({ status, labels, annotations, startsAt, endsAt }) {
  const words = annotations.summary ?? annotations.description ?? '';
  const since = startsAt ? `, since ${timeOf(startsAt)}` : '';
  const until = endsAt && status === 'resolved' ? `, until ${timeOf(endsAt)}` : '';
  return `${status}: ${labels.alertname ?? 'an alert'}: ${words}${since}${until}\n`;
}

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (/** @type {string} */ part) => {
    body += part;
    if (body.length > MOST) request.destroy();
  });
  request.on('end', () => {
    try {
      /** @type {unknown} */
      const notification = JSON.parse(body);
      const { alerts } = /** @type {{ alerts: Alert[] }} */ (notification);
      const [fires, over] = [true, false].map((firing) =>
        alerts.filter(({ status }) => (status === 'firing') === firing),
      );
      process.stdout.write([...(fires ?? []), ...(over ?? [])].map(lineOf).join(''));
      response.writeHead(200).end();
    } catch (error) {
      response.writeHead(400).end(`${String(error)}\n`);
    }
  });
});

server.listen(port, () => process.stdout.write(`notifications on port ${port}\n`));
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => server.close());
