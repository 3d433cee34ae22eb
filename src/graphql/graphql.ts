/** Placeholder until the transport is registered here. */
export async function addGraphql(_app: unknown, _parts: unknown): Promise<{ close(): Promise<void> }> {
  return { close: async () => undefined };
}
