import type { Random } from './random';
import { DAYS, DEMO_ADMINS, type DemoLine, type DemoTalk } from './talk';

export interface DemoMessage {
  seq: number;
  revision: number;
  senderEmail: string;
  fromAdmin: boolean;
  text: string;
  createdAt: Date;
  /** Who of the other side read it and when; null while nobody has. */
  read: { readerEmail: string; at: Date } | null;
}

export interface DemoConversation {
  talk: DemoTalk;
  userCreatedAt: Date;
  createdAt: Date;
  revision: number;
  messages: DemoMessage[];
}

const MINUTE = 60_000;

/**
 * Plays a talk as it would have happened until now: each side reads what the other wrote before it
 * answers, and every message and every reading takes the next revision.
 */
export function layOutTalk(talk: DemoTalk, now: Date, random: Random): DemoConversation {
  const times = timesOf(talk, now, random);
  const createdAt = minutesAfter(times[0] ?? minutesAfter(now, -talk.minutesAgo), -0.5);
  const userCreatedAt = minutesAfter(createdAt, -random.between(DAYS, 90 * DAYS));
  const messages = talk.lines.map((line, index) =>
    toMessage(talk, line, index + 1, times[index] ?? now),
  );
  const revision = play(talk, messages, now);
  return { talk, userCreatedAt, createdAt, revision, messages };
}

function toMessage(talk: DemoTalk, line: DemoLine, seq: number, createdAt: Date): DemoMessage {
  const fromAdmin = line.from === 'admin';
  const senderEmail = fromAdmin ? DEMO_ADMINS[line.by ?? talk.admin].email : talk.student.email;
  return { seq, revision: 0, senderEmail, fromAdmin, text: line.text, createdAt, read: null };
}

/** Gives the messages their revisions and readers. @returns the conversation's revision */
function play(
  { admin, student, unread = 0, isEnded }: DemoTalk,
  messages: DemoMessage[],
  now: Date,
): number {
  let revision = 0;
  /** What one side wrote since the other one did. */
  let run: DemoMessage[] = [];
  const readRun = (readerEmail: string, at: Date): void => {
    for (const message of run)
      Object.assign(message, { revision: ++revision, read: { readerEmail, at } });
  };
  for (const message of messages) {
    if (run[0] && run[0].fromAdmin !== message.fromAdmin) {
      readRun(message.senderEmail, message.createdAt);
      run = [];
    }
    message.revision = ++revision;
    run.push(message);
  }
  const last = run.at(-1);
  if (last) {
    run = run.slice(0, run.length - unread);
    const soonAfter = new Date(Math.min(now.getTime(), minutesAfter(last.createdAt, 3).getTime()));
    readRun(last.fromAdmin ? student.email : DEMO_ADMINS[admin].email, soonAfter);
  }
  return isEnded ? revision + 1 : revision;
}

/** When each line was written, from the last one back. */
function timesOf({ lines, minutesAgo }: DemoTalk, now: Date, random: Random): Date[] {
  let time = minutesAfter(now, -minutesAgo);
  const times: Date[] = [];
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    times.unshift(time);
    time = minutesAfter(time, -minutesBefore(lines[index], lines[index - 1], random));
  }
  return times;
}

/** Made up: one types on at once, and waits for the other side some minutes, or now and then a day. */
function minutesBefore(
  line: DemoLine | undefined,
  before: DemoLine | undefined,
  random: Random,
): number {
  if (line?.afterMinutes !== undefined) return line.afterMinutes;
  if (line?.from === before?.from) return random.between(0.3, 2);
  if (line?.from === 'student' && random.between(0, 1) < 0.1) return random.between(5, 26) * 60;
  return random.between(1, line?.from === 'admin' ? 25 : 9);
}

function minutesAfter(time: Date, minutes: number): Date {
  return new Date(time.getTime() + minutes * MINUTE);
}
