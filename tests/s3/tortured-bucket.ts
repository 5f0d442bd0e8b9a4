import { readS3Location } from "../../src/s3-location.ts";
import { openS3Objects } from "../../src/store/s3-objects.ts";
import { failingStep } from "../store/failing-step.ts";
import type { TorturedStore } from "../torture/storage.ts";
import { openInterruptedWay } from "./interrupted-way.ts";
import { strangerIn } from "./promised-bucket.ts";
import { isSwiftInstalled, startThrowAwaySwift } from "./throw-away-swift.ts";

/** A bucket on a Swift of its own, behind a way that can be cut; null where Swift is not installed. */
export async function openTorturedBucket(print: (line: string) => void): Promise<TorturedStore | null> {
  if (!isSwiftInstalled()) return null;
  const swift = await startThrowAwaySwift();
  print(`Swift ${swift.version} on ${swift.url}`);
  const way = await openInterruptedWay(swift.url);
  const location = readS3Location("s3://tortured", { ...swift.variables, AWS_ENDPOINT_URL_S3: way.url });
  if (!location.ok) throw new Error(location.fault);
  await strangerIn(location.value).makeBucket();
  const steps = failingStep();
  return {
    objects: openS3Objects(location.value, { faults: steps }),
    steps,
    setDown: (isDown) => way.turn(isDown ? "cut" : "open"),
    close: async () => {
      await way.close();
      await swift.close();
    },
  };
}
