import { Injectable } from '@nestjs/common';
import type { ClientFrame } from '@support-chat/contracts';
import { BodyValidationPipe } from '../../../platform/http/body-validation.pipe';
import { readJsonBody, UnreadableBody } from '../../../platform/http/json-body';
import { ProblemError } from '../../../platform/http/problem.error';
import { frameRule } from './client-frames.dto';

/** Reads the frames of clients as strictly as the bodies of REST calls are read. */
@Injectable()
export class FrameReader {
  private readonly bodies = new BodyValidationPipe();

  /** Fails with the problem of a frame that is not understood: `validation_failed` and the like. */
  async read(bytes: Buffer): Promise<ClientFrame> {
    const value = readJsonBody(bytes);
    if (value instanceof UnreadableBody) throw value.problem;
    const isObject = typeof value === 'object' && value !== null;
    const rule = isObject && 'type' in value ? frameRule(value.type) : undefined;
    if (!rule) {
      throw ProblemError.invalid({ field: 'type', code: 'not_allowed', detail: 'is not a frame' });
    }
    return (await this.bodies.transform(value, {
      type: 'body',
      metatype: rule.body,
    })) as ClientFrame;
  }
}
