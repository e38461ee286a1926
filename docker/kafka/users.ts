import { wrongPipeline } from '../../operators/problem.js';

/** SASL mechanisms that the secure listeners take. */
export const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;
export type Mechanism = (typeof mechanisms)[number];

export interface User {
  readonly name: string;
  readonly password: string;
}

/** Refuses what the quoting of JAAS lines and of StorageTool would need escapes for; the password is not repeated. */
export function checkUsers(users: readonly User[]): void {
  const names = new Set(['broker']);
  for (const { name, password } of users) {
    if (!/^[\w.-]+$/.test(name) || names.has(name))
      throw wrongPipeline(`user "${name}": give each user a name of its own (letters, digits, _ . -), not "broker"`);
    if (!/^[\w.-]+$/.test(password))
      throw wrongPipeline(`password of user "${name}": use letters, digits, _ . - only (base64url)`);
    names.add(name);
  }
}

/** StorageTool's arguments that store the users for SCRAM. */
export const scramArguments = (users: readonly User[]): string[] =>
  users.flatMap(({ name, password }) =>
    ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
      '--add-scram',
      `${mechanism}=[name=${name},password=${password}]`,
    ]),
  );
