import { API_ROUTES, type Updates } from '@support-chat/contracts';
import { refreshStudents, type Student } from '../data/people';
import { encodeRequest, type Request } from '../driver/request';
import type { Stage } from '../stage';
import { bearer, getInbox, getMessages, send } from './api-requests';
import { bareSend } from './bare-requests';
import { inTurn, randomBetween, type Scenario, type Traffic } from './scenario';

/** Students and an admin write, one after the other, each time in another conversation. */
function sends({ people }: Stage): Traffic {
  const student = inTurn(people.students);
  const isFromAdmin = inTurn([false, true, false]);
  return () => {
    const { token, conversationId } = student();
    return send(isFromAdmin() ? people.adminToken : token, conversationId);
  };
}

function bareSends({ people }: Stage): Traffic {
  const student = inTurn(people.students);
  return () => bareSend(student());
}

/** Of a hundred requests 80 poll, 10 send, 5 read a page of history and 5 the console's list. */
async function mixed({ client, people }: Stage): Promise<Traffic> {
  await refreshStudents(client, people.students);
  const student = inTurn(people.students);
  return () => {
    const who = student();
    const dice = randomBetween(1, 100);
    if (dice <= 80) return poll(who);
    if (dice <= 90) return send(who.token, who.conversationId);
    if (dice <= 95) return getMessages(who.token, who.conversationId, 'page=1');
    return getInbox(people.adminToken);
  };
}

/** Asks for changes as a client does: from the revision it was told last. */
function poll(student: Student): Request {
  const path = `${API_ROUTES.updates(student.conversationId)}?after=${student.revision}`;
  return {
    bytes: encodeRequest({ path, headers: bearer(student.token) }),
    statuses: [200, 204],
    minBodyBytes: 0,
    onBody: (body, status) => {
      if (status === 200) student.revision = (JSON.parse(body) as Updates).revision;
    },
  };
}

export const WRITE_SCENARIOS: readonly Scenario[] = [
  {
    id: 'send',
    title: 'Send, durable',
    traffic: sends,
    against: {
      title: 'one statement, bare tables',
      server: 'bare',
      traffic: bareSends,
    },
    alsoPiledUp: true,
  },
  { id: 'mixed', title: 'Mixed: 80 polls, 10 sends, 5 pages, 5 lists', traffic: mixed },
];
