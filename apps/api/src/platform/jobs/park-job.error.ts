/** Thrown by a job's handler: no further try can succeed, so the job is parked at once. */
export class ParkJobError extends Error {
  override readonly name = 'ParkJobError';
}
