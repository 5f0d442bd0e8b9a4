import { BooksUnavailable } from "../application/books-unavailable.ts";
import { apiKeysCreateCommand, apiKeysListCommand, apiKeysRevokeCommand } from "./api-key-commands.ts";
import { auditVerifyCommand } from "./audit-command.ts";
import { auditExportCommand, auditHeadCommand, auditListCommand } from "./audit-read-commands.ts";
import { backupCommand, restoreCommand } from "./backup-commands.ts";
import { billsListCommand, billsShowCommand } from "./bill-commands.ts";
import { partnersListCommand, productsListCommand, sellersListCommand } from "./catalogue-commands.ts";
import type { Command } from "./command.ts";
import {
  contractsDownloadCommand,
  contractsListCommand,
  contractsShowCommand,
  contractsVoidCommand,
} from "./contract-commands.ts";
import { checklistCommand, previewCommand } from "./draft-commands.ts";
import { accountsEraseCommand, accountsErasuresCommand } from "./erasure-commands.ts";
import { eventsListCommand } from "./event-commands.ts";
import { evidenceAddCommand, evidenceListCommand, evidenceShowCommand } from "./evidence-commands.ts";
import { importCommand } from "./import-command.ts";
import type { Installation } from "./installation.ts";
import { keysInstallCommand, keysListCommand, keysProposeCommand, keysRequestCommand } from "./key-commands.ts";
import { contractsProofCommand, contractsStatusCommand, logShowCommand } from "./log-commands.ts";
import { objectsCollectCommand } from "./object-commands.ts";
import { explainCommand, ordersListCommand, ordersShowCommand } from "./orders-commands.ts";
import {
  policyDraftCommand,
  policyPublishCommand,
  policyShowCommand,
  policyWithdrawCommand,
} from "./policy-commands.ts";
import { policyDiffCommand } from "./policy-diff-command.ts";
import {
  proposalsApproveCommand,
  proposalsListCommand,
  proposalsRejectCommand,
  proposalsWithdrawCommand,
} from "./proposal-commands.ts";
import { requestCommand } from "./request-command.ts";
import { doctorCommand, migrateCommand, serveCommand } from "./service-commands.ts";
import { sessionsEndCommand, sessionsListCommand } from "./session-commands.ts";
import { templateCheckCommand } from "./template-check-command.ts";
import { EXIT, type ExitCode, type Terminal, WrongUse } from "./terminal.ts";
import { ticketsAssignCommand } from "./ticket-assign-command.ts";
import { ticketsAnswerCommand, ticketsListCommand, ticketsOpenCommand, ticketsShowCommand } from "./ticket-commands.ts";
import { ticketsAttachCommand, ticketsRejectCommand, ticketsResolveCommand } from "./ticket-file-commands.ts";
import { verifyCommand } from "./verify-command.ts";
import {
  webhooksCreateCommand,
  webhooksDeleteCommand,
  webhooksDisableCommand,
  webhooksEnableCommand,
  webhooksListCommand,
  webhooksShowCommand,
} from "./webhook-commands.ts";
import {
  webhooksDeliveriesCommand,
  webhooksReplayCommand,
  webhooksRotateCommand,
} from "./webhook-delivery-commands.ts";
import {
  wordingDraftCommand,
  wordingPublishCommand,
  wordingShowCommand,
  wordingWithdrawCommand,
} from "./wording-commands.ts";
import { wordingDiffCommand } from "./wording-diff-command.ts";

const COMMANDS: readonly Command[] = [
  serveCommand,
  migrateCommand,
  doctorCommand,
  backupCommand,
  restoreCommand,
  importCommand,
  ordersListCommand,
  ordersShowCommand,
  explainCommand,
  billsListCommand,
  billsShowCommand,
  previewCommand,
  checklistCommand,
  requestCommand,
  contractsListCommand,
  contractsShowCommand,
  contractsDownloadCommand,
  contractsVoidCommand,
  contractsProofCommand,
  contractsStatusCommand,
  logShowCommand,
  proposalsListCommand,
  proposalsApproveCommand,
  proposalsRejectCommand,
  proposalsWithdrawCommand,
  verifyCommand,
  auditVerifyCommand,
  auditListCommand,
  auditExportCommand,
  auditHeadCommand,
  policyShowCommand,
  policyDraftCommand,
  policyDiffCommand,
  policyPublishCommand,
  policyWithdrawCommand,
  productsListCommand,
  sellersListCommand,
  partnersListCommand,
  templateCheckCommand,
  wordingShowCommand,
  wordingDraftCommand,
  wordingDiffCommand,
  wordingPublishCommand,
  wordingWithdrawCommand,
  ticketsListCommand,
  ticketsShowCommand,
  ticketsOpenCommand,
  ticketsAnswerCommand,
  ticketsAssignCommand,
  ticketsAttachCommand,
  ticketsResolveCommand,
  ticketsRejectCommand,
  accountsEraseCommand,
  accountsErasuresCommand,
  evidenceListCommand,
  evidenceAddCommand,
  evidenceShowCommand,
  objectsCollectCommand,
  webhooksListCommand,
  webhooksShowCommand,
  webhooksCreateCommand,
  webhooksEnableCommand,
  webhooksDisableCommand,
  webhooksDeleteCommand,
  webhooksRotateCommand,
  webhooksDeliveriesCommand,
  webhooksReplayCommand,
  eventsListCommand,
  keysListCommand,
  keysRequestCommand,
  keysInstallCommand,
  keysProposeCommand,
  apiKeysCreateCommand,
  apiKeysListCommand,
  apiKeysRevokeCommand,
  sessionsListCommand,
  sessionsEndCommand,
];

/** Runs one command line and answers its exit code; failures are told in one sentence, never as a stack. */
export async function runCommandLine(
  args: readonly string[],
  terminal: Terminal,
  installation: Installation,
): Promise<ExitCode> {
  const command = COMMANDS.find(({ name }) => args.slice(0, name.split(" ").length).join(" ") === name);
  const asksForHelp = args.includes("--help") || args.includes("-h");
  if (command && asksForHelp) {
    terminal.out(`orderseal ${command.usage}\n${command.summary}\n`);
    return EXIT.done;
  }
  if (!command) return withoutCommand(args, terminal, asksForHelp || args[0] === "help");
  try {
    return await command.run(args.slice(command.name.split(" ").length), terminal, installation);
  } catch (error) {
    terminal.err(`${sentenceOf(error, terminal)}\n`);
    return error instanceof WrongUse ? EXIT.wrongUse : EXIT.broken;
  }
}

function sentenceOf(error: unknown, { language }: Terminal): string {
  if (error instanceof BooksUnavailable) return error.said[language];
  return error instanceof Error ? error.message : String(error);
}

function withoutCommand(args: readonly string[], terminal: Terminal, asksForHelp: boolean): ExitCode {
  if (asksForHelp || args.length === 0) {
    terminal.out(help());
    return asksForHelp ? EXIT.done : EXIT.wrongUse;
  }
  const within = COMMANDS.filter(({ name }) => name.startsWith(`${args[0]} `)).map(({ name }) => name);
  const hint = within.length > 0 ? `did you mean ${within.join(" or ")}?` : "see orderseal --help.";
  terminal.err(`There is no command "${args.slice(0, 2).join(" ")}"; ${hint}\n`);
  return EXIT.wrongUse;
}

function help(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `orderseal: one sealed, verifiable contract per order

${lines.join("\n")}

Every command takes --help, and --json for machines. Exit codes: 0 done, 1 refused or not valid, 2 wrong use, 3 broken.
`;
}
