/** Whether the console is shown in a frame of the seller's own pages, which say whose they are and have their own way out. */
export const isEmbedded = window.self !== window.top;
