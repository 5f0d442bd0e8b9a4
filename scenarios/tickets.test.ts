import { expect } from "vitest";
import { problemOf } from "../tests/http/caller.ts";
import { openChapter } from "./diary.ts";
import { sha256 } from "./doors.ts";
import { bytes, good, sendPdf, type TicketThreadJson } from "./people.ts";
import { scannedPdf } from "./scanned-pdf.ts";
import { iso } from "./story-clock.ts";

const story = openChapter("tickets");

story(
  "R3, R20: an offline contract, from the refusal to the signed paper that becomes the order's contract",
  async (told) => {
    const { on, seller, buyer, desk, account, standing, looksUp, handsIn, announced } = told;
    const order = await on("2026-08-03 09:00", "a support contract ordered, which is not self-service", () =>
      seller.sells("bespoke-support"),
    );
    const ticket = await on("2026-08-03 09:10", "refused; the ticket is opened from the refusal", async () => {
      const { nextStep } = await buyer.isRefused(order);
      expect(nextStep).toEqual({ action: "open_ticket", queue: "contract_desk" });
      const opened = await buyer.opensTicket(order, "Please send us two signed copies.");
      expect(opened).toMatchObject({ order, topic: "product_not_self_service", openedAt: iso("2026-08-03 09:10") });
      expect(opened.messages.map(({ from }) => from)).toEqual(["system", "buyer"]);
      expect(opened.messages[0]?.text).toContain(order);
      return opened.ticket;
    });
    await on("2026-08-03 09:12", "asked again, the words go to the same ticket", async () => {
      const again = await buyer.post("/v1/tickets", { order, message: "By courier, please." });
      expect([again.status, ((await again.json()) as TicketThreadJson).ticket]).toEqual([200, ticket]);
    });
    await on("2026-08-04 10:00", "the desk asks back, and the buyer attaches a power of attorney", async () => {
      await good(desk.post(`/v1/tickets/${ticket}/messages`, { text: "Who signs for you?" }), 201);
      const attached = await sendPdf(
        buyer,
        `/v1/tickets/${ticket}/attachments?name=attorney.pdf`,
        scannedPdf("attorney"),
      );
      const { id } = await good<{ id: string }>(Promise.resolve(attached), 201);
      const [thread] = await desk.finds(account);
      expect(thread?.messages.map(({ from }) => from)).toEqual(["system", "buyer", "buyer", "desk"]);
      expect(thread?.attachments).toMatchObject([{ id, name: "attorney.pdf", sha256: sha256(scannedPdf("attorney")) }]);
      const downloaded = await bytes(desk.get(`/v1/tickets/${ticket}/attachments/${id}`));
      expect(downloaded.equals(scannedPdf("attorney"))).toBe(true);
      expect((await buyer.sees(order)).contract).toBeNull();
    });
    const signed = scannedPdf(`signed by both for ${order}`);
    const contract = await on(
      "2026-08-06 15:00",
      "signed by both, uploaded: that is the order's contract",
      async () => {
        const { state, contract: number, closedAt } = await desk.resolves(ticket, signed);
        expect({ state, closedAt }).toEqual({ state: "resolved", closedAt: iso("2026-08-06 15:00") });
        return buyer.showsContract(number ?? "");
      },
    );
    await on("2026-08-06 15:10", "it downloads like any other, and is told from a sealed one", async () => {
      expect(contract).toMatchObject({ order, form: "offline", sha256: sha256(signed), holdUntil: null });
      expect((await buyer.downloads(contract.number)).equals(signed)).toBe(true);
      expect(await handsIn(signed)).toMatchObject({
        verdict: "indeterminate",
        reason: "uploaded_not_sealed_here",
        issuedHere: false,
        number: contract.number,
        standing: "in_force",
      });
      expect((await looksUp(contract)).form).toBe("offline");
      expect(await standing(contract)).toBe("in_force");
    });
    await on("2027-02-01 10:00", "it occupies the order for ever (R4)", async () => {
      expect(await buyer.isRefused(order)).toMatchObject({
        code: "already_contracted",
        nextStep: { contract: contract.number },
      });
      expect((await buyer.downloads(contract.number)).equals(signed)).toBe(true);
      const types = async (subject: string) => (await announced(subject)).map(({ type }) => type);
      expect(await types(contract.number)).toEqual(["contract.requested", "contract.issued"]);
      expect(await types(ticket)).toEqual(["ticket.opened", "ticket.answered", "ticket.answered", "ticket.resolved"]);
    });
  },
);

