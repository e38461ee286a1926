import { readFileSync } from 'node:fs';
import type { Broker } from './broker.js';
import type { Mechanism, User } from './users.js';

export interface Login extends User {
  readonly mechanism: Mechanism;
}

/** What a client of @platformatic/kafka needs to reach the broker: its address, the certificate to trust, the login. */
export const clientOptions = (broker: Pick<Broker, 'bootstrap' | 'ca'>, clientId: string, login?: Login) => ({
  clientId,
  bootstrapBrokers: [broker.bootstrap],
  ...(broker.ca === undefined ? {} : { tls: { ca: readFileSync(broker.ca) } }),
  ...(login && { sasl: { mechanism: login.mechanism, username: login.name, password: login.password } }),
});
