/** /uploads as the server has it (docs/documents.md), as unreliable as a village's signal. */
interface Upload {
  description: { id: string; kind: string; memberId?: string; size: number; sha256: string };
  bytes: Uint8Array;
  done: boolean;
}

/** What happens to a request: it is lost, its answer is, or only so many bytes of it arrive. */
export type Cut = "request" | "answer" | number | { status: number; code?: string } | null;

export class FakeUploads {
  readonly uploads = new Map<string, Upload>();
  readonly documents = new Map<string, Uint8Array>();
  readonly asked: string[] = [];
  readonly pieces: number[] = [];
  members: ReadonlySet<string> | null = null;
  /** Asked before each request. */
  cut: (method: string, id: string) => Cut = () => null;
  open = 0;
  mostOpen = 0;

  readonly handle = async (url: string, init: RequestInit): Promise<Response> => {
    this.open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    await Promise.resolve();
    try {
      return await this.answer(url, init);
    } finally {
      this.open -= 1;
    }
  };

  private async answer(url: string, init: RequestInit): Promise<Response> {
    const method = init.method ?? "GET";
    const given = method === "POST" ? JSON.parse(String(init.body)) : null;
    const id = given?.id ?? url.split("/")[2] ?? "";
    this.asked.push(`${method} ${id}`);
    const cut = this.cut(method, id);
    if (cut === "request") throw new TypeError("network");
    if (cut !== null && typeof cut === "object") {
      return cut.code ? refused(cut.status, cut.code) : new Response("no", { status: cut.status });
    }
    const response = this.work(method, id, given, init, typeof cut === "number" ? cut : null);
    if (cut === "answer" || typeof cut === "number") throw new TypeError("network");
    return response;
  }

  private work(
    method: string,
    id: string,
    given: Upload["description"] | null,
    init: RequestInit,
    most: number | null,
  ): Response {
    if (given) return this.begin(given);
    const upload = this.uploads.get(id);
    if (!upload) return refused(404, "NOT_FOUND");
    if (method === "DELETE") {
      if (upload.done) return refused(409, "UPLOAD_FINISHED");
      this.uploads.delete(id);
      return new Response(null, { status: 204 });
    }
    const offset = Number(new Headers(init.headers).get("upload-offset"));
    if (offset !== upload.bytes.length) return refused(409, "OFFSET_MISMATCH");
    const piece = init.body as unknown as Uint8Array;
    if (piece.length > 512 * 1024) return refused(413, "TOO_LARGE");
    this.pieces.push(piece.length);
    upload.bytes = Buffer.concat([upload.bytes, piece.slice(0, most ?? piece.length)]);
    if (upload.bytes.length === upload.description.size) {
      upload.done = true;
      this.documents.set(id, upload.bytes);
    }
    return progress(upload);
  }

  private begin(description: Upload["description"]): Response {
    const { id, memberId } = description;
    if (this.members && !this.members.has(memberId ?? "")) return refused(409, "UNKNOWN_MEMBER");
    const known = this.uploads.get(id);
    if (known && JSON.stringify(known.description) !== JSON.stringify(description)) {
      return refused(409, "ID_REUSED");
    }
    const upload = known ?? { description, bytes: new Uint8Array(), done: false };
    this.uploads.set(id, upload);
    return progress(upload, known ? 200 : 201);
  }
}

function progress({ description: { id, size }, bytes, done }: Upload, status = 200): Response {
  const body = { id, size, offset: bytes.length, document: done ? { id } : null };
  return new Response(JSON.stringify(body), { status });
}

function refused(status: number, code: string): Response {
  const errors = [{ message: code, extensions: { code } }];
  return new Response(JSON.stringify({ errors }), { status });
}
