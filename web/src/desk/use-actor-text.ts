import { useLanguage } from "../i18n/use-language.ts";
import { ACTOR_WORDS } from "./audit-words.ts";
import { wordFor } from "./words.ts";

/** Who did it: "desk:administrator" where the books name somebody in one word. */
export function useActorText(): (actor: string) => string {
  const { language } = useLanguage();
  return (actor) => {
    const [kind = "", ...id] = actor.split(":");
    return id.length === 0 ? actor : `${wordFor(ACTOR_WORDS, kind, language)} ${id.join(":")}`;
  };
}
