/** A ticket as the API shows it, with what was said and added. */
export interface Thread {
  readonly ticket: string;
  readonly account: string;
  readonly order: string;
  readonly queue: string;
  readonly topic: string;
  readonly state: string;
  readonly closedAt: string | null;
  readonly contract: string | null;
  readonly reason: string | null;
  readonly messages: readonly { readonly from: string; readonly author: string; readonly text: string }[];
  readonly attachments: readonly { readonly id: string; readonly name: string; readonly from: string }[];
}
