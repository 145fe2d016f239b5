import { API_ROUTES } from '@support-chat/contracts';
import { refreshStudents } from '../data/people';
import type { Stage } from '../stage';
import { get, getNoUpdates, getUnchanged, readTag } from './api-requests';
import { bareJson } from './bare-requests';
import { inTurn, type Rival, type Scenario, type Traffic } from './scenario';

const bare: Rival = { title: 'node:http, 1 KB of JSON', server: 'bare', traffic: () => bareJson };

/** Everyone polls and nothing is new. */
export async function idleUpdates({ client, people }: Stage): Promise<Traffic> {
  await refreshStudents(client, people.students);
  return inTurn(people.students.map(getNoUpdates));
}

async function idleUnread({ api, people }: Stage): Promise<Traffic> {
  const path = API_ROUTES.unreadCount;
  const requests = people.students.map(async ({ token }) => {
    return getUnchanged(token, path, await readTag(api.port, token, path));
  });
  return inTurn(await Promise.all(requests));
}

async function idleList({ api, people: { adminToken } }: Stage): Promise<Traffic> {
  const path = API_ROUTES.conversations;
  const request = getUnchanged(adminToken, path, await readTag(api.port, adminToken, path));
  return () => request;
}

function unreadCount({ people }: Stage): Traffic {
  return inTurn(people.students.map(({ token }) => get(token, API_ROUTES.unreadCount, 10)));
}

export const IDLE_SCENARIOS: readonly Scenario[] = [
  {
    id: 'idle-updates',
    title: 'Idle poll, updates (204)',
    traffic: idleUpdates,
    against: bare,
    alsoPiledUp: true,
  },
  { id: 'idle-list', title: "Idle poll, console's list (304)", traffic: idleList, against: bare },
  {
    id: 'idle-unread',
    title: 'Idle poll, unread count (304)',
    traffic: idleUnread,
    against: bare,
  },
  {
    id: 'unread-count',
    title: 'Unread count (200)',
    traffic: unreadCount,
    against: bare,
    alsoPiledUp: true,
  },
];
