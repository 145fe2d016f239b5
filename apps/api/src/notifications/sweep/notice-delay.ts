import type { Settings } from '../../platform/config/settings';
import type { Channel } from '../telling/channel';

/** How long a message may be unread before anybody is told of it by this channel. */
export function noticeDelayMs({ mail, pushDelaySeconds }: Settings, channel: Channel): number {
  return channel === 'push' ? pushDelaySeconds * 1_000 : (mail?.delayMinutes ?? 0) * 60_000;
}
