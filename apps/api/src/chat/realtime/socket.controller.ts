import { Controller, Get, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../auth';
import { ApiNoToken } from '../../platform/http/open-api.decorators';
import { ProblemError } from '../../platform/http/problem.error';
import { SocketAdmission } from './connections/socket-admission';

/** Answers the requests for a socket that were not admitted: see `SocketAdmission`. */
@ApiTags('chat')
@Controller('chat/socket')
export class SocketController {
  constructor(private readonly admission: SocketAdmission) {}

  /** Public, since identity is the first frame. */
  @Get()
  @Public(true)
  @ApiNoToken()
  @ApiOperation({
    operationId: 'openSocket',
    summary: 'The WebSocket; its frames are in docs/api.md',
  })
  @ApiResponse({ status: 101, description: 'Switching to WebSocket' })
  refuse(@Req() { raw }: FastifyRequest): never {
    this.admission.check(raw);
    // What stood in the way a moment ago does no longer.
    throw ProblemError.unavailable();
  }
}
