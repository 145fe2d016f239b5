import { API_ROUTES } from '@support-chat/contracts';
import { refreshStudents } from '../data/people';
import type { Stage } from '../stage';
import { get, getInbox, getMessages } from './api-requests';
import { bareInbox, barePage, bareUpdates } from './bare-requests';
import { inTurn, randomBetween, type Scenario, type Traffic } from './scenario';

const PAGE = 20;

async function updates({ client, people }: Stage): Promise<Traffic> {
  await refreshStudents(client, people.students);
  const requests = people.students.map(({ token, conversationId, revision }) => {
    return get(token, `${API_ROUTES.updates(conversationId)}?after=${revision - 1}`, 500);
  });
  return inTurn(requests);
}

async function bareUpdatesTraffic({ client, people }: Stage): Promise<Traffic> {
  await refreshStudents(client, people.students);
  return inTurn(people.students.map(bareUpdates));
}

function firstPages({ people }: Stage): Traffic {
  return inTurn(
    people.students.map(({ token, conversationId }) => getMessages(token, conversationId, '')),
  );
}

const pagesOf = (messages: number): number => Math.floor(messages / PAGE);

function randomPages({ people, heavyConversations, sizes }: Stage): Traffic {
  const conversation = inTurn(heavyConversations);
  return () => {
    const page = randomBetween(1, pagesOf(sizes.heavy));
    return getMessages(people.adminToken, conversation(), `page=${page}`);
  };
}

function bareRandomPages({ heavyConversations, sizes }: Stage): Traffic {
  const conversation = inTurn(heavyConversations);
  return () => barePage(conversation(), randomBetween(1, pagesOf(sizes.heavy)));
}

/** Always the same page of the conversation with the most messages. */
function deepPage(page: (last: number) => number): (stage: Stage) => Traffic {
  return ({ people, deepConversation, sizes }) => {
    const query = `page=${page(pagesOf(sizes.deep))}`;
    const request = getMessages(people.adminToken, deepConversation, query);
    return () => request;
  };
}

function scrollBack({ people, deepConversation, sizes }: Stage): Traffic {
  return () => {
    const before = randomBetween(PAGE + 1, sizes.deep);
    return getMessages(people.adminToken, deepConversation, `before=${before}`);
  };
}

function inbox({ people: { adminToken } }: Stage): Traffic {
  return () => getInbox(adminToken);
}

export const READ_SCENARIOS: readonly Scenario[] = [
  {
    id: 'poll-new',
    title: 'Poll that finds one new message',
    traffic: updates,
    against: { title: 'the same query, bare', server: 'bare', traffic: bareUpdatesTraffic },
    alsoPiledUp: true,
  },
  {
    id: 'history-first',
    title: 'History, first page',
    traffic: firstPages,
    against: {
      title: 'the same query, bare',
      server: 'bare',
      traffic: ({ people }) =>
        inTurn(people.students.map(({ conversationId }) => barePage(conversationId, 1))),
    },
    alsoPiledUp: true,
  },
  {
    id: 'history-random',
    title: 'History, random page of long conversations',
    traffic: randomPages,
    against: { title: 'the same query, bare', server: 'bare', traffic: bareRandomPages },
  },
  {
    id: 'history-deep',
    title: 'History, last page of the longest conversation',
    traffic: deepPage((last) => last),
    against: { title: 'its first page', server: 'api', traffic: deepPage(() => 1) },
  },
  {
    id: 'history-before',
    title: 'History, scrolled back by "before"',
    traffic: scrollBack,
    against: { title: 'its first page', server: 'api', traffic: deepPage(() => 1) },
  },
  {
    id: 'inbox',
    title: "Console's list, read anew",
    traffic: inbox,
    against: { title: 'the same query, bare', server: 'bare', traffic: () => bareInbox },
    alsoPiledUp: true,
  },
];
