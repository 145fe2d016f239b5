import { randomUUID } from 'node:crypto';
import { send } from '../scenarios/api-requests';
import { inTurn, type Traffic } from '../scenarios/scenario';
import type { Pair } from './pairs';
import type { SeenTimes } from './seen-times';

/** One message after the other, each in the next pair's conversation, from both sides in turn. */
export function pairTraffic(pairs: readonly Pair[], times: SeenTimes): Traffic {
  const pair = inTurn(pairs);
  let round = 0;
  return () => {
    const { student, adminToken } = pair();
    const isFromAdmin = Math.floor(round / pairs.length) % 2 === 1;
    round += 1;
    const token = isFromAdmin ? adminToken : student.token;
    const id = randomUUID();
    times.sent(id);
    return send(token, student.conversationId, id);
  };
}
