import cookie from "@fastify/cookie";
import fastifyStatic from "@fastify/static";
import swagger from "@fastify/swagger";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { KeysUnavailable } from "../application/account-keys.ts";
import { failureTrace } from "../application/failure-text.ts";
import { ObjectDamaged, StorageUnavailable } from "../application/object-faults.ts";
import { accountRoutes } from "./account-routes.ts";
import { answerSerializers } from "./answer-serializers.ts";
import { apiKeyRoutes } from "./api-key-routes.ts";
import { archiveRoutes } from "./archive-routes.ts";
import { auditRoutes } from "./audit-routes.ts";
import { guardRoutes } from "./authentication.ts";
import { batchRoutes } from "./batch-routes.ts";
import { billRoutes } from "./bill-routes.ts";
import { bodyFault } from "./body-fault.ts";
import { catalogueRoutes } from "./catalogue-routes.ts";
import { shareChecking } from "./checked-uploads.ts";
import { contractRoutes } from "./contract-routes.ts";
import { demoRoutes } from "./demo-routes.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { draftRoutes } from "./draft-routes.ts";
import { erasureRoutes } from "./erasure-routes.ts";
import { eventRoutes } from "./event-routes.ts";
import { evidenceRoutes } from "./evidence-routes.ts";
import { historyRoutes } from "./history-routes.ts";
import { importRoutes } from "./import-routes.ts";
import { logRoutes } from "./log-routes.ts";
import { API_DESCRIPTION, documentation, nameSchema } from "./openapi.ts";
import { orderRoutes } from "./order-routes.ts";
import { partyRoutes } from "./party-routes.ts";
import { policyRoutes } from "./policy-routes.ts";
import { policyVersionRoutes } from "./policy-version-routes.ts";
import { portalRoutes } from "./portal-routes.ts";
import { problemPages } from "./problem-pages.ts";
import { sendFault, sendInputFault } from "./problem-reply.ts";
import { profileRoutes } from "./profile-routes.ts";
import { proofRoutes } from "./proof-routes.ts";
import { proposalRoutes } from "./proposal-routes.ts";
import { schemaRoutes } from "./schema-routes.ts";
import { SHARED_SCHEMAS } from "./schemas.ts";
import { sendSecurityHeaders } from "./security-headers.ts";
import { serviceRoutes } from "./service-routes.ts";
import { sessionRoutes } from "./session-routes.ts";
import { signInRoutes } from "./sign-in-routes.ts";
import { tellRefused } from "./tell-refused.ts";
import { templateRoutes } from "./template-routes.ts";
import { ticketAssignmentRoutes } from "./ticket-assignment-routes.ts";
import { ticketClosingRoutes } from "./ticket-closing-routes.ts";
import { ticketListingRoutes } from "./ticket-listing-routes.ts";
import { ticketRoutes } from "./ticket-routes.ts";
import { todayRoutes } from "./today-routes.ts";
import { shedLoad, unavailableReply } from "./unavailable-reply.ts";
import { validationFault } from "./validation-fault.ts";
import { verificationRoutes } from "./verification-routes.ts";
import { webhookDeliveryRoutes } from "./webhook-delivery-routes.ts";
import { webhookRoutes } from "./webhook-routes.ts";
import { wordingListingRoutes } from "./wording-listing-routes.ts";
import { wordingRoutes } from "./wording-routes.ts";

const LARGEST_BODY = 4 * 1024 * 1024;
/** For the whole of a request to arrive: an import may be long. */
const REQUEST_TIMEOUT_MS = 600_000;

