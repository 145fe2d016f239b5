import type { ClientFrame } from '@support-chat/contracts';
import { unauthenticated, type Caller } from '../../../auth';
import { ProblemError } from '../../../platform/http/problem.error';
import { CLIENT_FRAMES } from './client-frames.dto';

/** @throws ProblemError where this frame is not for this caller, or for nobody yet */
export function checkFrameAccess(frame: ClientFrame, caller: Caller | null): void {
  const { access } = CLIENT_FRAMES[frame.type];
  if (access === 'stranger') return;
  if (!caller) throw unauthenticated();
  if (access === 'any' || access === caller.role) return;
  throw new ProblemError('forbidden', 'Your role may not do this.');
}
