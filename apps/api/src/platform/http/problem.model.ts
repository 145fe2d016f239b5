import { ApiProperty } from '@nestjs/swagger';
import {
  FIELD_CODES,
  PROBLEM_CODES,
  type FieldCode,
  type FieldProblem,
  type Problem,
  type ProblemCode,
} from '@support-chat/contracts';

export class FieldProblemModel implements FieldProblem {
  @ApiProperty() field!: string;
  @ApiProperty({ enum: FIELD_CODES }) code!: FieldCode;
  @ApiProperty() detail!: string;
}

/** RFC 9457 problem details. */
export class ProblemModel implements Problem {
  @ApiProperty() type!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: 'integer' }) status!: number;
  @ApiProperty() detail!: string;
  @ApiProperty({ description: 'The request id' }) instance!: string;
  @ApiProperty({ enum: PROBLEM_CODES }) code!: ProblemCode;
  @ApiProperty({ type: [FieldProblemModel], required: false }) errors?: FieldProblemModel[];
}
