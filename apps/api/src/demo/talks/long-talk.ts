import type { Random } from '../random';
import { DAYS, HOURS, student, type DemoLine, type DemoTalk } from '../talk';
import { STATISTICS_TOPICS } from './statistics-topics';

const MESSAGES = 2_000;

/** Two terms of mentoring in one conversation, to try long histories on. */
export function longTalk(random: Random): DemoTalk {
  const lines: DemoLine[] = [];
  for (let exercise = 0; lines.length < MESSAGES; exercise += 1) {
    const week = 1 + Math.floor((exercise * 4 * 30) / MESSAGES);
    lines.push(...exchange(random, week, 1 + (exercise % 17)));
  }
  return {
    student: student('Priya Raman', 'priya.raman'),
    admin: 'daniel',
    minutesAgo: DAYS,
    lines,
  };
}

/** Question, answer, reaction, farewell. */
function exchange(random: Random, week: number, number: number): DemoLine[] {
  const { name, question, answer } = random.pick(STATISTICS_TOPICS);
  const exercise = `${week}.${number}`;
  const result = random.between(0.05, 9).toFixed(2);
  const opening = random.pick([
    `Exercise ${exercise}: ${question}`,
    `Hi Daniel, week ${week} is about ${name}. ${question}`,
    `I am at ${exercise} and stuck. ${question}`,
    `Quick one on ${name} (${exercise}): ${question}`,
    `For ${exercise} I get ${result}. ${question}`,
  ]);
  const reaction = random.pick([
    `Ah, that was it. Now I get ${result}.`,
    `Thanks! With that ${exercise} works.`,
    'Now I understand the example from the lecture as well.',
    `So the ${result} in the solution is right after all.`,
    'I will try the next three on my own and come back.',
    'That helps a lot, thank you.',
  ]);
  const farewell = random.pick([
    'Exactly. Well done!',
    `Very good. The quiz of week ${week} has one like this, too.`,
    'Right. Write it into your formula sheet, you will need it again.',
    'Great, see you in the tutorial.',
    `Yes. If you want more of them: ${exercise}b and ${exercise}c.`,
  ]);
  return [
    { from: 'student', text: opening, afterMinutes: random.between(4 * HOURS, 14 * HOURS) },
    { from: 'admin', text: answer },
    { from: 'student', text: reaction },
    { from: 'admin', text: farewell },
  ];
}
