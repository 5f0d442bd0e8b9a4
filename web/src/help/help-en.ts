import type { HelpTexts } from "./help-content.ts";

export const HELP_EN: HelpTexts = {
  eligibility: {
    lead: "Most orders can have a contract by self-service. For every other one, the reason and the next step stand beside it.",
    questions: [
      {
        question: "Which orders can have a contract?",
        answer: [
          "As a rule, new purchases, renewals and upgrades of products that are self-service, on an account whose identity is verified. The seller says in its catalogue which products are.",
          "The Orders page lists every order with its answer: a button to request the contract, or why there is none and what to do instead.",
        ],
      },
      {
        question: "Why is an order not on the Contracts page?",
        answer: [
          "The Contracts page lists the orders that can be requested there, and the contracts there are. Marketplace orders are requested from the Orders page. For all others the Orders page says why not.",
        ],
      },
      {
        question: "Do refunds, changes of operating system or trials have a contract?",
        answer: [
          "No. Such an order has no contract of its own; the original order’s contract stands. A refunded order can no longer have one either; a contract issued before the refund is kept and marked.",
        ],
      },
      {
        question: "What do I have to fill in?",
        answer: [
          "Nothing. Contact, phone, e-mail, postal address and PO number are optional and are printed as you write them. What you use often can be kept on the Company page and chosen when you request.",
          "You choose the language: Chinese, English, or both side by side.",
        ],
      },
    ],
  },
  "once-only": {
    lead: "An order has one contract. Once issued, it can be downloaded as often as you like, always the very same file.",
    questions: [
      {
        question: "I have lost the contract. How do I get it again?",
        answer: [
          "Find it on the Contracts page and download it; there is no limit. Colleagues who sign in to the same account can do so, too. It is the same file every time, byte for byte.",
        ],
      },
      {
        question: "Something on it is wrong. Can I request another?",
        answer: [
          "What was issued never changes, and an order cannot be requested twice. Look at the preview before you confirm.",
          "If something is really wrong, write to the seller’s contract desk. A contract that the desk voids still occupies its order; only where the seller’s rules allow it can another be issued in its place.",
        ],
      },
      {
        question: "Our company has a new name. Do old contracts change?",
        answer: ["No. Names, prices and clauses are those of the day of the request."],
      },
      {
        question: "Can I request several at once?",
        answer: [
          "Yes. Select orders on the Contracts page: each gets a contract of its own. One list says what came of each, and the contracts can be downloaded as one zip file.",
        ],
      },
    ],
  },
  identity: {
    lead: "The buyer’s name on a contract comes only from the account’s verified identity; nobody types it in.",
    questions: [
      {
        question: "Why can’t I write the company’s name myself?",
        answer: [
          "A contract has to name the party that really signs. Whoever receives it can rely on the name because it was verified.",
        ],
      },
      {
        question: "Our identity is not verified yet. What now?",
        answer: [
          "Verify it, as a person or an enterprise, where you place your orders. Contracts can then be requested at once; there is no need to order again.",
        ],
      },
      {
        question: "The name on a contract is not our present name.",
        answer: [
          "If the company was renamed, have the verified identity changed first; contracts requested from then on bear the new name. Those issued before stay as they are, and stay valid.",
        ],
      },
      {
        question: "Where do I see what was verified?",
        answer: [
          "On the Company page: state, name and registration number. There you also keep contact details and PO numbers for your requests.",
        ],
      },
    ],
  },
  unpaid: {
    lead: "An unpaid order can have a contract, for approval and payment; from the request on, the order is held for you.",
    questions: [
      {
        question: "How long is the contract of an unpaid order valid?",
        answer: [
          "As a rule for 30 days: the day of the request is not counted, and it ends at 24:00 of the thirtieth day in the seller’s time zone. The seller’s rules may differ; the exact end is shown before you request, and printed on the contract.",
        ],
      },
      {
        question: "Do I need another one after paying?",
        answer: ["No. Once paid within that time, the same contract is in force. The file does not change."],
      },
      {
        question: "What if the order is not paid in time?",
        answer: [
          "The order expires and the contract lapses with it, for good. If you still need one, place a new order and request its contract.",
        ],
      },
      {
        question: "The order was cancelled. What about its contract?",
        answer: [
          "It is void from that moment, with the reason; nobody has to do anything. Whoever verifies it sees that it is void.",
        ],
      },
      {
        question: "We paid and were refunded. Is the contract deleted?",
        answer: ["No. It is kept, marked as refunded, and can still be downloaded."],
      },
    ],
  },
  "pay-as-you-go": {
    lead: "A pay-as-you-go order can have a contract, but one without amounts. For amounts, request the contract on a monthly bill.",
    questions: [
      {
        question: "Why does the contract show no amount?",
        answer: [
          "What is billed by usage has no amount when it is ordered. The contract names the service and how it is billed; it states no amount and invents no end date.",
        ],
      },
      {
        question: "Accounting needs an amount. What do I do?",
        answer: [
          "Request the contract on the bill of that month, from the Bills page. It states the month’s amounts. A bill has one contract.",
        ],
      },
      {
        question: "Why can’t I request this month’s bill yet?",
        answer: [
          "A bill can have a contract once it is final and its amounts no longer change. Until then, the day from which that is expected stands beside it.",
        ],
      },
    ],
  },
  "yearly-monthly": {
    lead: "A contract belongs to an order. There is no yearly or monthly contract as such: its term is that of the order itself.",
    questions: [
      {
        question: "Can one contract cover the whole year?",
        answer: [
          "No. Each contract is on one order number, from that order’s start to its end. Select a year’s orders together to have a contract each and download them as one zip file.",
        ],
      },
      {
        question: "We have renewed. Does the old contract go on?",
        answer: ["No. A renewal is an order of its own; request its contract."],
      },
      {
        question: "I need a record of one month’s spending.",
        answer: ["Request the contract on that month’s bill, from the Bills page. It states the amounts of the month."],
      },
    ],
  },
  domains: {
    lead: "As a rule, a domain order can have a contract once it is paid. If you need a paper before, print the business checklist.",
    questions: [
      {
        question: "Which domain services may request before payment?",
        answer: [
          "By default registration, renewal, transfer-in, redemption and buyback, also through “Zhiyu Hulian”; the seller’s rules decide. All others can request once paid.",
        ],
      },
      {
        question: "What is the risk of requesting before payment?",
        answer: [
          "Until you pay, the name is not yours and somebody else can register it. The contract is then worth nothing. Pay soon.",
        ],
      },
      {
        question: "What is the business checklist?",
        answer: [
          "A PDF that lists what an unpaid order is about, for approval in your company. It is not a contract, bears no seal, and says so. Print it from the Unpaid orders page.",
        ],
      },
    ],
  },
  marketplace: {
    lead: "Marketplace orders are sold by independent sellers, whose seal their contracts bear. Request them from the Orders page.",
    questions: [
      {
        question: "Where do I request the contract of a marketplace order?",
        answer: [
          "On the Orders page, at the order itself. Marketplace orders are not in the list of the Contracts page that can be requested; once issued, their contracts can be downloaded there.",
        ],
      },
      {
        question: "Why is the seller unable to seal?",
        answer: [
          "It has no seal key in use, or no contracts left of those it may issue. Open a ticket on the order; the marketplace desk will see to it.",
        ],
      },
      {
        question: "Who is the other party of the contract?",
        answer: [
          "The independent seller, not the platform. Its name and contact are on the first page of the contract.",
        ],
      },
    ],
  },
  partners: {
    lead: "If an ecosystem partner serves your account, your agreement is with that partner. Ask it for the contract.",
    questions: [
      {
        question: "Which partners does this mean?",
        answer: [
          "Distribution, virtual business, integration, consulting and ISV solution partners. No contract is issued here for an account that one of them serves.",
        ],
      },
      {
        question: "How do I reach my partner?",
        answer: ["Its name and contact stand beside each order and on the Company page."],
      },
      {
        question: "We are no longer with that partner.",
        answer: ["Have the relation ended where you place your orders. Contracts can then be requested here."],
      },
    ],
  },
  offline: {
    lead: "For products that are not self-service, a ticket gets you an offline contract.",
    questions: [
      {
        question: "How do I get an offline contract?",
        answer: [
          "Choose “Open a ticket” beside the order on the Orders page. The order is filled in for you; add what the desk should know. Answers appear on the Tickets page, where you can also attach PDF files.",
        ],
      },
      {
        question: "Where is the signed contract?",
        answer: [
          "Once the desk has uploaded it, it is the contract of the order and can be downloaded from the Contracts page like any other.",
        ],
      },
      {
        question: "Can an offline contract be verified?",
        answer: [
          "Yes. Verification confirms that the file is as it was uploaded, and says that it was uploaded and not sealed by this system. What was signed by hand is proved by the paper.",
        ],
      },
    ],
  },
  genuine: {
    lead: "Every contract is sealed electronically. Anybody can check, free of charge, that it is genuine, unaltered and in force.",
    questions: [
      {
        question: "How is a contract verified?",
        answer: [
          "Open the Verify page and drop the PDF there; no sign-in is needed. Or scan the QR code on the contract to see whether it is in force now.",
        ],
      },
      {
        question: "Why does my browser show no seal?",
        answer: [
          "Most browsers do not show the signatures of a PDF. Use the Verify page, or a PDF reader that shows them.",
        ],
      },
      {
        question: "What does “Signature sound, but not issued here” mean?",
        answer: [
          "Somebody has signed the file and nobody has altered it since, but it is no contract of this system. The name in a foreign certificate is not checked here: ask whoever gave you the file.",
        ],
      },
      {
        question: "Can a printed or re-saved copy be verified?",
        answer: [
          "Keep the PDF that you downloaded. Paper, scans and “print to PDF” lose the seal; by number and code one can still see what the contract is worth.",
        ],
      },
      {
        question: "What is a trusted timestamp?",
        answer: [
          "Proof that the contract had been sealed by a certain moment. Where the seller uses timestamps, no contract is issued without one: it waits, and is finished by itself.",
        ],
      },
    ],
  },
};
