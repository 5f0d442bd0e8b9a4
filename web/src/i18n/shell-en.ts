import type { Texts } from "./dictionary.ts";
import type { shellZhCn } from "./shell-zh-cn.ts";

export const shellEn: Texts<typeof shellZhCn> = {
  nav: {
    label: "Main",
    orders: "Orders",
    unpaid: "Unpaid",
    bills: "Bills",
    contracts: "Contracts",
    tickets: "Tickets",
    company: "Company",
    verify: "Verify",
    desk: "Desk",
    signOut: "Sign out",
    skip: "Skip to content",
    noName: "Unverified account",
  },
  role: {
    contract_desk: "Contract desk",
    marketplace_desk: "Marketplace desk",
    policy_author: "Policy author",
    policy_publisher: "Policy publisher",
    administrator: "Administrator",
    auditor: "Auditor",
  },
  wayBack: {
    link: "Back to {{host}}",
    title: "You are signed out",
    text: "You came in through {{host}}. Go back there and open this page again; you will be signed in on the way. Nothing you have submitted is affected.",
  },
  viewing: {
    buyer:
      "Your account may look but not act: you can see orders and download contracts, but not request contracts or open tickets. Please ask the colleague who requests contracts for your company.",
    staff: "Your role may look but not act: contracts are requested by buyers, or by colleagues at a desk.",
    requestable: "Can have a contract",
    ticket: "A colleague who may request contracts can open a ticket",
    noTickets: "Tickets that colleagues open are listed here.",
  },
  language: { label: "Language" },
  theme: { toDark: "Switch to dark", toLight: "Switch to light" },
  common: {
    retry: "Try again",
    close: "Close",
    loading: "Loading",
  },
  pager: { label: "Pages", first: "First page", previous: "Previous", next: "Next", page: "Page {{page}}" },
  title: {
    signIn: "Sign in",
    orders: "Orders",
    order: "Order {{order}}",
    contracts: "Contracts",
    verify: "Verify a contract",
    notFound: "Page not found",
  },
  notFound: {
    title: "There is no page here",
    text: "The address may be mistyped, or the page has moved.",
    action: "See my orders",
  },
  error: {
    unreachableTitle: "The server cannot be reached",
    unreachableText: "The request got no answer and nothing was changed. Check your connection and try again.",
    brokenPageTitle: "This page has broken",
    brokenPageText:
      "The program met an error it did not expect. Reloading usually helps; nothing you have submitted is affected.",
    reload: "Reload",
  },
  standing: {
    pending_payment: "Pending payment",
    in_force: "In force",
    not_started: "Not started",
    ended: "Ended",
    lapsed: "Lapsed",
    void: "Void",
    issuing: "Being sealed",
    timestamp_pending: "Timestamp pending",
  },
};