/** The whole HTTP surface; listening is the caller's. */
export async function buildServer(dependencies: HttpDependencies): Promise<FastifyInstance> {
  const server = Fastify({
    bodyLimit: LARGEST_BODY,
    trustProxy: dependencies.trustedProxies.length > 0 && [...dependencies.trustedProxies],
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Running requests end before the server does; connections that wait for another one do not hold it up.
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 200 },
    schemaController: { compilersFactory: { buildSerializer: answerSerializers() } },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();
  await sendSecurityHeaders(server, dependencies);
  await server.register(cookie);
  await server.register(swagger, { openapi: API_DESCRIPTION, refResolver: { buildLocalReference: nameSchema } });
  for (const schema of SHARED_SCHEMAS) server.addSchema(schema);
  server.addHook("preValidation", readLimit);
  shedLoad(server, dependencies);
  tellRefused(server, dependencies);
  await guardRoutes(server, dependencies);
  shareChecking(server, dependencies);
  const replyUnavailable = unavailableReply(dependencies);
  server.setErrorHandler(
    (error: FastifyError, request, reply) =>
      replyUnavailable(request, reply, error) ?? answerError(error, request, reply, dependencies),
  );
  for (const routes of [
    orderRoutes,
    draftRoutes,
    contractRoutes,
    archiveRoutes,
    batchRoutes,
    billRoutes,
    ticketRoutes,
    ticketListingRoutes,
    ticketAssignmentRoutes,
    ticketClosingRoutes,
    policyRoutes,
    policyVersionRoutes,
    wordingRoutes,
    wordingListingRoutes,
    templateRoutes,
    partyRoutes,
    accountRoutes,
    catalogueRoutes,
    evidenceRoutes,
    profileRoutes,
    erasureRoutes,
    importRoutes,
    eventRoutes,
    webhookRoutes,
    webhookDeliveryRoutes,
    sessionRoutes,
    signInRoutes,
    demoRoutes,
    portalRoutes,
    apiKeyRoutes,
    proposalRoutes,
    todayRoutes,
    auditRoutes,
    historyRoutes,
    verificationRoutes,
    logRoutes,
    proofRoutes,
    serviceRoutes,
    schemaRoutes,
  ]) {
    await server.register(routes(dependencies));
  }
  await server.register(problemPages(dependencies));
  await server.register(documentation);
  await serveConsole(server, dependencies.webRoot);
  return server;
}

/** The one number that comes in an address; nothing else is read as another type than it was sent as. */
async function readLimit({ query }: FastifyRequest): Promise<void> {
  if (typeof query !== "object" || query === null || !("limit" in query)) return;
  if (typeof query.limit === "string" && /^\d{1,6}$/.test(query.limit)) query.limit = Number(query.limit);
}

function answerError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  { log }: HttpDependencies,
): FastifyReply {
  const invalid = validationFault(error.validation ?? [], error.validationContext ?? "body");
  if (invalid) return sendInputFault(request, reply, invalid);
  const unreadable = bodyFault(error.code, error.message);
  if (unreadable) return sendInputFault(request, reply, unreadable);
  // A folder of the console's files is as good as nothing.
  if (error.statusCode === 403 || error.statusCode === 404) return sendFault(request, reply, "not_found");
  if (error.statusCode === 413) return sendFault(request, reply, "too_large");
  if (error.statusCode === 415) return sendFault(request, reply, "unsupported_media_type");
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return sendFault(request, reply, "invalid_input", { detail: error.message });
  }
  const entry = { level: "error", route: request.routeOptions.url };
  if (error instanceof StorageUnavailable) {
    log({ ...entry, error: error.message });
    return sendFault(request, reply, "storage_unavailable");
  }
  if (error instanceof KeysUnavailable) {
    log({ ...entry, error: error.message });
    return sendFault(request, reply, "keys_unavailable");
  }
  if (error instanceof ObjectDamaged) {
    log({ ...entry, error: `ATTENTION: ${error.message}` });
    return sendFault(request, reply, "document_damaged");
  }
  log({ ...entry, error: failureTrace(error) });
  return sendFault(request, reply, "broken");
}

/** Files of the built console; any other page address gets its start page, whose router knows the rest. */
async function serveConsole(server: FastifyInstance, webRoot: string | null): Promise<void> {
  if (webRoot !== null) {
    // The last routes of all, so that this opens the console's files and nothing else.
    server.addHook("onRoute", (route) => {
      route.config = { ...route.config, access: "anybody" };
    });
    await server.register(fastifyStatic, {
      root: webRoot,
      // Written by the build beside each file.
      preCompressed: true,
      setHeaders: (response, path) => {
        const hashed = /\/assets\//.test(path);
        response.setHeader("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  }
  server.setNotFoundHandler((request, reply) => {
    const isPage = request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
    if (webRoot === null || !isPage || request.url.startsWith("/v1/")) return sendFault(request, reply, "not_found");
    return reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").sendFile("index.html");
  });
}
