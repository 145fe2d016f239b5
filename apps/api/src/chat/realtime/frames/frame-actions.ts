import { Injectable } from '@nestjs/common';
import type { ClientFrame } from '@support-chat/contracts';
import type { Caller } from '../../../auth';
import { ConversationAccess } from '../../access/conversation-access';
import { sideOf } from '../../access/conversation-access.policy';
import type { ChatSocket } from '../connections/chat-socket';
import { SocketIdentities } from '../connections/socket-identities';
import { ConversationFeeds } from '../feeds/conversation-feeds';
import { InboxFeed } from '../feeds/inbox-feed';
import { Typing } from '../people/typing';
import { checkFrameAccess, type KnownCallersFrame } from './frame-access';

/** Does what a client's frame asks for. Nothing here writes: that is what REST is for. */
@Injectable()
export class FrameActions {
  constructor(
    private readonly identities: SocketIdentities,
    private readonly access: ConversationAccess,
    private readonly feeds: ConversationFeeds,
    private readonly inbox: InboxFeed,
    private readonly typing: Typing,
  ) {}

  /** Fails with the problem that the client is to be told. */
  async run(socket: ChatSocket, frame: ClientFrame): Promise<void> {
    if (frame.type === 'authenticate') await this.identities.authenticate(socket, frame.token);
    else await this.runFor(checkFrameAccess(frame, socket.caller), socket, frame);
  }

  private async runFor(
    caller: Caller,
    socket: ChatSocket,
    frame: KnownCallersFrame,
  ): Promise<void> {
    switch (frame.type) {
      case 'subscribe': {
        const conversation = await this.access.enter(caller, frame.conversation_id);
        await this.feeds.subscribe(socket, sideOf(caller), conversation, frame.after);
        break;
      }
      case 'unsubscribe':
        this.feeds.unsubscribe(socket, frame.conversation_id);
        break;
      case 'subscribe_inbox':
        this.inbox.subscribe(socket);
        break;
      case 'typing': {
        const { id } = await this.access.enter(caller, frame.conversation_id);
        this.typing.note(caller, id);
      }
    }
  }
}
