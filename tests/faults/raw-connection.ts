import { connect, type Socket } from "node:net";

/** A NATS connection of bare protocol lines, to send what no client would. */
export interface RawConnection {
  write(text: string): void;
  /** Sends a message with a header block of any content. */
  publishBlock(subject: string, reply: string, block: string, payload?: string): void;
  /** Everything received so far. */
  received(): string;
  close(): void;
}

export async function rawConnection(port: number): Promise<RawConnection> {
  const socket: Socket = connect({ host: "127.0.0.1", port });
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("data", () => resolve());
    socket.once("error", reject);
  });
  socket.write('CONNECT {"verbose":false,"headers":true,"no_responders":true}\r\nPING\r\n');
  return {
    write: (line) => {
      socket.write(line, "latin1");
    },
    publishBlock(subject, reply, block, payload = "") {
      const line = `HPUB ${subject}${reply === "" ? "" : ` ${reply}`} ${block.length} ${block.length + payload.length}`;
      socket.write(`${line}\r\n${block}${payload}\r\n`, "latin1");
    },
    received: () => text,
    close: () => socket.destroy(),
  };
}
