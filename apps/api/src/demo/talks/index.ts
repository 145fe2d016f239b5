import type { Random } from '../random';
import type { DemoTalk } from '../talk';
import { ASSIGNMENT_TALKS } from './assignments';
import { EXAM_TALKS } from './exams';
import { GRADE_TALKS } from './grades';
import { longTalk } from './long-talk';
import { MEDIA_TALKS } from './media';
import { QUIET_TALKS } from './quiet';
import { SIGN_IN_TALKS } from './sign-in';

/** All conversations of the demo. */
export function demoTalks(random: Random): DemoTalk[] {
  return [
    ...SIGN_IN_TALKS,
    ...ASSIGNMENT_TALKS,
    ...GRADE_TALKS,
    ...MEDIA_TALKS,
    ...EXAM_TALKS,
    ...QUIET_TALKS,
    longTalk(random),
  ];
}
