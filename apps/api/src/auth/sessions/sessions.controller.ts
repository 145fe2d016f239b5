import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Ip,
  Post,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import type { Session, User } from '@support-chat/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EmptyBody } from '../../platform/http/empty-body';
import { Public } from '../../platform/http/public.decorator';
import { Access } from '../access/access.decorator';
import { bearerToken } from '../access/bearer-token';
import type { Caller } from '../access/caller';
import { CurrentUser } from '../access/current-user.decorator';
import { unauthenticated } from '../access/unauthenticated';
import { KnownDevice } from '../limits/known-device';
import { toUser } from '../users/to-user';
import { LoginDto } from './dto/login.dto';
import { RegisterDto } from './dto/register.dto';
import { SameSiteGuard } from './same-site.guard';
import { SessionCookies } from './session-cookies';
import { SessionService, type OpenSession } from './session.service';
import * as api from './sessions.open-api';
import { SignInService } from './sign-in.service';

@api.SessionsApi()
@UseGuards(SameSiteGuard)
@Controller('auth')
export class SessionsController {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionService,
    private readonly cookies: SessionCookies,
    private readonly devices: KnownDevice,
  ) {}

  @Post('register')
  @Public()
  @Header('Cache-Control', 'no-store')
  @api.RegisterApi()
  async register(
    @Body() body: RegisterDto,
    @Ip() ip: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    return this.hand(reply, await this.signIns.register(body, ip));
  }

  @Post('login')
  @Public()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @api.LoginApi()
  async login(
    @Body() body: LoginDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    const place = { ip: request.ip, deviceMark: this.cookies.deviceMark(request) };
    return this.hand(reply, await this.signIns.login(body, place));
  }

  @Post('refresh')
  @Public()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @api.RefreshApi()
  async refresh(
    @Body() _: EmptyBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    for (const { app, token } of this.cookies.shownTokens(request)) {
      const opened = await this.sessions.refresh(token);
      if (!opened) continue;
      this.cookies.renew(reply, { app, token: opened.refreshToken });
      return opened.session;
    }
    throw unauthenticated();
  }

  @Post('logout')
  @Public()
  @HttpCode(204)
  @Header('Clear-Site-Data', '"cache"')
  @api.LogoutApi()
  async logout(
    @Body() _: EmptyBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const shown = this.cookies.shownTokens(request);
    const tokens = shown.map(({ token }) => token);
    await this.sessions.logout(tokens, bearerToken(request.raw));
    for (const { app } of shown) this.cookies.clear(reply, app);
  }

  @Get('me')
  @Access('any')
  @Header('Cache-Control', 'no-store')
  @api.MeApi()
  me(@CurrentUser() caller: Caller): User {
    return toUser(caller);
  }

  private hand(reply: FastifyReply, { session, refreshToken }: OpenSession): Session {
    const { email, role } = session.user;
    this.cookies.signIn(reply, role, refreshToken, this.devices.newMark(email));
    return session;
  }
}
