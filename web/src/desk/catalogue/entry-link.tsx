import { Link } from "@tanstack/react-router";

/** Opens an entry over the list; the list stays as it is. */
export function EntryLink({ id, name }: { id: string; name: string }) {
  return (
    <Link className="entry-link wrap" to="." search={(old) => ({ ...old, open: id })} resetScroll={false}>
      {name}
    </Link>
  );
}
