import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** An answer of the broker on its way to a client: what to pass on, or null to cut the connection instead. */
export type Tamper = (apiKey: number, frame: Buffer) => Buffer | null;

export interface KafkaProxy {
  readonly address: string;
  /** Connections that clients have opened so far. */
  readonly connections: () => number;
  readonly close: () => void;
}

const METADATA = 3;
const FIND_COORDINATOR = 10;

/** Stands before a broker at 127.0.0.1, and says in its answers that it is the broker. */
export async function startKafkaProxy(target: string, tamper: Tamper): Promise<KafkaProxy> {
  const port = Number(target.split(':')[1]);
  const sockets = new Set<Socket>();
  let opened = 0;
  const server = createServer((client) => {
    opened++;
    const broker = connect(port, '127.0.0.1');
    const asked = new Map<number, number>();
    const cut = (): void => {
      for (const socket of [client, broker]) socket.destroy();
    };
    for (const socket of [client, broker]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', cut);
    }
    client.on(
      'data',
      frames((frame) => {
        asked.set(frame.readInt32BE(8), frame.readInt16BE(4));
        broker.write(frame);
      }),
    );
    broker.on(
      'data',
      frames((frame) => {
        const apiKey = asked.get(frame.readInt32BE(4))!;
        if (apiKey === METADATA || apiKey === FIND_COORDINATOR) redirect(frame, port, own);
        const passed = tamper(apiKey, frame);
        if (passed === null) cut();
        else client.write(passed);
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = (server.address() as AddressInfo).port;
  return {
    address: `127.0.0.1:${own}`,
    connections: () => opened,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Splits a stream at the lengths that precede its messages. */
function frames(take: (frame: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const end = 4 + rest.readInt32BE(0);
      take(Buffer.from(rest.subarray(0, end)));
      rest = rest.subarray(end);
    }
  };
}

/** The broker's address is its host as a string, then its port. */
function redirect(frame: Buffer, port: number, own: number): void {
  const host = Buffer.from('127.0.0.1');
  for (let at = frame.indexOf(host); at >= 0; at = frame.indexOf(host, at + 1)) {
    const place = at + host.length;
    if (place + 4 <= frame.length && frame.readInt32BE(place) === port) frame.writeInt32BE(own, place);
  }
}
