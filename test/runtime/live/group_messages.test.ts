import { describe, expect, it } from 'vitest';
import {
  decodeAssignment,
  decodeSubscription,
  encodeAssignment,
  encodeSubscription,
} from '../../../runtime/live/group_messages.js';

const owned = new Map([
  ['events', [0, 3]],
  ['truth', [0, 3]],
]);

describe('group messages', () => {
  it('come back as they were', () => {
    const member = { topics: ['events', 'truth'], generation: 4, owned };
    expect(decodeSubscription('a-1', encodeSubscription(member))).toEqual({ id: 'a-1', ...member });
    expect(decodeAssignment(encodeAssignment(owned))).toEqual(owned);
    expect(decodeAssignment(Buffer.alloc(0))).toEqual(new Map());
  });

  it("have the layout of Kafka's ConsumerProtocolAssignment version 0", () => {
    // int16 version, int32 topics, then string, int32 partitions, int32 each; bytes of user data: null.
    expect(encodeAssignment(new Map([['ev', [1, 2]]])).toString('hex')).toBe(
      '0000' + '00000001' + '0002' + '6576' + '00000002' + '00000001' + '00000002' + 'ffffffff',
    );
  });

  it('of a member that says nothing of ours claim nothing', () => {
    const foreign = Buffer.from('0000' + '00000001' + '0002' + '6576' + '00000002' + '6869', 'hex');
    expect(decodeSubscription('x', foreign)).toEqual({ id: 'x', topics: ['ev'], generation: -1, owned: new Map() });
  });
});
