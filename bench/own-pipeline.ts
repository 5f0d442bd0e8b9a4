import { join } from "node:path";
import type { DrawDraftPorts } from "../src/application/draw-drafts.ts";
import type { RequestContractPorts } from "../src/application/request-contract.ts";
import { ensureDemoOrders } from "../src/demo.ts";
import { openSealKeyRegister } from "../src/document/sealing-outlook.ts";
import { CONTRACT_TEMPLATES } from "../src/document/template-manifest.ts";
import { readEnvironment } from "../src/environment.ts";
import { buildServer } from "../src/http/server.ts";
import { openServices, type Services } from "../src/services.ts";
import { SOURCE_FORMATS } from "../src/sources/source-format.ts";
import { freePort } from "../tests/free-port.ts";
import { makeKey } from "../tests/test-key.ts";
import { type Client, openClient } from "./http-client.ts";
import type { Scratch } from "./scratch.ts";

/** The whole pipeline inside this process, so that single steps can be replaced or timed. */
export interface OwnPipeline {
  readonly services: Services;
  /** The steps as the product has them. */
  readonly ports: RequestContractPorts & DrawDraftPorts;
  /** Serves HTTP with these steps on a port of its own; several can be open on the one database at once. */
  serve(ports: RequestContractPorts & DrawDraftPorts): Promise<Client>;
}

/** Embedded PostgreSQL, demo seller and accounts in an empty home; everything ends with the scratch. */
export async function openOwnPipeline(scratch: Scratch, name: string): Promise<OwnPipeline> {
  const home = join(scratch.directory, name);
  const environment = readEnvironment({ ORDERSEAL_HOME: home }, home);
  if (!environment.ok) throw new Error(environment.fault);
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const services = await openServices(environment.value, { log });
  scratch.atEnd(() => services.close());
  await ensureDemoOrders(services);
  const ports = await services.issuing();
  const secret = await makeKey(services, "bench");
  return { services, ports, serve: (steps) => serve(scratch, services, steps, secret) };
}

async function serve(
  scratch: Scratch,
  {
    access,
    accountKeys,
    chain,
    transparencyLog,
    logKeys,
    uploads,
    sealDrawing,
    webhooks,
    sender,
    clock,
    keys,
    masterKey,
    isReady,
  }: Services,
  ports: RequestContractPorts & DrawDraftPorts,
  apiKey: string,
): Promise<Client> {
  const server = await buildServer({
    ...ports,
    access,
    accountKeys,
    chain,
    transparencyLog,
    logKeys,
    uploads,
    sealDrawing,
    templates: CONTRACT_TEMPLATES,
    webhooks,
    sender,
    isReady,
    ndjson: SOURCE_FORMATS.orderseal,
    sealKeys: openSealKeyRegister(keys),
    hasSealKey: (seller) => keys.hasKey(seller, clock.now()),
    webRoot: null,
    problemPage: async () => "",
    demonstration: null,
    embedOrigins: [],
    trustedProxies: [],
    requestsPerMinute: 0,
    staffSignIn: null,
    answerSecrets: masterKey.box("secrets in answers"),
    log: (entry) => void process.stderr.write(`${JSON.stringify(entry)}\n`),
  });
  const port = await freePort();
  await server.listen({ host: "127.0.0.1", port });
  const client = openClient(`http://127.0.0.1:${port}`, apiKey);
  scratch.atEnd(() => server.close());
  scratch.atEnd(async () => client.close());
  return client;
}
