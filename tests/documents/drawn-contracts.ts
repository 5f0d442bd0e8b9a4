import type { RenderedDocument } from "../../src/application/ports.ts";
import type { ContractSnapshot } from "../../src/domain/contract-snapshot.ts";
import { inLanes, openDrawingPool } from "./draw-with-pool.ts";
import { variantDocuments } from "./variants.ts";

export interface DrawnContract {
  /** "order.both". */
  readonly name: string;
  readonly snapshot: ContractSnapshot;
  readonly rendered: RenderedDocument;
}

/** Every variant that is sealed, drawn and ready for its seal. */
export async function drawnContracts(): Promise<readonly DrawnContract[]> {
  const pool = await openDrawingPool(2);
  try {
    const drawn = await inLanes(variantDocuments(), 2, async ({ name, task }) => {
      if (task.kind !== "contract") return null;
      const { pdf, seal } = await pool.draw(task);
      return seal && { name, snapshot: task.snapshot, rendered: { pdf, seal } };
    });
    return drawn.filter((one) => one !== null);
  } finally {
    await pool.close();
  }
}
