import type { KafkaConnection } from '../../sources/kafka/types.js';
import { openGroupSession, type GroupOptions } from './group_session.js';

const LEAVE_MS = 1500;

/** Tells the group that a member is gone, so that it need not wait for the session timeout; within a second and a half. */
export async function leaveGroup(connection: KafkaConnection, options: GroupOptions, memberId: string): Promise<void> {
  const limit = new AbortController();
  const timer = setTimeout(() => {
    limit.abort();
  }, LEAVE_MS);
  try {
    // On a new connection: on the member's own the coordinator may hold an answer back.
    const session = await openGroupSession(connection, options, limit.signal);
    await session.leave(memberId, LEAVE_MS);
  } catch {
    // The session timeout tells the group as well.
  } finally {
    clearTimeout(timer);
    limit.abort();
  }
}
