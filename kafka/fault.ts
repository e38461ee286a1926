import { AuthenticationError, ProtocolError, UserError } from '@platformatic/kafka';
import { messageOf, Problem } from '../operators/problem.js';
import type { KafkaConnection } from './connection.js';

/** What went wrong, in one line without any secret, and whether trying again can help. */
export interface Fault {
  readonly words: string;
  readonly transient: boolean;
  /** The broker's name of the error, e.g. NOT_LEADER_OR_FOLLOWER. */
  readonly id?: string;
}

/** Errors that the protocol calls final and that pass with the next metadata or the next coordinator. */
const PASSING = new Set([
  'BROKER_NOT_AVAILABLE',
  'STALE_BROKER_EPOCH',
  'NEW_LEADER_ELECTED',
  'OPERATION_NOT_ATTEMPTED',
]);

const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'CERT_NOT_YET_VALID',
  'CERT_HAS_EXPIRED',
]);

/** `NOT_ENOUGH_REPLICAS` and what it means, by the protocol's number. */
export function protocolFault(code: number, detail?: string | null): Fault {
  return wordsOf(new ProtocolError(code, detail ?? null), undefined, undefined)!;
}

/** Looks through what the library wraps: the innermost cause that says something decides. */
export function faultOf(error: unknown, connection?: KafkaConnection): Fault {
  if (error instanceof Problem) return { words: error.message, transient: false };
  const chain = [...layers(error)];
  const places = chain.flatMap((each) => /Connection to (\S+:\d+)/.exec(messageOf(each))?.[1] ?? []);
  const place = places.length > 0 ? [...new Set(places)].join(', ') : undefined;
  const known = chain.map((each) => wordsOf(each, place, connection)).filter((each) => each !== undefined);
  const fault = known.find((each) => !each.transient) ?? known.at(-1) ?? { words: messageOf(error), transient: false };
  return { ...fault, words: withoutSecret(fault.words.replace(/\s+/g, ' '), connection) };
}

/** What went wrong with a broker, in one line that holds no secret. */
export const describeKafkaError = (error: unknown, connection?: KafkaConnection): string =>
  faultOf(error, connection).words;

function wordsOf(error: unknown, place = 'the broker', connection?: KafkaConnection): Fault | undefined {
  if (error instanceof AuthenticationError) return authentication(error, place, connection);
  if (error instanceof ProtocolError) {
    const { apiId: id, canRetry, serverErrorMessage: detail } = error as unknown as Record<string, unknown>;
    const words = `broker says ${String(id)} (${(typeof detail === 'string' ? detail : error.message).replace(/\.$/, '')})`;
    return { words, transient: canRetry === true || PASSING.has(String(id)), id: String(id) };
  }
  if (error instanceof UserError && !error.message.startsWith('TLS handshake'))
    return { words: error.message, transient: false };
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (UNTRUSTED.has(code))
    return {
      words: `certificate of ${place} not trusted (${code}); name its authority with --tls-ca`,
      transient: false,
    };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return { words: `certificate of ${place} is for another host name; ask for the name it has`, transient: false };
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'EPROTO' || error.message.startsWith('TLS handshake'))
    return { words: `${place} does not speak TLS on this port`, transient: false };
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_OSSL_'))
    return { words: `TLS with ${place} failed (${code}); check --tls-cert, --tls-key and --tls-ca`, transient: false };
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EHOSTUNREACH' || code === 'EAI_AGAIN')
    return { words: `no broker at ${place} (${code})`, transient: true };
  if (/timed out/.test(error.message)) return { words: `no answer from ${place}`, transient: true };
  if (/^Connection (closed|error|to)/.test(error.message) || ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code))
    return {
      words: `connection to ${place} was closed; if it never opens, TLS or a login may be asked for`,
      transient: true,
    };
  return undefined;
}

function authentication(error: Error, place: string, connection?: KafkaConnection): Fault {
  const { mechanism, username } = connection?.sasl ?? { mechanism: 'SASL', username: '' };
  const ids = [...layers(error)].map((each) => (each as { apiId?: string }).apiId);
  if (ids.includes('UNSUPPORTED_SASL_MECHANISM'))
    return { words: `${place} does not offer ${mechanism}; choose another --sasl`, transient: false };
  if (ids.includes('ILLEGAL_SASL_STATE'))
    return { words: `${place} takes no login by SASL on this port; leave --sasl away`, transient: false };
  return {
    words: `authentication failed for user ${username} by ${mechanism} at ${place}; check user and password`,
    transient: false,
  };
}

/** The error, its causes and the errors it is made of, outermost first. */
function* layers(error: unknown, depth = 0): Generator {
  if (error === null || error === undefined || depth > 8) return;
  yield error;
  if (!(error instanceof Error)) return;
  if (error instanceof AggregateError) for (const each of error.errors) yield* layers(each, depth + 1);
  yield* layers(error.cause, depth + 1);
}

function withoutSecret(words: string, connection: KafkaConnection | undefined): string {
  const secrets = [connection?.sasl?.password, connection?.tls?.key];
  return secrets.reduce<string>((text, secret) => (secret ? text.replaceAll(secret, '***') : text), words);
}
