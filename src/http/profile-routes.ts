import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { answerOnce } from "../application/answer-once.ts";
import {
  changeContactProfile,
  createContactProfile,
  deleteContactProfile,
  type WantedProfile,
} from "../application/change-contact-profiles.ts";
import { FIRST_ANSWERS } from "../application/first-answers.ts";
import { listContactProfiles } from "../application/list-contact-profiles.ts";
import { openAccountKey, openOrMakeAccountKey } from "../application/open-account-key.ts";
import { profileContent } from "../application/profile-content.ts";
import { parseContactProfileId } from "../domain/contact-profile.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { actorOf } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { visibleAccount } from "./draft-routes.ts";
import { IdempotencyHeader, repeatableRequest } from "./idempotency-key.ts";
import { sendFault, sendInputFault } from "./problem-reply.ts";
import { NewProfileBody, ProfileBody, profileJson } from "./profile-json.ts";
import { detailsOf } from "./request-body.ts";
import { answers } from "./schemas.ts";

const AccountParams = Type.Object({ account: Type.String() });
const ProfileParams = Type.Object({ account: Type.String(), profile: Type.String() });
const tags = ["parties"];

/** What an account has kept to fill into its requests (R6). Contracts say what they said when they were requested (R7). */
export function profileRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.get(
      "/v1/accounts/:account/contact-profiles",
      {
        config: { access: "profiles:read" },
        schema: {
          operationId: "listContactProfiles",
          tags,
          description: "All of the account, 20 at most: the default first, then the oldest first.",
          params: AccountParams,
          response: answers({ 200: Type.Object({ items: Type.Array(Type.Ref("ContactProfile")) }) }),
        },
      },
      async (request, reply) => {
        const account = visibleAccount(request, request.params.account);
        const outcome = account && (await listContactProfiles(dependencies, account));
        if (outcome?.kind === "unreadable") return sendUnreadable(request, reply, dependencies);
        if (outcome?.kind !== "listed") return sendFault(request, reply, "not_found");
        return reply.send({ items: outcome.profiles.map((profile) => profileJson(profile, profile.content)) });
      },
    );

    server.post(
      "/v1/accounts/:account/contact-profiles",
      {
        config: { access: "profiles:write" },
        schema: {
          operationId: "createContactProfile",
          tags,
          description: "The first one of an account is its default. Kept encrypted under a key of the account.",
          params: AccountParams,
          headers: IdempotencyHeader,
          body: NewProfileBody,
          response: answers({ 201: Type.Ref("ContactProfile") }),
        },
      },
      async (request, reply) => {
        const account = visibleAccount(request, request.params.account);
        if (!account) return sendFault(request, reply, "not_found");
        const wanted = wantedIn(dependencies, request.body);
        if (!wanted.ok) return sendInputFault(request, reply, wanted.fault);
        // Whoever comes with a key of the API has no session that an erasure could end.
        const since = request.session?.openedAt ?? dependencies.clock.now();
        const key = await openOrMakeAccountKey(dependencies, actorOf(request), account, since);
        if (key.kind === "unreadable") return sendUnreadable(request, reply, dependencies);
        if (key.kind === "not_found") return sendFault(request, reply, "not_found");
        const outcome = await answerOnce(
          dependencies,
          repeatableRequest(request, account),
          FIRST_ANSWERS.createContactProfile,
          (ports) => createContactProfile(ports, actorOf(request), { account, since, ...wanted.value }, key),
        );
        switch (outcome.kind) {
          case "created":
            // Repeated under its key, it brings the same content again, which is kept nowhere but in the profile.
            return reply
              .code(201)
              .header("location", `/v1/accounts/${account}/contact-profiles/${outcome.profile.id}`)
              .send(profileJson(outcome.profile, wanted.value.content));
          case "too_many":
            return sendFault(request, reply, "too_many_profiles");
          case "not_found":
          case "idempotency_key_reused":
          case "request_still_running":
            return sendFault(request, reply, outcome.kind);
        }
      },
    );

    server.put(
      "/v1/accounts/:account/contact-profiles/:profile",
      {
        config: { access: "profiles:write" },
        schema: {
          operationId: "changeContactProfile",
          tags,
          description: "Replaces what it says. Contracts that were requested with it stay as they are.",
          params: ProfileParams,
          body: ProfileBody,
          response: answers({ 200: Type.Ref("ContactProfile") }),
        },
      },
      async (request, reply) => {
        const account = visibleAccount(request, request.params.account);
        const id = parseContactProfileId(request.params.profile);
        if (!account || !id) return sendFault(request, reply, "not_found");
        const { revision, ...body } = request.body;
        const wanted = wantedIn(dependencies, body);
        if (!wanted.ok) return sendInputFault(request, reply, wanted.fault);
        const key = await openAccountKey(dependencies, account);
        if (key.kind === "unreadable") return sendUnreadable(request, reply, dependencies);
        if (key.kind === "not_found") return sendFault(request, reply, "not_found");
        const seen = { account, id, revision };
        const outcome = await changeContactProfile(dependencies, actorOf(request), seen, wanted.value, key);
        if (outcome.kind === "changed") return reply.send(profileJson(outcome.profile, wanted.value.content));
        return sendFault(request, reply, FAULTS[outcome.kind]);
      },
    );

    server.delete(
      "/v1/accounts/:account/contact-profiles/:profile",
      {
        config: { access: "profiles:write" },
        schema: {
          operationId: "deleteContactProfile",
          tags,
          description: "Where it was the default, the oldest one is from then on.",
          params: ProfileParams,
          querystring: Type.Object(
            { revision: Type.String({ pattern: "^[1-9][0-9]{0,8}$", description: "The one that was seen" }) },
            { additionalProperties: false },
          ),
          response: answers({ 204: Type.Null() }),
        },
      },
      async (request, reply) => {
        const account = visibleAccount(request, request.params.account);
        const id = parseContactProfileId(request.params.profile);
        if (!account || !id) return sendFault(request, reply, "not_found");
        const seen = { account, id, revision: Number(request.query.revision) };
        const outcome = await deleteContactProfile(dependencies, actorOf(request), seen);
        return outcome === "deleted" ? reply.code(204).send(null) : sendFault(request, reply, FAULTS[outcome]);
      },
    );
  };
}

const FAULTS = { outdated: "profile_changed", not_found: "not_found" } as const;

function wantedIn(
  { glyphs }: HttpDependencies,
  { label, makeDefault = false, ...fields }: Static<typeof NewProfileBody>,
): Result<WantedProfile, InputFault> {
  const details = detailsOf(fields);
  if (!details.ok) return fail(details.fault);
  const content = profileContent(glyphs, label, details.value);
  return content.ok ? succeed({ content: content.value, makeDefault }) : content;
}

function sendUnreadable(request: FastifyRequest, reply: FastifyReply, { log }: HttpDependencies): FastifyReply {
  const error = "ATTENTION: contact profiles cannot be opened: they were altered, or their master key is not at hand";
  log({ level: "error", route: request.routeOptions.url, error });
  return sendFault(request, reply, "profiles_unreadable");
}
