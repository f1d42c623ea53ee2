/** The phone's camera, live. A native shell will put its own camera behind the same functions. */
export type Facing = "environment" | "user";

/** Why there is no picture: said in words, with the way out, by the screen. */
export type CameraProblem = "denied" | "missing" | "busy" | "unsupported";

export class NoCamera extends Error {
  constructor(
    readonly problem: CameraProblem,
    cause?: unknown,
  ) {
    super(problem, { cause });
  }
}

export interface Camera {
  stream: MediaStream;
  /** Null where this camera has no lamp, or the browser does not say. */
  torch: ((on: boolean) => Promise<void>) | null;
  stop: () => void;
}

const PROBLEMS: Record<string, CameraProblem> = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

export async function openCamera(facing: Facing): Promise<Camera> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices?.getUserMedia) throw new NoCamera("unsupported");
  try {
    const stream = await devices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: facing }, width: { ideal: 1920 }, height: { ideal: 1080 } },
    });
    return { stream, torch: torchOf(stream), stop: () => stopAll(stream) };
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : "";
    throw new NoCamera(PROBLEMS[name] ?? "busy", cause);
  }
}

interface LampCapabilities extends MediaTrackCapabilities {
  torch?: boolean;
}

function torchOf(stream: MediaStream): Camera["torch"] {
  const track = stream.getVideoTracks()[0];
  const can = track?.getCapabilities?.() as LampCapabilities | undefined;
  if (!track || !can?.torch) return null;
  return (on) => track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
