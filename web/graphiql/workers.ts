/** Monaco's workers from this origin; imported first, before Monaco asks for one. */
declare const WORKER_ADDRESSES: Record<"editor" | "json" | "graphql", string>;

Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker: (_id: string, label: string) =>
      new Worker(
        label === "json" || label === "graphql" ? WORKER_ADDRESSES[label] : WORKER_ADDRESSES.editor,
      ),
  },
});

export {};
