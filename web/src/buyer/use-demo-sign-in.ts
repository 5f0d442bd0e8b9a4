import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { signInAsDemoAccount } from "../api/demo-accounts.ts";
import { type DemoPerson, signInAsDemoPerson } from "../api/demo-staff.ts";
import { sessionQuery } from "../api/session.ts";
import { homeOf, PATHS } from "../paths.ts";

/** Who of the demonstration somebody wants to be. */
type Persona = { readonly account: string } | { readonly desk: DemoPerson["id"] };

/** Signs in as a persona and goes on to what was wanted, or to where such a person begins. */
export function useDemoSignIn() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ from: PATHS.signIn });
  return useMutation({
    mutationFn: (persona: Persona) =>
      "desk" in persona ? signInAsDemoPerson(persona.desk) : signInAsDemoAccount(persona.account),
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: next ?? homeOf(await queries.fetchQuery(sessionQuery)) });
    },
  });
}
