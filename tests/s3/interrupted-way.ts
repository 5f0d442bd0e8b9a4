import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A way to a server that can be cut: what is behind it has its own address here. */
export interface InterruptedWay {
  readonly url: string;
  /** `cut` ends every connection and refuses new ones at once; `silent` takes them and never answers; `open` passes on. */
  turn(state: "open" | "cut" | "silent"): void;
  close(): Promise<void>;
}

export async function openInterruptedWay(target: string): Promise<InterruptedWay> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let state: "open" | "cut" | "silent" = "open";
  const server = createServer((socket) => {
    keep(socket);
    if (state === "cut") socket.resetAndDestroy();
    if (state !== "open") return;
    const behind = keep(connect(Number(port), hostname));
    socket.pipe(behind).pipe(socket);
  });
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    return socket.on("close", () => sockets.delete(socket));
  };
  const end = () => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    turn: (wanted) => {
      state = wanted;
      end();
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      end();
      await closed;
    },
  };
}
