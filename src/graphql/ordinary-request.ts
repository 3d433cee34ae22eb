/**
 * A request that offers to change the protocol, taken for what else it says. Clients offer HTTP/2 with each request
 * (`Upgrade: h2c`), and a server may pass that over (RFC 9110 §7.8); but once somebody listens for upgrades, Node hands it
 * every such request and answers none. So it is put back in front of its connection, without the offer.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

const offers = new Set(['upgrade', 'connection', 'http2-settings']);

export function takeAsOrdinary(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = request;
  let text = `${method} ${url} HTTP/${httpVersion}\r\n`;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (!offers.has(rawHeaders[at]!.toLowerCase())) text += `${rawHeaders[at]}: ${rawHeaders[at + 1]}\r\n`;
  }
  // Headers are read as Latin-1, and bytes stay what they were.
  socket.unshift(Buffer.concat([Buffer.from(`${text}\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
