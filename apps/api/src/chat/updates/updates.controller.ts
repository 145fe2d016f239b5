import { Controller, Get, Query, Res } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentUser, type Caller } from '../../auth';
import { WholeNumberPipe } from '../../platform/http/whole-number.pipe';
import { Metrics } from '../../platform/metrics/metrics';
import type { AccessedConversation } from '../access/conversation-access';
import { sideOf } from '../access/conversation-access.policy';
import { ConversationRoute, CurrentConversation } from '../access/conversation-route.decorator';
import { UpdatesModel } from '../models/updates.model';
import { ConversationRevisions } from './conversation-revisions';
import { toUpdates, UpdatesService } from './updates.service';

@ApiTags('chat')
@ConversationRoute()
@Controller('chat/conversations/:id/updates')
export class UpdatesController {
  constructor(
    private readonly updates: UpdatesService,
    private readonly revisions: ConversationRevisions,
    private readonly metrics: Metrics,
  ) {}

  /** Not async: an idle poll is answered at once from memory. */
  @Get()
  @ApiOperation({ operationId: 'getUpdates', summary: 'What changed after a revision' })
  @ApiQuery({
    name: 'after',
    required: false,
    type: 'integer',
    minimum: 0,
    description: 'A revision; 0 when missing',
  })
  @ApiOkResponse({ type: UpdatesModel })
  @ApiNoContentResponse({ description: 'Nothing changed' })
  poll(
    @CurrentUser() caller: Caller,
    @CurrentConversation() { id }: AccessedConversation,
    @Query('after', new WholeNumberPipe('after', { min: 0 })) after = 0,
    @Res() reply: FastifyReply,
  ): void | Promise<void> {
    const revision = this.revisions.peek(id);
    if (revision === after) {
      this.metrics.pollsFromMemory.inc();
      void reply.status(204).send();
      return;
    }
    return this.readUpdates(id, after, caller, reply);
  }

  private async readUpdates(
    id: number,
    after: number,
    caller: Caller,
    reply: FastifyReply,
  ): Promise<void> {
    // Remembered before the read, so that the next poll finds it. Memory may lag behind another
    // instance by a moment, so only the database may say that a client is ahead.
    if ((await this.revisions.get(id)) === after) {
      void reply.status(204).send();
      return;
    }
    const changes = await this.updates.since(id, after);
    if (changes.revision === after) void reply.status(204).send();
    else void reply.send(toUpdates(changes, sideOf(caller)));
  }
}
