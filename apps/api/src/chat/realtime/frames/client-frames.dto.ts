import type { ClientFrame } from '@support-chat/contracts';
import type { AccessLevel } from '../../../auth';
import { AllowedWord, TextLength, WholeNumber } from '../../../platform/http/validation';

/** No token of ours is nearly as long. */
const MAX_TOKEN_LENGTH = 4_096;

type Frame<T extends ClientFrame['type']> = Extract<ClientFrame, { type: T }>;

export class AuthenticateFrameDto implements Frame<'authenticate'> {
  @AllowedWord(['authenticate']) type!: 'authenticate';
  @TextLength(1, MAX_TOKEN_LENGTH) token!: string;
}

export class SubscribeFrameDto implements Frame<'subscribe'> {
  @AllowedWord(['subscribe']) type!: 'subscribe';
  @WholeNumber(1) conversation_id!: number;
  @WholeNumber(0) after!: number;
}

export class UnsubscribeFrameDto implements Frame<'unsubscribe'> {
  @AllowedWord(['unsubscribe']) type!: 'unsubscribe';
  @WholeNumber(1) conversation_id!: number;
}

export class SubscribeInboxFrameDto implements Frame<'subscribe_inbox'> {
  @AllowedWord(['subscribe_inbox']) type!: 'subscribe_inbox';
}

export class TypingFrameDto implements Frame<'typing'> {
  @AllowedWord(['typing']) type!: 'typing';
  @WholeNumber(1) conversation_id!: number;
}

interface FrameRule {
  /** Who may send it; identity itself comes from strangers. */
  access: AccessLevel | 'stranger';
  body: new () => ClientFrame;
}

/** Every frame that a client may send, with its shape and who may send it: no other is heard. */
export const CLIENT_FRAMES = {
  authenticate: { access: 'stranger', body: AuthenticateFrameDto },
  subscribe: { access: 'any', body: SubscribeFrameDto },
  unsubscribe: { access: 'any', body: UnsubscribeFrameDto },
  subscribe_inbox: { access: 'admin', body: SubscribeInboxFrameDto },
  typing: { access: 'any', body: TypingFrameDto },
} satisfies Record<ClientFrame['type'], FrameRule>;

export function frameRule(type: unknown): FrameRule | undefined {
  const isKnown = typeof type === 'string' && Object.hasOwn(CLIENT_FRAMES, type);
  return isKnown ? CLIENT_FRAMES[type as ClientFrame['type']] : undefined;
}
