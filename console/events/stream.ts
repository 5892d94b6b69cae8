/** Server-sent events as they stand on the wire (HTML Living Standard, 9.2). */

export const EVENT_STREAM = 'text/event-stream; charset=utf-8';

/** The browser is told not to come back: its session is over, or another window took its place. */
export const END_OF_EVENTS = 'event: end\ndata: {}\n\n';
