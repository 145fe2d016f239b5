import { Injectable, type PipeTransform } from '@nestjs/common';
import { ProblemError } from './problem.error';

/** A query parameter that is `true` or `false` (`1` or `0`), or missing. Anything else is `validation_failed`. */
@Injectable()
export class FlagPipe implements PipeTransform<unknown, boolean | undefined> {
  constructor(private readonly field: string) {}

  transform(raw: unknown): boolean | undefined {
    if (raw === undefined || raw === '') return undefined;
    if (raw === 'true' || raw === '1') return true;
    if (raw === 'false' || raw === '0') return false;
    const detail = 'must be true or false';
    throw ProblemError.invalid({ field: this.field, code: 'wrong_type', detail });
  }
}
