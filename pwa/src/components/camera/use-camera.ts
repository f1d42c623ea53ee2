import { type RefObject, useEffect, useRef, useState } from "react";
import type { Verdict } from "../../lib/measures";
import {
  type Camera,
  type CameraProblem,
  type Facing,
  NoCamera,
  openCamera,
} from "../../platform/camera";
import { type Box, takeFrame } from "../../platform/pictures";
import { outlineOn, type Shape, underneath, withMargin } from "./geometry";
import { examine } from "./sample";

const EVERY_MS = 350;
const MARGIN = 0.05;

export interface Taken {
  blob: Blob;
  verdict: Verdict | null;
}

interface LiveCamera {
  video: RefObject<HTMLVideoElement | null>;
  problem: CameraProblem | null;
  ready: boolean;
  outline: Box;
  verdict: Verdict | null;
  torch: { on: boolean; toggle: () => void } | null;
  take: () => Promise<Taken>;
  again: () => void;
}

/** The camera while the screen shows it; it is let go at once when the screen closes. */
export function useCamera(shape: Shape, facing: Facing, live: boolean): LiveCamera {
  const video = useRef<HTMLVideoElement>(null);
  const [camera, setCamera] = useState<Camera | null>(null);
  const [problem, setProblem] = useState<CameraProblem | null>(null);
  const [ready, setReady] = useState(false);
  const [lit, setLit] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const screen = useScreen();
  const outline = outlineOn(screen, shape);
  const [verdict, setVerdict] = useState<Verdict | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens it again
  useEffect(() => {
    if (!live) return;
    let opened: Camera | null = null;
    let gone = false;
    setProblem(null);
    openCamera(facing).then(
      (found) => {
        if (gone) return found.stop();
        opened = found;
        setCamera(found);
      },
      (error) => {
        if (!gone) setProblem(error instanceof NoCamera ? error.problem : "busy");
      },
    );
    return () => {
      gone = true;
      opened?.stop();
      setCamera(null);
      setReady(false);
      setLit(false);
    };
  }, [facing, live, attempt]);

  useEffect(() => {
    const element = video.current;
    if (!camera || !element) return;
    element.srcObject = camera.stream;
    const playing = () => setReady(true);
    element.addEventListener("playing", playing);
    void element.play().catch(() => undefined);
    // Another app took the camera, or the phone took it back.
    const ended = () => setProblem("busy");
    const track = camera.stream.getVideoTracks()[0];
    track?.addEventListener("ended", ended);
    return () => {
      element.removeEventListener("playing", playing);
      track?.removeEventListener("ended", ended);
      element.srcObject = null;
    };
  }, [camera]);

  const look = (): Verdict | null => {
    const element = video.current;
    if (!element || element.videoWidth === 0) return null;
    const size = { width: element.videoWidth, height: element.videoHeight };
    return examine(element, underneath(outline, screen, size), size);
  };
  const looking = useRef(look);
  looking.current = look;
  useEffect(() => {
    if (!ready) return;
    const timer = setInterval(() => setVerdict(looking.current()), EVERY_MS);
    return () => clearInterval(timer);
  }, [ready]);

  const take = async (): Promise<Taken> => {
    const element = video.current;
    if (!element) throw new NoCamera("busy");
    const size = { width: element.videoWidth, height: element.videoHeight };
    const seen = looking.current();
    const crop = withMargin(underneath(outline, screen, size), MARGIN, size);
    return { blob: await takeFrame(element, { crop }), verdict: seen };
  };

  const lamp = camera?.torch;
  const toggle = () => {
    setLit(!lit);
    void lamp?.(!lit).catch(() => setLit(lit));
  };
  return {
    video,
    problem,
    ready,
    outline,
    verdict,
    torch: lamp ? { on: lit, toggle } : null,
    take,
    again: () => setAttempt((count) => count + 1),
  };
}

const sizeOfScreen = () => ({ width: window.innerWidth, height: window.innerHeight });

function useScreen() {
  const [size, setSize] = useState(sizeOfScreen);
  useEffect(() => {
    const changed = () => setSize(sizeOfScreen());
    window.addEventListener("resize", changed);
    return () => window.removeEventListener("resize", changed);
  }, []);
  return size;
}
