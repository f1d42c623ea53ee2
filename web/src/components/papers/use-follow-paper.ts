/** Looks at a paper until it is made, ever less often, and not for ever. */
import { useEffect, useState } from "react";
import { type PaperState, useLazyPaperQuery } from "../../api/papers";
import { MOST_LOOKS, pauseBefore } from "./paper";

type Followed = {
  paper: PaperState;
  /** The last look failed; the next comes by itself. */
  error?: unknown;
  /** It takes long: `lookOn` goes on. */
  tired: boolean;
  /** Nobody knows of it any more. */
  missing: boolean;
  lookOn: () => void;
};

export function useFollowPaper(asked: PaperState): Followed {
  const [look] = useLazyPaperQuery();
  const [paper, setPaper] = useState(asked);
  const [error, setError] = useState<unknown>();
  const [missing, setMissing] = useState(false);
  const [tired, setTired] = useState(false);
  const { id } = asked;
  const over = missing || tired || paper.status !== "WAITING";
  useEffect(() => {
    if (over) return;
    let gone = false;
    let looks = 0;
    let timer = 0;
    const wait = () => {
      looks += 1;
      timer = window.setTimeout(() => void once(), pauseBefore(looks));
    };
    const once = async () => {
      const answer = await look(id);
      if (gone) return;
      setError(answer.error);
      if (answer.data === null) setMissing(true);
      else if (answer.data && answer.data.status !== "WAITING") setPaper(answer.data);
      else {
        if (answer.data) setPaper(answer.data);
        if (looks >= MOST_LOOKS) setTired(true);
        else wait();
      }
    };
    wait();
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [id, look, over]);
  return { paper, error, tired, missing, lookOn: () => setTired(false) };
}
