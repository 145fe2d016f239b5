import { Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
  type ApiResponseOptions,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../auth';
import { ApiNoToken } from '../../platform/http/open-api.decorators';
import { TAKES_FORM } from '../../platform/http/route-options';
import { PreferencesService } from '../preferences/preferences.service';
import { UnsubscribeLinks } from './unsubscribe-links';
import { unsubscribePage, type UnsubscribeStep } from './unsubscribe-page';

const PAGE: ApiResponseOptions = { content: { 'text/html': { schema: { type: 'string' } } } };

/**
 * The link in every mail. Opening it only shows a button, since mail scanners open links too; the
 * button, and a mail program's own one (RFC 8058), post to the same address.
 */
@ApiTags('notifications')
@Public(true)
@ApiNoToken()
@ApiQuery({ name: 'token', description: 'From the mail' })
@ApiOkResponse(PAGE)
@ApiNotFoundResponse(PAGE)
@Controller('notifications/unsubscribe')
export class UnsubscribeController {
  constructor(
    private readonly links: UnsubscribeLinks,
    private readonly preferences: PreferencesService,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'showUnsubscribe', summary: 'A page that asks' })
  async show(@Query('token') token: unknown, @Res() reply: FastifyReply): Promise<void> {
    await this.answer(reply, this.links.read(token), 'ask');
  }

  @Post()
  @HttpCode(200)
  @RouteConfig(TAKES_FORM)
  @ApiOperation({ operationId: 'unsubscribe', summary: 'No more mails' })
  async unsubscribe(@Query('token') token: unknown, @Res() reply: FastifyReply): Promise<void> {
    const userId = this.links.read(token);
    if (userId !== null) await this.preferences.change(userId, { email: false });
    await this.answer(reply, userId, 'done');
  }

  private async answer(
    reply: FastifyReply,
    userId: number | null,
    step: UnsubscribeStep,
  ): Promise<void> {
    void reply.type('text/html; charset=utf-8');
    if (userId === null) {
      void reply.status(404).send(unsubscribePage('invalid', 'en'));
      return;
    }
    const { language } = await this.preferences.get(userId);
    void reply.send(unsubscribePage(step, language));
  }
}