story("R20: a ticket is rejected with a reason that the buyer reads, and nothing is occupied", async (told) => {
  const { on, seller, buyer, desk, announced } = told;
  const order = await on("2026-08-03 09:00", "a bespoke product ordered", () => seller.sells("bespoke-support"));
  const ticket = await on("2026-08-03 09:10", "a ticket is opened", async () => {
    return (await buyer.opensTicket(order, "")).ticket;
  });
  await on(
    "2026-08-03 16:00",
    "without a signed PDF it cannot be resolved, and what is none is not taken",
    async () => {
      const bare = await desk.post(`/v1/tickets/${ticket}/resolve`, { outcome: "resolved" });
      expect(await problemOf(bare)).toMatchObject({ code: "pdf_needed" });
      const letter = await sendPdf(desk, `/v1/tickets/${ticket}/resolve`, Buffer.from("a letter"));
      expect(await problemOf(letter)).toMatchObject({ code: "not_a_pdf" });
    },
  );
  await on("2026-08-04 10:00", "rejected, with the reason", async () => {
    const reason = "The order was placed under the wrong account; please order again.";
    await good(desk.post(`/v1/tickets/${ticket}/resolve`, { outcome: "rejected", reason }));
    const read = await good<TicketThreadJson>(buyer.get(`/v1/tickets/${ticket}`));
    expect(read).toMatchObject({ state: "rejected", reason, contract: null, closedAt: iso("2026-08-04 10:00") });
    expect((await buyer.sees(order)).contract).toBeNull();
    expect((await announced(ticket)).map(({ type }) => type)).toEqual(["ticket.opened", "ticket.rejected"]);
  });
  await on("2026-08-05 10:00", "closed is closed; another ticket may be opened", async () => {
    const late = await buyer.post(`/v1/tickets/${ticket}/messages`, { text: "And now?" });
    expect(await problemOf(late)).toMatchObject({ code: "ticket_closed" });
    expect((await buyer.opensTicket(order, "Once more, please.")).ticket).not.toBe(ticket);
  });
});

story("R20, R8: the signed paper of an unpaid order waits for payment like any other contract", async (told) => {
  const { on, seller, buyer, desk, standing } = told;
  const order = await on("2026-11-12 09:00", "a bespoke product ordered, unpaid", () =>
    seller.sells("bespoke-support", { status: "unpaid" }),
  );
  const ticket = await on("2026-11-12 09:10", "a ticket is opened", async () => {
    return (await buyer.opensTicket(order, "")).ticket;
  });
  const contract = await on(
    "2026-11-20 15:00",
    "resolved with the signed paper: held for 30 days from now",
    async () => {
      const { contract: number } = await desk.resolves(ticket, scannedPdf(`signed for ${order}`));
      const shown = await buyer.showsContract(number ?? "");
      expect(shown).toMatchObject({ form: "offline", holdUntil: iso("2026-12-21 00:00") });
      expect(shown.warnings.map(({ code }) => code)).toEqual(["unpaid_order_is_held"]);
      expect(await standing(shown)).toBe("pending_payment");
      return shown;
    },
  );
  await on("2026-12-20 23:59:59", "paid in the last second", async () => {
    await seller.isPaid(order);
    expect(await standing(contract)).toBe("in_force");
  });
});

story("R20, R9: an order that was cancelled meanwhile gets no contract, whatever was signed", async (told) => {
  const { on, seller, buyer, desk } = told;
  const order = await on("2026-11-12 09:00", "a bespoke product ordered, unpaid", () =>
    seller.sells("bespoke-support", { status: "unpaid" }),
  );
  const ticket = await on("2026-11-12 09:10", "a ticket is opened", async () => {
    return (await buyer.opensTicket(order, "")).ticket;
  });
  await on("2026-11-13 10:00", "the order is cancelled, and the signed paper arrives", async () => {
    await seller.cancels(order);
    const upload = await sendPdf(desk, `/v1/tickets/${ticket}/resolve`, scannedPdf(`too late for ${order}`));
    expect(await problemOf(upload)).toMatchObject({ code: "order_cancelled", rule: "R9" });
    expect((await buyer.sees(order)).contract).toBeNull();
  });
});
