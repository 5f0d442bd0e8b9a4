import type { Texts } from "./dictionary.ts";
import type { staffSignInZhCn } from "./staff-sign-in-zh-cn.ts";

export const staffSignInEn: Texts<typeof staffSignInZhCn> = {
  staffSignIn: {
    title: "Sign in as staff",
    text: "The seller’s people sign in with their company account; there is no separate password here.",
    action: "Continue with your company account",
  },
  signInProblem: {
    sign_in_failed: {
      title: "You are not signed in",
      text: "The identity provider did not confirm who you are, or the sign-in was begun in another browser. Please sign in again; if that fails too, ask your administrator.",
    },
    sign_in_expired: {
      title: "This sign-in is no longer good",
      text: "A sign-in has to be finished within ten minutes, and works once. Please sign in again.",
    },
    no_role: {
      title: "You have no access here yet",
      text: "We know who you are, but no role has been given to you. Ask your administrator for one, then sign in again.",
    },
    sign_in_too_weak: {
      title: "A stronger sign-in is needed here",
      text: "Your company account did not ask you for what is demanded here, usually a second factor. Set one up at your company account, then sign in again; if that does not help, ask your administrator.",
    },
    identity_provider_unavailable: {
      title: "Signing in is not possible at the moment",
      text: "The identity provider cannot be reached. Please try again in a few minutes; if it stays so, tell your administrator.",
    },
    link_used: {
      title: "This link is no longer good",
      text: "It works once, within five minutes. Please go back to where you placed your order and come in again from its orders or contracts page.",
    },
  },
};
