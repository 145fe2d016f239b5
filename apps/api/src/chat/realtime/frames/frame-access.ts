import type { ClientFrame } from '@support-chat/contracts';
import { permit, unauthenticated, type Caller } from '../../../auth';
import { CLIENT_FRAMES } from './client-frames.dto';

export type KnownCallersFrame = Exclude<ClientFrame, { type: 'authenticate' }>;

/**
 * Closed by default, as for calls: whoever sends a frame needs the access declared for it.
 * @throws ProblemError where this frame is not for this caller, or for nobody yet
 */
export function checkFrameAccess({ type }: KnownCallersFrame, caller: Caller | null): Caller {
  if (!caller) throw unauthenticated();
  permit(caller, [CLIENT_FRAMES[type].access]);
  return caller;
}
