import { createServer } from 'node:http';

/** Prints each notification of Alertmanager, one line an alert: `node print_notifications.js PORT`. */
const MOST = 1_000_000;
const port = Number(process.argv[2] ?? 9095);

/**
 * @typedef {{ status: string, labels: Record<string, string>, annotations: Record<string, string> }} Alert
 * @param {Alert} alert
 */
const lineOf = ({ status, labels, annotations }) =>
  `${status}: ${labels.alertname ?? 'an alert'}: ${annotations.summary ?? annotations.description ?? ''}\n`;

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
      process.stdout.write(alerts.map(lineOf).join(''));
      response.writeHead(200).end();
    } catch (error) {
      response.writeHead(400).end(`${String(error)}\n`);
    }
  });
});

server.listen(port, () => process.stdout.write(`notifications on port ${port}\n`));
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => server.close());
