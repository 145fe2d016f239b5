import { Controller, Get, Res, ServiceUnavailableException } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import { HealthCheck, HealthCheckService } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { ApiNoToken } from '../http/open-api.decorators';
import { Public } from '../http/public.decorator';
import { StopNotice } from '../http/stop-notice';
import { DatabaseHealth } from './database.health';
import { JobsHealth } from './jobs.health';
import { HealthModel, LivenessModel } from './health.model';

/** For load balancers and supervisors: no identity needed, nothing secret told. */
@ApiTags('operations')
@Public(true)
@ApiNoToken()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: DatabaseHealth,
    private readonly jobs: JobsHealth,
    private readonly stop: StopNotice,
  ) {}

  @Get('live')
  @ApiOperation({ operationId: 'getLiveness', summary: 'Whether the process runs' })
  @ApiOkResponse({ type: LivenessModel })
  live(): LivenessModel {
    return { status: 'ok' };
  }

  @Get('ready')
  // Documented here: left to itself it loads a second copy of the documentation's whole package.
  @HealthCheck({ noCache: true, swaggerDocumentation: false })
  @ApiOkResponse({ type: HealthModel })
  @ApiServiceUnavailableResponse({ type: HealthModel })
  @ApiOperation({ operationId: 'getReadiness', summary: 'Whether requests can be served' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    try {
      return await this.health.check([
        () => ({ application: { status: this.stop.isGiven ? 'down' : 'up' } }),
        async () => this.database.isReachable(),
        async () => this.database.isMigrated(),
        async () => this.jobs.areDone(),
      ]);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      void reply.status(503).header('Retry-After', '2');
      return error.getResponse();
    }
  }
}
