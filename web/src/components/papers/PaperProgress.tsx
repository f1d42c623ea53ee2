/** How far a paper is; once it is made, the file. Closing does not stop the worker. */
import { Alert, Button, Modal } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { fetchBlob } from "../../api/document-file";
import type { PaperState } from "../../api/papers";
import { t } from "../../i18n";
import { asRequestError, errorText } from "../../lib/error-text";
import { save } from "../../lib/export/rows";
import classes from "./Papers.module.css";
import { useFollowPaper } from "./use-follow-paper";

type Props = {
  asked: PaperState;
  title: string;
  fileName: string;
  onAgain: () => void;
  onClose: () => void;
};

export function PaperProgress({ asked, title, fileName, onAgain, onClose }: Props) {
  const { paper, error, tired, missing, lookOn } = useFollowPaper(asked);
  const { status, url } = paper;
  const lost = missing || status === "FAILED" || status === "REMOVED";
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={440}
      centered
      closeButtonProps={{ "aria-label": t("common.close") }}
      classNames={{ title: classes.title }}
    >
      <div className={classes.body} data-testid="paper-progress">
        {status === "WAITING" && !missing && <Working paper={paper} tired={tired} />}
        {status === "WAITING" && error !== undefined && (
          <p className={classes.note}>{errorText(asRequestError(error))}</p>
        )}
        {lost && (
          <Alert color="red" variant="light" role="alert" data-testid="paper-failed">
            {t(status === "FAILED" ? "paper.failed" : "paper.gone")}
          </Alert>
        )}
        {status === "DONE" && url && <Ready paper={paper} url={url} fileName={fileName} />}
        <footer className={classes.foot}>
          {(lost || status === "DONE") && (
            <Button variant="default" onClick={onAgain} data-testid="paper-again">
              {t("paper.again")}
            </Button>
          )}
          {tired && (
            <Button variant="default" onClick={lookOn}>
              {t("paper.lookOn")}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t("common.close")}
          </Button>
        </footer>
      </div>
    </Modal>
  );
}

function Working({ paper: { done, failed, total }, tired }: { paper: PaperState; tired: boolean }) {
  const made = done + failed;
  return (
    <>
      <progress
        className={classes.bar}
        value={total > 1 ? made : undefined}
        max={total > 1 ? total : undefined}
        aria-label={t("paper.making")}
      />
      <p role="status" className={classes.note}>
        {tired
          ? t("paper.takesLong")
          : total > 1
            ? t("paper.madeOf", { done: made, total })
            : t("paper.making")}
      </p>
    </>
  );
}

type ReadyProps = { paper: PaperState; url: string; fileName: string };

function Ready({ paper: { failed }, url, fileName }: ReadyProps) {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(false);
  const fetch = async () => {
    setBusy(true);
    setWrong(false);
    try {
      save(await fetchBlob(url), fileName);
    } catch {
      setWrong(true);
    }
    setBusy(false);
  };
  return (
    <>
      <p role="status" className={classes.note}>
        {failed > 0 ? t("paper.doneBut", { count: failed }) : t("paper.done")}
      </p>
      <Button
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={busy}
        onClick={() => void fetch()}
        data-autofocus
        data-testid="paper-download"
      >
        {t("paper.download")}
      </Button>
      {wrong && (
        <Alert color="red" variant="light" role="alert">
          {t("paper.notFetched")}
        </Alert>
      )}
    </>
  );
}
