/** The records that operations make on this phone, sealed. */
import { kindOf, type OperationBody } from "../operations";
import { type SealedCopy, sealRecord } from "../records/copy";

export async function sealMade(
  dataKey: CryptoKey,
  bodies: OperationBody[],
  groupId: string,
): Promise<SealedCopy[]> {
  const made = await Promise.all(
    bodies.map(async (body) => (await kindOf(body.type)?.records?.(body, groupId)) ?? []),
  );
  return Promise.all(made.flat().map(({ name, value }) => sealRecord(dataKey, name, value, null)));
}
