/** Writes an export into files, one for each part; those that are whole stay, whatever happens to the next one. */
import type { ExportRequest } from './export-request.ts';
import type { PartFile } from './job-files.ts';
import { type Part, partName } from './manifest.ts';
import type { OpenExport } from './open-export.ts';

export interface WrittenSoFar {
  /** Of all parts, and of the one that is not whole yet. */
  readonly rows: number;
  readonly bytes: number;
}

export interface WritePartsOptions {
  readonly begin: (name: string) => Promise<PartFile>;
  /** A part is whole. */
  readonly onPart: (part: Part) => Promise<void>;
  /** Called for every piece; what it throws ends the export. */
  readonly onProgress: (so: WrittenSoFar) => void;
}

export async function writeParts(
  { pieces }: OpenExport,
  request: ExportRequest,
  { begin, onPart, onProgress }: WritePartsOptions,
): Promise<void> {
  let number = 0;
  let file: PartFile | null = null;
  let inPart = 0;
  let [rows, bytes] = [0, 0];
  try {
    for await (const piece of pieces) {
      file ??= await begin(partName(request, (number += 1)));
      await file.write(piece.bytes);
      inPart += piece.rows;
      rows += piece.rows;
      bytes += piece.bytes.length;
      onProgress({ rows, bytes });
      if (!piece.endsPart) continue;
      const part = await file.finish(inPart);
      [file, inPart] = [null, 0];
      await onPart(part);
    }
  } finally {
    await file?.discard();
  }
}
