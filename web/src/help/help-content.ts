import type { HelpTopic } from "../shell/help-topics.ts";

interface Question {
  readonly question: string;
  /** One paragraph each. */
  readonly answer: readonly string[];
}

/** What is said about one topic, in one language. */
interface TopicText {
  readonly lead: string;
  readonly questions: readonly Question[];
}

export type HelpTexts = Readonly<Record<HelpTopic, TopicText>>;
