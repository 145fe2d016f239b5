import { Injectable, type PipeTransform } from '@nestjs/common';
import { LIMITS } from '@support-chat/contracts';
import { ProblemError } from './problem.error';

interface WholeNumberRange {
  min: number;
  max?: number;
}

/**
 * A query parameter that is a whole number in range, or missing.
 * Anything else, and the same parameter twice, is `validation_failed`.
 */
@Injectable()
export class WholeNumberPipe implements PipeTransform<unknown, number | undefined> {
  private readonly max: number;

  constructor(
    private readonly field: string,
    private readonly range: WholeNumberRange,
  ) {
    this.max = range.max ?? LIMITS.idMax;
  }

  transform(raw: unknown): number | undefined {
    if (raw === undefined) return undefined;
    if (typeof raw !== 'string' || !/^\d+$/.test(raw)) {
      throw this.refuse('wrong_type', 'must be one whole number');
    }
    const value = Number(raw);
    if (value >= this.range.min && value <= this.max) return value;
    throw this.refuse('out_of_range', `must be from ${this.range.min} to ${this.max}`);
  }

  private refuse(code: 'wrong_type' | 'out_of_range', detail: string): ProblemError {
    return ProblemError.invalid({ field: this.field, code, detail });
  }
}
