/** What a worker says to its primary. */
export type WorkerMessage = { type: 'ready'; port: number } | { type: 'fault'; message: string };

export function isWorkerMessage(value: unknown): value is WorkerMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    (value.type === 'ready' || value.type === 'fault')
  );
}

/** It serves on this port. */
export function reportReady(port: number): void {
  process.send?.({ type: 'ready', port } satisfies WorkerMessage);
}

/** It cannot start, in one line. Resolves when the primary can know. */
export async function reportFault(message: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const fault: WorkerMessage = { type: 'fault', message };
    process.send?.(fault, undefined, {}, () => {
      resolve();
    });
  });
}
